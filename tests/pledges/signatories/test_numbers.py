"""Numbers by country: they add up, and no city that asked not to be named can be found by taking them apart."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.models import Signature
from pledges.signatories.numbers import LEAST_SHOWN, by_country
from tests.people import a_city
from tests.pledges.signers import a_published, a_stated

NAMES = ("Berlin", "Bonn", "Köln", "Mainz", "Trier")


def named(country, count):
    for name in NAMES[:count]:
        a_stated(a_city(name, country))


def unnamed(country, count):
    for name in NAMES[:count]:
        a_published(city=a_city(name, country, official_domain="x.example"), visibility="counted")


def told():
    return {number.label: number.count for number in by_country(Signature.objects.counted())}


@pytest.mark.django_db
def test_a_country_with_fewer_than_three_is_merged_into_the_others():
    named("DE", 3), named("AT", 2), named("CH", 1)
    assert told() == {"Germany": 3, "Other countries": 3}


@pytest.mark.django_db
def test_an_unnamed_city_is_not_found_by_taking_the_named_ones_off():
    named("DE", 3), unnamed("DE", 2), unnamed("FR", 1)
    assert told() == {"Germany": 3, "Other countries": 3}


@pytest.mark.django_db
def test_three_unnamed_cities_of_a_country_are_in_its_number():
    named("DE", 1), unnamed("DE", 3)
    assert told() == {"Germany": 4}


@pytest.mark.django_db
def test_nothing_is_told_of_nobody():
    assert told() == {}


@pytest.mark.django_db
def test_countries_stand_from_a_to_z_and_the_others_last():
    named("ZM", 3), named("AT", 3), named("CI", 3), named("CH", 1)
    assert list(told()) == ["Austria", "Côte d'Ivoire", "Zambia", "Other countries"]


class Rows:
    """A stand-in for the query set, with rows of ``(country, visibility, count)``."""

    def __init__(self, rows):
        self.rows = rows

    def order_by(self):
        return self

    def values_list(self, *_names):
        return self

    def annotate(self, **_counts):
        return self.rows


rows = st.dictionaries(
    st.tuples(st.sampled_from(["AT", "CH", "DE", "FR"]), st.sampled_from(["public", "from-date", "counted"])),
    st.integers(1, 6),
).map(lambda found: [(*key, count) for key, count in found.items()])


@given(rows=rows)
def test_the_numbers_add_up_and_hide_fewer_than_three(rows):
    numbers = by_country(Rows(rows))
    assert sum(number.count for number in numbers) == sum(count for _country, _visibility, count in rows)
    named = Counter()
    for country, visibility, count in rows:
        named[country] += count if visibility != "counted" else 0
    for number in numbers:
        if number.code:
            assert number.count >= LEAST_SHOWN
            hidden = number.count - named[number.code]
            assert hidden == 0 or hidden >= LEAST_SHOWN
