"""Erasing whoever asks for it from the invitations. That a city was invited on a day stays."""

from django.db.models import Q

from pledges.models import Invitation, InvitationContact, InvitationLetter
from pledges.models.invitation import UNCONFIRMED, WAITS, inviter_mark


def forget(address: str) -> dict[str, list[str]]:
    """Erase what belongs to this address, within the caller's transaction; returns the rows by their kind.

    What was not sent yet is deleted. E-mails go, so that no link in them opens anything.
    """
    of_person = Invitation.objects.filter(Q(contact__email__iexact=address) | Q(mailbox=inviter_mark(address)))
    invitations = list(of_person.distinct().order_by("pk").with_cities())
    keys = [invitation.pk for invitation in invitations]
    InvitationLetter.objects.filter(invitation__in=keys).delete()
    InvitationContact.objects.filter(invitation__in=keys).delete()
    Invitation.objects.filter(UNCONFIRMED | WAITS, pk__in=keys).delete()
    Invitation.objects.filter(pk__in=keys).update(mailbox=None, message="", refusal_note="")
    return {"inviters": [f"{invitation.reference} {invitation.city}" for invitation in invitations]}
