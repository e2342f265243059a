"""Words of a search are kept once five networks have asked, and never where they may be somebody's name."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection

from citysolidarity.operation.visits import batch, counting
from citysolidarity.operation.visits.counting import Counts, network_of
from citysolidarity.operation.visits.models import PageCount, SearchMark, SearchWord, month_before
from citysolidarity.operation.visits.words import countable, ordinary
from tests.citysolidarity.operation.visitors import addresses, read, search, today
from tests.people import a_practice

pytestmark = pytest.mark.django_db


def kept() -> dict[tuple[str, str], int]:
    """(language, words) → networks."""
    batch.save()
    return {(row.language, row.words): row.networks for row in SearchWord.objects.all()}


def test_words_are_kept_once_they_came_from_five_networks(client):
    a_practice()
    for number, ip in enumerate(addresses("zeppelin", 7), start=1):
        search(client, "Zeppelin", ip=ip)
        assert kept() == ({("en", "zeppelin"): number} if number >= SearchWord.FEWEST else {})


def test_one_person_is_one_network_however_often_and_from_whatever_address_of_a_provider(client):
    for number in range(9):
        search(client, "housing", ip=f"198.51.{number}.9", page=str(number))
        search(client, "housing", ip=f"2001:db8:{number}::9")
        batch.save()
    assert kept() == {} and SearchMark.objects.get().places.bit_count() <= 2


def test_before_that_nobody_can_read_what_was_searched_for(client):
    for ip in addresses("zeppelin", 4):
        search(client, "zeppelin", ip=ip)
    assert kept() == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(marks::text, ' ') FROM citysolidarity_searchmark marks")
        (text,) = cursor.fetchone()
    assert "zeppelin" not in text and b"zeppelin".hex() not in text and ".7." not in text
    assert len(SearchMark.objects.get().key) == 32


def test_a_network_has_another_place_for_another_search_or_month():
    words = [counting.SearchOfMonth(date(2026, month, 1), "en", f"word{at}") for at in range(40) for month in (1, 2)]
    places = [counting.place_of(one, "198.51.0.0/16") for one in words]
    assert len(set(places)) > 25 and max(places) < counting.PLACES <= 63
    assert places == [counting.place_of(one, "198.51.0.0/16") for one in words]


def test_where_networks_cannot_be_told_apart_no_words_are_counted(client, settings):
    settings.BEHIND_PROXY = True
    read(client, "/en/practices/", ip="unix:", query={"q": "housing"})
    assert kept() == {} and not SearchMark.objects.exists() and PageCount.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  Housing,  “SCHOOL” -rent ", "housing school rent"), ("l’école", "l'école"), ("سَكَن", "سكن"),
        ("drop-in centre", "drop-in centre"),
        ("rana@amman.example", ""), ("+962 6 555", ""), ("2018", ""), ("https://x.example", ""), ("a.b", ""), ("@rana", ""), ("", ""),
        ("one two three four five six seven", ""), ("x" * 81, ""), ("under_score", ""), ("\0", ""),
    ],
)  # fmt: skip
def test_digits_addresses_and_signs_are_never_counted(typed, words):
    assert countable(typed) == words


def test_names_are_not_kept():
    a_practice(title="Homes for all", summary="Homes, found by Fatima Merkel.")
    asked = {
        "housing", "zeppelin", "solar housing", "fatima merkel", "john smith", "housing xqzvkw", "xqzvkw", "homes",
    }  # fmt: skip
    assert ordinary(asked) == {"housing", "zeppelin", "solar housing", "homes"}


def test_the_database_refuses_words_of_fewer():
    with pytest.raises(IntegrityError, match="search_word_is_of_five_networks"):
        SearchWord.objects.create(month=month_before(0), language="en", words="housing", networks=4)


def test_a_month_begins_anew(client):
    with time_machine.travel("2026-11-30T12:00:00Z", tick=False):
        for ip in addresses("housing", 4):
            search(client, "housing", ip=ip)
        assert kept() == {}
    with time_machine.travel("2026-12-01T12:00:00Z", tick=False):
        for ip in addresses("housing", 4):
            search(client, "housing", ip=ip)
        assert kept() == {} and SearchMark.objects.count() == 2
        assert SearchMark.objects.forget() == 1


def test_nobody_fills_the_memory_with_searches():
    mine = Counts()
    for number in range(counting.MOST_SEARCHES + 9):
        mine.add({}, {counting.SearchOfMonth(today(), "en", f"w{number}"): 1})
    assert len(mine.take().searches) == counting.MOST_SEARCHES and not mine.take()


def test_searches_are_looked_up_anew():
    a_practice(title="Housing with neighbours")
    SearchWord.objects.keep(
        [(month_before(number), "en", words, 5) for number in (0, 3) for words in ("housing", "zeppelin")]
    )
    assert SearchWord.objects.look_up() == 2
    assert set(SearchWord.objects.values_list("words", "found")) == {("housing", 1), ("zeppelin", 0)}
    a_practice(title="A zeppelin for everybody")
    SearchWord.objects.look_up()
    assert set(SearchWord.objects.values_list("words", "found")) == {("housing", 1), ("zeppelin", 1)}


def test_the_network_is_that_of_a_provider(rf):
    assert network_of(rf.get("/", REMOTE_ADDR="198.51.100.9")) == "198.51.0.0/16"
    assert network_of(rf.get("/", REMOTE_ADDR="2001:db8:1:2::9")) == "2001:db8::/32"
    assert network_of(rf.get("/", REMOTE_ADDR="")) == ""
