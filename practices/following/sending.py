"""The worker's hourly look: whoever follows something in which there is news gets an e-mail, and nobody else."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import translation

from citysolidarity.database.clock import database_now
from practices.following import emails
from practices.following.news import is_any
from practices.models import Following, Practice
from practices.models.following.letter import Occasion

# What was published in the last minutes waits for the next look: a transaction may be open still, and a curator who has
# pressed the wrong button can take it back.
SETTLED = timedelta(minutes=10)
MOST_LOOKED = 5_000  # followings in one look; the others follow in the next


def tell_followers() -> int:
    """Post the e-mails that are due; returns how many. Their texts are written when they are sent."""
    until = database_now() - SETTLED
    due = Following.objects.due().with_city().filter(looked_until__lt=until)
    newest = Practice.objects.published().filter(published_at__lte=until).aggregate(at=Max("published_at"))["at"]
    # Most looks find nothing published, and need not read a single selection.
    new = Q(city__isnull=False) | Q(looked_until__lt=newest) if newest else Q(city__isnull=False)
    return sum(tell(following, until) for following in list(due.filter(new)[:MOST_LOOKED]))


def tell(following: Following, until: datetime) -> bool:
    since = following.looked_until
    with transaction.atomic(), translation.override(following.written_in):
        has_news = is_any(following, since, until)
        if not following.look(until, has_news=has_news):
            return False
        if has_news:
            emails.following_news.post(Occasion(following, since, until))
    return has_news
