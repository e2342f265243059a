"""Erasing whoever asks for it from the supports. The counts stay, and nothing tells any more who is in them."""

from django.db.models import Q

from pledges.models import Support, SupportContact, SupportLetter
from pledges.models.support import ASKED, mailbox_mark


def forget(address: str) -> dict[str, list[str]]:
    """Erase what belongs to this address, within the caller's transaction; returns the rows by their kind.

    A support whose address was erased before is known again by its mark, which goes too. E-mails go, so that no link in
    them opens anything.
    """
    of_person = Support.objects.filter(Q(contact__email__iexact=address) | Q(mailbox=mailbox_mark(address)))
    supports = list(of_person.distinct().order_by("pk").select_related("city").defer("city__keywords"))
    keys = [support.pk for support in supports]
    SupportLetter.objects.filter(support__in=keys).delete()
    SupportContact.objects.filter(support__in=keys).delete()
    Support.objects.filter(ASKED, pk__in=keys).delete()
    Support.objects.filter(pk__in=keys).update(mailbox=None)
    return {"supporters": [f"{support.reference} {support.city}" for support in supports]}
