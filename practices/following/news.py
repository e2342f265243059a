"""What is new in a selection, or about a city, within a span of time.

Whoever has public news of cities besides entries, as the pledges do, adds a function to CITY_NEWS. It is called with the
city and the span, in the language of the reader.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from practices.directory.filters import PracticeFilter
from practices.entries.feeds import with_its_dispute
from practices.following.words import selection_of
from practices.models import City, Following, Practice

MOST = 20  # entries in one e-mail


class News(NamedTuple):
    """``place`` and ``sentence`` may be ""; ``url`` is absolute."""

    title: str
    place: str
    sentence: str
    url: str


CITY_NEWS: list[Callable[[City, datetime, datetime], Iterator[News]]] = []


def entries(following: Following, since: datetime, until: datetime):
    """Entries that were published within the span and are public now, the newest first; one query, and two for words."""
    if following.city_id:
        found = Practice.objects.published().filter(city=following.city_id)
    else:
        found = PracticeFilter.of(selection_of(following.query)).qs
    return found.filter(published_at__gt=since, published_at__lte=until)


def about_the_city(following: Following, since: datetime, until: datetime) -> list[News]:
    if not following.city or not City.objects.listed().public().filter(pk=following.city_id).exists():
        return []
    return [news for tell in CITY_NEWS for news in tell(following.city, since, until)]


def is_any(following: Following, since: datetime, until: datetime) -> bool:
    return entries(following, since, until).exists() or bool(about_the_city(following, since, until))


def news_of(following: Following, since: datetime, until: datetime) -> tuple[list[News], int]:
    """What an e-mail tells, and how many entries more there are."""
    found = entries(following, since, until)
    listed = found.with_city().with_review().in_language().sorted_by("newest")[:MOST]
    told = about_the_city(following, since, until) + [entry_as_news(practice) for practice in listed]
    return told, max(0, found.count() - MOST)


def entry_as_news(practice: Practice) -> News:
    url = settings.SITE_URL + practice.get_absolute_url()
    return News(practice.title, str(practice.city), with_its_dispute(practice, practice.summary), url)
