"""Erasing whoever asks for it from what is kept about the practices."""

from practices.models import Asker, ContactRoute, Report


def forget(address: str) -> int:
    """Erases the mailboxes of this address, and with them every letter to it; returns how many. Questions stay."""
    asked = Asker.objects.filter(email__iexact=address)
    # A letter to the asker has no mailbox of its own to go with.
    for asker in asked:
        asker.enquiry.letters.filter(route__isnull=True).delete()
    found = asked.delete()[0] + Report.objects.filter(email__iexact=address).update(email="")
    return found + ContactRoute.objects.filter(email__iexact=address).delete()[1].get("practices.ContactRoute", 0)
