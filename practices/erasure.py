"""Erasing whoever asks for it from what is kept about the practices."""

from practices.models import ContactRoute


def forget(address: str) -> int:
    """Deletes the mailboxes of this address, and with them every letter to it; returns how many."""
    return ContactRoute.objects.filter(email__iexact=address).delete()[1].get("practices.ContactRoute", 0)
