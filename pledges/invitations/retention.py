"""How long invitations are kept, once a day; each rule may run as often as one likes, by the database's clock."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_noop as _

from citysolidarity.desk.writing.forgetting import forget_about
from pledges.models import Invitation, InvitationContact
from pledges.models.invitation import UNCONFIRMED

UNCONFIRMED_KEPT = timedelta(days=14)
CONTACTS_KEPT = timedelta(days=183)  # six months


def drop_unconfirmed_invitations() -> int:
    """Delete invitations that nobody confirmed; returns how many."""
    unconfirmed = Invitation.objects.filter(UNCONFIRMED, sent_at__lt=Now() - UNCONFIRMED_KEPT)
    return unconfirmed.delete()[1].get("pledges.Invitation", 0)


def drop_withdrawn_invitations() -> int:
    """Delete invitations that were withdrawn six months ago; nothing of a person was left in them. Returns how many."""
    withdrawn = Invitation.objects.filter(withdrawn_at__lt=Now() - CONTACTS_KEPT)
    return withdrawn.delete()[1].get("pledges.Invitation", 0)


def erase_inviters() -> int:
    """Erase who wrote and what, six months after it was sent or refused; returns how many. The day stays."""
    over = Q(invited__sent_on__lt=TruncDate(Now() - CONTACTS_KEPT)) | Q(refused_at__lt=Now() - CONTACTS_KEPT)
    keys = list(Invitation.objects.filter(over).exclude(mailbox=None, message="").values_list("pk", flat=True))
    InvitationContact.objects.filter(invitation__in=keys).delete()
    forget_about(Invitation.objects.filter(pk__in=keys))
    return Invitation.objects.filter(pk__in=keys).update(mailbox=None, message="", refusal_note="", city_email="")


INVITATION_RULES: dict[str, Callable[[], int]] = {
    _("unconfirmed invitations deleted"): drop_unconfirmed_invitations,
    _("withdrawn invitations deleted"): drop_withdrawn_invitations,
    _("inviters erased"): erase_inviters,
}
