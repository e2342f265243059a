"""Erasing whoever asks for it from what is followed by e-mail: all of it goes."""

from practices.models import Following


def forget(address: str) -> dict[str, list[str]]:
    """Erase what belongs to this mailbox, within the caller's transaction; returns the rows by their kind."""
    followings = Following.objects.of_mailbox(address)
    names = [following.reference for following in followings]
    followings.delete()
    return {"followers": names}
