"""What the database derives and keeps up to date, whoever writes the row: sizes, freshness, tags, search."""

from datetime import timedelta

import pytest
from django.utils import timezone

from practices import vocabularies as words
from practices.models import City, Practice
from practices.models.cities.city import SIZE_BOUNDS
from practices.models.entries.fields import CodeListField
from practices.models.entries.queryset import YEAR
from practices.vocabularies.countries import COUNTRY_CODES, region_of
from practices.vocabularies.languages import base_of
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db

ARRAY_COLUMNS = {field.name: field.vocabulary for field in Practice._meta.fields if isinstance(field, CodeListField)}
TEXT_COLUMNS = {"instrument": words.INSTRUMENTS, "status": words.STATUSES}

# --- size and region ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (None, "unknown"),
        (0, "under-20k"),
        (19_999, "under-20k"),
        (20_000, "20k-50k"),
        (49_999, "20k-50k"),
        (50_000, "50k-200k"),
        (199_999, "50k-200k"),
        (200_000, "200k-500k"),
        (499_999, "200k-500k"),
        (500_000, "500k-1.5m"),
        (1_499_999, "500k-1.5m"),
        (1_500_000, "over-1.5m"),
        (37_000_000, "over-1.5m"),
    ],
)
def test_a_city_is_as_large_as_its_population(population, size):
    practice = a_practice(city=a_city(population=population))
    practice.refresh_from_db()
    assert practice.city.size == size
    assert words.SIZES.numbers[size] in practice.tags


def test_the_size_classes_and_their_bounds_go_together():
    assert len(words.SIZES.codes) == len(SIZE_BOUNDS) + 2  # one above the last bound, one for "not known"
    assert list(SIZE_BOUNDS) == sorted(SIZE_BOUNDS)


def test_every_country_lies_in_its_region_in_the_database_too():
    City.objects.bulk_create(City(name=code, country=code, slug=City.slug_for(code, code)) for code in COUNTRY_CODES)
    regions = dict(City.objects.values_list("country", "region"))
    assert regions == {code: region_of(code) for code in COUNTRY_CODES}


# --- freshness -------------------------------------------------------------------------

SOON = timedelta(minutes=5)


@pytest.mark.parametrize(
    ("age", "facts", "freshness"),
    [
        (None, {}, "unconfirmed"),
        (timedelta(0), {}, "fresh"),
        (YEAR - SOON, {}, "fresh"),
        (YEAR + SOON, {}, "due"),
        (2 * YEAR - SOON, {}, "due"),
        (2 * YEAR + SOON, {}, "unconfirmed"),
        (timedelta(0), {"ended": 2020}, "ended"),
        (timedelta(0), {"status": "completed"}, "ended"),
        (None, {"status": "completed", "ended": 2020}, "ended"),
        (YEAR - SOON, {"status": "unknown"}, "fresh"),
    ],
)
def test_freshness_is_the_same_in_python_and_in_the_database(age, facts, freshness):
    practice = a_practice(**facts)
    if age is not None:
        practice.confirm(timezone.now() - age)
    assert practice.freshness == freshness
    number = Practice.objects.with_freshness().get().freshness_number
    assert number == words.FRESHNESS.numbers[freshness]
    assert Practice.objects.tagged("freshness", [freshness]).exists()


# --- tags and search: kept by triggers ----------------------------------------------------

PLAIN = {"themes": ["housing"], "populations": [], "instrument": "service", "status": "unknown"}


def tags_of(practice):
    return set(Practice.objects.values_list("tags", flat=True).get(pk=practice.pk))


def numbers_of(practice):
    """The numbers that the vocabularies give to what a practice and its city say."""
    city = practice.city
    tags = [(vocabulary, getattr(practice, column)) for column, vocabulary in ARRAY_COLUMNS.items()]
    tags += [(vocabulary, [getattr(practice, column)]) for column, vocabulary in TEXT_COLUMNS.items()]
    tags += [(words.SUBREGIONS, [city.region]), (words.SIZES, [city.size]), (words.COUNTRIES, [city.country])]
    tags += [(words.SIGNED, ["yes"] if city.is_signed else []), (words.COSTS, [practice.cost_band])]
    tags += [(words.READABLE, [base_of(practice.language)])]
    return {vocabulary.numbers[code] for vocabulary, codes in tags for code in codes}


