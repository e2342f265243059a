"""An entry ages gently: fresh, due, unconfirmed; it sinks in the default order and never vanishes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from citysolidarity.caching.edition import edition
from practices.directory.found import FoundBySql, FoundInIndex
from practices.directory.index.bitmaps import DAY
from practices.directory.index.keeper import selection_index
from practices.directory.selection import Selection
from tests.people import a_city, a_practice
from tests.practices.correspondence.letters import confirmed

pytestmark = pytest.mark.django_db
# Days since the city confirmed it (None: never, or it is over), from the oldest entry to the newest.
AGES = {"due": 700, "never": None, "fresh": 10, "old": 800, "over": None, "new": None}


@pytest.fixture
def entries():
    now, city = timezone.now(), a_city()
    made = {}
    for number, (title, days) in enumerate(AGES.items()):
        facts = {"ended": 2025} if title == "over" else {}
        at = now - timedelta(days=1000 - number)
        made[title] = a_practice(title, city, published_at=at, slug=title, **facts)
        if days is not None:
            confirmed(made[title], days=days)
    return made


def titles(client, **query) -> list[str]:
    page = client.get(reverse("directory"), query).content.decode()
    places = {title: page.find(f"/practices/{title}/") for title in AGES}
    assert -1 not in places.values()
    return sorted(places, key=places.get)


def test_what_nobody_confirmed_for_two_years_stands_below_the_rest(client, entries):
    assert titles(client) == titles(client, sort="current") == ["fresh", "due", "new", "over", "old", "never"]
    assert titles(client, sort="newest") == ["new", "over", "old", "fresh", "never", "due"]


def test_a_confirmation_lifts_it_again(client, entries):
    entries["never"].confirm()
    assert titles(client) == ["fresh", "never", "due", "new", "over", "old"]


def test_each_says_how_fresh_it_is(entries):
    found = {title: entry.freshness for title, entry in entries.items()}
    assert found == {
        "due": "due", "never": "unconfirmed", "fresh": "fresh", "old": "unconfirmed", "over": "ended", "new": "unconfirmed"
    }  # fmt: skip


def test_an_old_title_counts_for_nothing_once_the_practice_is_over(client, entries):
    confirmed(entries["over"], days=5)
    assert titles(client)[:2] == ["fresh", "due"]


@pytest.mark.parametrize(
    "part", [slice(0, 20), slice(0, 2), slice(1, 4), slice(2, 3), slice(3, 6), slice(5, 9), slice(9, 12)]
)
def test_index_and_sql_agree_on_every_part_of_the_list(entries, part):
    for selection in (Selection(), Selection(sort="current", chosen={"theme": ("social-cohesion",)})):
        assert FoundInIndex(selection).keys(part) == FoundBySql(selection).keys(part)


def test_it_sinks_by_the_clock_alone(entries):
    confirmed(entries["due"], days=730, seconds=-60)
    found = FoundInIndex(Selection())
    assert found.keys(slice(0, 2)) == [entries["fresh"].pk, entries["due"].pk]
    later = found.bitmaps.at_time(found.bitmaps.fresh_until)
    assert later.keys(found.bits, "current", None, slice(0, 2)) == [entries["fresh"].pk, entries["new"].pk]


def test_an_order_by_words_outlives_a_freshness_until_the_day_ends(entries):
    """Where some entry ages every minute, what a search finds would otherwise have to be found anew each minute."""
    now = edition.now()
    noon = (now // DAY + 1) * DAY + DAY // 2
    confirmed(entries["due"], days=730, microseconds=now - noon - DAY // 24)
    bitmaps = selection_index.current(at_once=True)

    def best_at(moment):
        return selection_index.match(bitmaps.at_time(moment), "parks", "en", False)[1]

    def titles_of(matches):
        return [title_of[key] for key in bitmaps.keys(matches.bits, "match", matches, slice(0, 9))]

    title_of = {entry.pk: title for title, entry in entries.items()}
    before = best_at(noon)
    assert titles_of(before) == ["fresh", "due", "new", "old", "never", "over"]
    assert best_at(bitmaps.fresh_until) is before
    assert bitmaps.fresh_from > noon
    assert titles_of(best_at(noon + DAY)) == ["fresh", "new", "old", "never", "due", "over"]
