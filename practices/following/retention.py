"""How long it is kept who wanted to follow something. Each rule may run as often as one likes."""

from datetime import timedelta

from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _

from practices.models import Following
from practices.models.following.following import ASKED

UNCONFIRMED_KEPT = timedelta(days=14)
# Nothing of a person is left in it; the links in earlier e-mails still say that it is over.
STOPPED_KEPT = timedelta(days=14)


def drop_unconfirmed() -> int:
    """Delete what nobody confirmed; returns how many."""
    unconfirmed = Following.objects.filter(ASKED, sent_at__lt=Now() - UNCONFIRMED_KEPT)
    return unconfirmed.delete()[1].get("practices.Following", 0)


def drop_stopped() -> int:
    stopped = Following.objects.filter(stopped_at__lt=Now() - STOPPED_KEPT)
    return stopped.delete()[1].get("practices.Following", 0)


FOLLOWING_RULES = {
    _("unconfirmed followings deleted"): drop_unconfirmed,
    _("stopped followings deleted"): drop_stopped,
}