@pytest.mark.parametrize("column", [*ARRAY_COLUMNS, *TEXT_COLUMNS])
def test_every_term_gets_the_number_of_its_vocabulary(column):
    vocabulary = (ARRAY_COLUMNS | TEXT_COLUMNS)[column]
    city = a_city()
    for code in vocabulary.codes:
        practice = a_practice(city=city, **(PLAIN | {column: [code] if column in ARRAY_COLUMNS else code}))
        assert vocabulary.numbers[code] in tags_of(practice)
        assert tags_of(practice) == numbers_of(practice)


def test_every_country_region_and_signature_gets_its_number():
    City.objects.bulk_create(
        City(name=code, country=code, slug=City.slug_for(code, code), signed_precision="unknown")
        for code in COUNTRY_CODES
    )
    Practice.objects.bulk_create(
        Practice(slug=city.slug, title="T", summary="S", city=city, **PLAIN) for city in City.objects.all()
    )
    practices = list(Practice.objects.select_related("city"))
    assert len(practices) == len(COUNTRY_CODES)
    assert [practice.slug for practice in practices if set(practice.tags) != numbers_of(practice)] == []


def test_tags_follow_a_change_and_a_bulk_update():
    practice = a_practice(themes=["housing"])
    practice.themes = ["health"]
    practice.save()
    assert words.THEMES.numbers["health"] in tags_of(practice)
    assert words.THEMES.numbers["housing"] not in tags_of(practice)
    Practice.objects.update(themes=["rights", "welcome"], status="completed")
    practice.refresh_from_db()
    assert tags_of(practice) == numbers_of(practice)


def test_what_is_written_into_the_tags_by_hand_does_not_last():
    practice = a_practice()
    Practice.objects.update(tags=[1, 2, 3], search=None)
    assert tags_of(practice) == numbers_of(practice)
    assert Practice.objects.matching("public spaces").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"population": 2_000_000},
        {"population": None},
        {"country": "LB", "slug": "amman-lb"},
        {"signed_precision": "unknown"},
        {"signed_precision": "day", "signed_on": "2018-06-20"},
    ],
)
@pytest.mark.parametrize("in_bulk", [True, False])
def test_tags_follow_their_city(change, in_bulk):
    city = a_city(population=100_000)
    practice, elsewhere = a_practice(city=city), a_practice(city=a_city("Irbid"))
    before, untouched = tags_of(practice), tags_of(elsewhere)
    if in_bulk:
        City.objects.filter(pk=city.pk).update(**change)
    else:
        for name, value in change.items():
            setattr(city, name, value)
        city.save()
    practice = Practice.objects.select_related("city").get(pk=practice.pk)
    assert set(practice.tags) == numbers_of(practice) != before
    assert tags_of(elsewhere) == untouched


def test_tags_follow_a_practice_to_another_city():
    practice = a_practice()
    practice.city = a_city("Tripoli", "LB", population=243_800)
    practice.save()
    assert tags_of(practice) == numbers_of(practice)


def test_a_search_finds_the_new_name_of_a_city():
    practice = a_practice(city=a_city("Köln", "DE"))
    assert Practice.objects.matching("koln public spaces").exists()
    practice.city.names = {"en": "Cologne"}
    practice.city.save()
    assert Practice.objects.matching("cologne spaces").exists()
    assert Practice.objects.matching("Allemagne").exists()


@pytest.mark.parametrize(
    "column",
    ["title", "summary", "challenge", "approach", "results", "lessons", "what_did_not_work", "area", "lead"],
)
def test_a_search_finds_every_text_after_a_bulk_update(column):
    practice = a_practice()
    assert not Practice.objects.matching("Zürichberg").exists()
    Practice.objects.update(**{column: "At the Zürichberg"})
    assert Practice.objects.matching("zurichberg").get() == practice


@pytest.mark.parametrize("column", ["partners", "funders"])
def test_a_search_finds_organisations(column):
    a_practice(**{column: ["Ministry of Health, Labour and Welfare", "Città di Torino"]})
    assert Practice.objects.matching("citta torino").exists()
    assert Practice.objects.matching("labour welfare").exists()
