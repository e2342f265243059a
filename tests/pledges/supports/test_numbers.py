"""What the public is told: from ten residents on a number, and never one that can be subtracted from others."""

import re
from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from citysolidarity.caching.edition import FIRST, EditionRow
from pledges.models import AskedCity, Support, SupportMonth
from pledges.supports.chart import growth_by_month
from pledges.supports.counting import count_supports, sum_told
from pledges.supports.petition import COUNTS, EVENTS
from tests.people import a_city, a_practice
from tests.pledges.supports.residents import a_support, an_asked_city, some

pytestmark = pytest.mark.django_db


def page(client, name="supports", *args):
    return client.get(reverse(name, args=args)).text


def test_from_ten_on_a_city_has_a_number_and_below_it_has_words(client):
    irbid, amman = a_city("Irbid", geonames_id=1), a_city("Amman", geonames_id=2)
    a_practice(city=amman)
    some(irbid, 9)
    some(amman, 9)
    count_supports()
    for text in (page(client), page(client, "city", amman.slug)):
        assert "Fewer than ten residents ask for a signature" in text and not re.search(r"\b9 residents", text)
    some(amman, 3)
    assert "12 residents" not in page(client), "they are counted once a day"
    count_supports()
    assert "12 residents ask for a signature" in page(client)
    assert "12 residents ask for a signature" in page(client, "city", amman.slug)
    assert "at least 10 residents" in page(client), "the nine others are in no number"


def test_who_may_not_be_counted_or_has_not_confirmed_or_has_withdrawn_is_in_no_number(client):
    city = a_city(geonames_id=1)
    supports = some(city, 10)
    some(city, 5, may_be_counted=False)
    for _number in range(3):
        a_support(city)
    count_supports()
    assert AskedCity.objects.get().supports == 10
    supports[0].withdraw()
    assert count_supports() == 1 and AskedCity.objects.get().told is None
    assert "Fewer than ten residents" in page(client)


def test_a_city_without_a_counted_resident_is_told_of_nowhere(client):
    a_practice(city=(city := a_city(geonames_id=1)))
    some(city, 1, may_be_counted=False)
    count_supports()
    assert "No city has been counted yet" in page(client)
    assert "counted once a day" not in page(client, "city", city.slug)


def test_a_name_that_was_typed_by_hand_is_shown_only_once_the_city_is(client):
    city = a_city("Typed by hand")
    some(city, 30)
    count_supports()
    text = page(client)
    assert "Typed by hand" not in text and "at least 30 residents" in text
    a_practice(city=city)
    assert "Typed by hand" in page(client)


def test_no_small_number_can_be_found_by_subtracting():
    """The sum is made of numbers that the public has anyway: it is the same whatever the cities with fewer have."""
    for counts in product(range(24), repeat=3):
        public = [count for count in counts if count >= 10]
        assert sum_told(counts) == sum(public) // 10 * 10


def test_the_numbers_of_months_are_multiples_of_ten(client):
    for month, told in [(date(2025, 11, 1), 10), (date(2026, 1, 1), 40), (date(2026, 2, 1), 50)]:
        SupportMonth.objects.create(month=month, told=told, counted_on=month.replace(day=28))
    chart = growth_by_month(SupportMonth.objects.all())
    assert [number for _month, number in chart.rows] == [
        "at least 50 residents", "at least 40 residents", "at least 10 residents", "at least 10 residents",
    ]  # fmt: skip
    assert len(chart.bars) == 4 and chart.lines[-1].count >= 50
    assert growth_by_month([]) is None
    assert [sum_told([count]) for count in (0, 9, 10, 19, 20)] == [0, 0, 10, 10, 20]
    for language in ("en", "ar"):
        assert "<rect" in client.get(f"/{language}/statement/ask/").text


def test_a_form_of_the_public_moves_no_kept_page(client):
    def number():
        return EditionRow.read(FIRST).number

    city = a_city(geonames_id=1)
    before = number()
    (support,) = some(city, 1)
    support.withdraw()
    assert number() == before
    some(city, 1)
    count_supports()
    assert number() > before
    before = number()
    AskedCity.objects.update(answer="Yes", reply="yes", answered_on=Now())
    assert number() > before


def test_the_list_has_pages_and_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    AskedCity.objects.bulk_create(
        AskedCity(city=a_city(f"City {at}", geonames_id=at + 1), supports=at + 1) for at in range(103)
    )
    with django_assert_max_num_queries(8):
        first = page(client)
    assert "103 residents" in first and "City 0" not in first and "?page=2" in first
    assert ">City 0<" in client.get(reverse("supports"), {"page": "2"}).text
    for odd in ("0", "-1", "x", "99999999999", "\0"):
        assert client.get(reverse("supports"), {"page": odd}).status_code == 200


def test_no_public_page_reads_the_supports_themselves(client):
    """However many there are, a page costs what the counted cities cost."""
    city = an_asked_city(a_city(geonames_id=1)).city
    a_practice(city=city)
    with CaptureQueriesContext(connection) as sent:
        for path in (reverse("supports"), city.get_absolute_url(), reverse("petition")):
            assert client.get(path).status_code == 200
    said = " ".join(query["sql"] for query in sent)
    assert '"pledges_askedcity"' in said and not re.search(r'"pledges_support(contact|letter)?"', said)


def test_thresholds():
    asked = an_asked_city(a_city(geonames_id=1, population=1_950), 12)
    assert asked.thresholds == [10, 20, 100] and asked.reached == [10]
    assert AskedCity(city=a_city(population=300)).thresholds == [10, 100]
    assert AskedCity(city=a_city()).thresholds == [10, 100]
    assert AskedCity(city=a_city(population=500_000)).thresholds == [10, 100, 5_000]


def test_the_history_of_the_petition_names_a_source_for_everything(client):
    text = page(client, "petition")
    assert "This is not UNHCR’s petition" in text and "1,912,884" in text
    assert "This is not UNHCR’s petition" in page(client)
    for entry in (*EVENTS, *COUNTS):
        assert entry.sources
        for source in entry.sources:
            assert source.url.replace("&", "&amp;") in text


def test_two_rows_of_one_city_become_one(admin_client):
    from practices.cities.merging import merge
    from tests.pledges.signers import a_curator

    gone, stays = a_city("Graz an der Mur", "AT"), a_city("Graz", "AT")
    for city in (gone, stays):
        an_asked_city(city, 3)
    both = [
        Support.ask(f"both-{city.pk}", "", email="both@home.example", city=city, language="en")
        for city in (gone, stays)
    ]
    for support in both:
        support.confirm()
    assert "4 supports" in merge(gone, stays, a_curator())
    assert Support.objects.live().filter(city=stays).count() == 7
    count_supports()
    assert AskedCity.objects.get().supports == 6
