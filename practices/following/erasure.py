"""Erasing whoever asks for it from what is followed by e-mail: all of it goes."""

from django.db.models import Q

from practices.models import Following
from practices.models.following.following import mailbox_mark


def forget(address: str) -> dict[str, list[str]]:
    """Erase what belongs to this mailbox, within the caller's transaction; returns the rows by their kind."""
    # By the address, too: the mark of one that was written under another SECRET_KEY is another one.
    followings = Following.objects.filter(Q(follower__email__iexact=address) | Q(mailbox=mailbox_mark(address)))
    names = [following.reference for following in followings]
    followings.delete()
    return {"followers": names}
