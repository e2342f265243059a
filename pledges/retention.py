"""How long private data are kept. The rules use the database's clock and may run at any time.

IP addresses and e-mails need no rule: of an IP address only a keyed hash is kept, for a day
(citysolidarity/http/throttle.py), and the text of an e-mail is never kept (citysolidarity/mail/letter.py).
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _

from citysolidarity.database.locks import lock_edition
from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.desk.writing.forgetting import forget_about
from citysolidarity.mail.letter import LINKS_WORK_FOR
from pledges.models import Commitment, CommitmentQuestion, Signature, SignatureContact
from pledges.models.question import TYPED
from pledges.models.workflow import CONFIRM_WITHIN
from pledges.vocabularies import Office, State

UNCONFIRMED_KEPT = timedelta(days=14)
CONTACTS_KEPT = timedelta(days=183)  # six months
# The column must not be empty, and the row has to stay, since its events are never deleted.
ERASED = "–"
ENDED = Q(expired_at__isnull=False) | Q(refused_at__isnull=False)
NEVER_CONFIRMED = ENDED & Q(confirmed_at__isnull=True)


def expire_drafts() -> int:
    """Expire every draft whose last link is more than seven days old; return how many."""
    due = Signature.objects.in_state(State.DRAFTED).filter(drafted_at__lt=Now() - CONFIRM_WITHIN)
    return sum(map(expired, due.exclude(letters__posted_at__gt=Now() - LINKS_WORK_FOR)))


def expired(draft: Signature) -> bool:
    """Expire the draft; False where it changed in the meantime."""
    try:
        draft.expire()
    except TransitionNotAllowed:
        return False
    return True


def blank_unconfirmed() -> int:
    """Erase what was typed into forms that nobody confirmed within 14 days; return how many."""
    return blank(Signature.objects.filter(NEVER_CONFIRMED, drafted_at__lt=Now() - UNCONFIRMED_KEPT))


def blank(signatures) -> int:
    """Erase all that was typed into the forms of these signatures; return how many."""
    Commitment.objects.filter(signature__in=signatures, signature__contact__isnull=False).delete()
    return erase(signatures, institution=ERASED, office=Office.UNKNOWN, office_other="")


def drop_contacts() -> int:
    """Erase who signed, six months after a refusal or withdrawal, or after another took its place; return how many."""
    ends = ((f"{end}__lt", Now() - CONTACTS_KEPT) for end in ("refused_at", "withdrawn_at", "superseded_at"))
    # A name that is shown until its successor's day stays until then.
    return erase(Signature.objects.filter(Q(*ends, _connector=Q.OR)).exclude(pk__in=Signature.objects.public()))


def erase_unshown_answers() -> int:
    """Erase what institutions typed beside an answer and a curator did not show, after six months; return how many."""
    long_ago = Now() - CONTACTS_KEPT
    unshown = CommitmentQuestion.objects.filter(TYPED, answered_at__lt=long_ago, accepted_at__isnull=True)
    ends = (f"commitment__signature__{end}__lt" for end in ("withdrawn_at", "superseded_at"))
    settled = Q(refused_at__lt=long_ago) | Q(*((end, long_ago) for end in ends), _connector=Q.OR)
    return blank_answers(unshown.filter(settled))


def blank_answers(questions) -> int:
    """Erase sentences and addresses; the state and its day stay, so that no count changes."""
    return CommitmentQuestion.objects.filter(pk__in=list(questions.values_list("pk", flat=True))).update(
        text="", url=""
    )


def erase(signatures, **columns) -> int:
    """Erase contact and signer's name of these signatures and set the columns; return how many had a contact."""
    with transaction.atomic():
        lock_edition()
        with_contact = signatures.filter(contact__isnull=False).select_for_update(of=("self",))
        keys = list(with_contact.values_list("pk", flat=True))
        SignatureContact.objects.filter(signature__in=keys).delete()
        forget_about(Signature.objects.filter(pk__in=keys))
        Signature.objects.filter(pk__in=keys).update(
            signer_name="", name_may_be_shown=False, refusal_note="", **columns
        )
    return len(keys)


RULES = {
    _("drafts expired"): expire_drafts,
    _("unconfirmed drafts blanked"): blank_unconfirmed,
    _("contacts erased"): drop_contacts,
    _("unshown answers about commitments erased"): erase_unshown_answers,
    _("cities shown from today"): Signature.objects.reveal_due,
}
