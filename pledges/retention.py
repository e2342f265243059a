"""How long what is private is kept. Each rule looks at the database's clock and may run as often as one likes.

Internet addresses and letters need no rule of their own: of an address only a keyed hash is kept, for a day
(citysolidarity/throttle.py), and the text of a letter is never kept at all (citysolidarity/letters.py).
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from citysolidarity.letters import LINKS_WORK_FOR
from pledges.models import Commitment, MoveRefused, Signature, SignatureContact
from pledges.models.moves import CONFIRM_WITHIN
from pledges.vocabularies import Office, State

UNCONFIRMED_KEPT = timedelta(days=14)
CONTACTS_KEPT = timedelta(days=183)  # six months
# A signature needs an institution, and its events, which are never deleted, need the signature.
ERASED = "–"


def expire_drafts() -> int:
    """Expires every draft whose last link is more than seven days old; returns how many."""
    due = Signature.objects.in_state(State.DRAFTED).filter(drafted_at__lt=Now() - CONFIRM_WITHIN)
    return sum(map(expired, due.exclude(letters__posted_at__gt=Now() - LINKS_WORK_FOR)))


def expired(draft: Signature) -> bool:
    """Expires one draft; False where it moved in the meantime."""
    try:
        draft.expire()
    except MoveRefused:
        return False
    return True


def blank_unconfirmed() -> int:
    """Erases what the form sent 14 days ago and nobody confirmed; the row and its events stay. Returns how many."""
    ended = Q(expired_at__isnull=False) | Q(refused_at__isnull=False)
    found = Signature.objects.filter(ended, confirmed_at__isnull=True, drafted_at__lt=Now() - UNCONFIRMED_KEPT)
    Commitment.objects.filter(signature__in=found, signature__contact__isnull=False).delete()
    return erase(found, institution=ERASED, office=Office.UNKNOWN, office_other="")


def drop_contacts() -> int:
    """Erases, six months later, who signed what was refused or withdrawn; returns how many."""
    long_ago = Now() - CONTACTS_KEPT
    return erase(Signature.objects.filter(Q(refused_at__lt=long_ago) | Q(withdrawn_at__lt=long_ago)))


def erase(signatures, **columns) -> int:
    """Takes the contact and the signer's name from these signatures and sets the columns; returns how many had one."""
    with transaction.atomic():
        held = signatures.filter(contact__isnull=False).select_for_update(of=("self",))
        found = list(held.values_list("pk", flat=True))
        SignatureContact.objects.filter(signature__in=found).delete()
        Signature.objects.filter(pk__in=found).update(signer_name="", name_may_be_shown=False, **columns)
    return len(found)


RULES = {
    "drafts expired": expire_drafts,
    "unconfirmed drafts blanked": blank_unconfirmed,
    "contacts erased": drop_contacts,
    "cities shown from today": Signature.objects.reveal_due,
}
