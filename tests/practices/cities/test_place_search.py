"""The gazetteer: places found by their beginning, in any script, and the cities made of them."""

import pytest
from django.core.management import call_command

from practices.cities import place_search
from practices.models import City, Place
from practices.search.place_names import fold, keys_of
from tests.people import a_city
from tests.rig import rows

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup, django_db_blocker):
    """Every place of the fixture, for all tests of this file."""
    with django_db_blocker.unblock():
        call_command("load_gazetteer", verbosity=0)
        yield
        rows.put_back_what_changed()


def names(typed, most=3):
    return [
        f"{choice.name}, {choice.country_name}"
        for choice in (place_search.find(typed) or place_search.find_similar(typed))[:most]
    ]


# --- how names are compared ----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Łódź", "lodz"),
        ("São Paulo", "sao paulo"),
        ("Αθήνα", "αθηνα"),
        ("أثينا", "اثينا"),
        ("’s-Hertogenbosch", "s hertogenbosch"),
        ("Ta’if", "taif"),
        ("  ISTANBUL ", "istanbul"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("東京", "東京"),
        ("%_\\", ""),
    ],
)
def test_names_are_compared_without_case_accents_and_marks(name, key):
    assert fold(name) == key


def test_keys_stand_between_bars_and_once_each():
    assert keys_of(["Köln", "Koln", "Cologne", ""], ["Colonia", "KÖLN"]) == "|koln|koeln|cologne|¦colonia¦"
    assert keys_of(["!?"]) == ""


# --- finding ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Athens", "Athens, Greece"),
        ("Αθήνα", "Athens, Greece"),
        ("أثينا", "Athens, Greece"),
        ("عمان", "Amman, Jordan"),
        ("Wien", "Vienna, Austria"),
        ("münchen", "Munich, Germany"),
        ("Cologne", "Köln, Germany"),
        ("東京", "Tokyo, Japan"),
        ("Київ", "Kyiv, Ukraine"),
        ("sao pau", "São Paulo, Brazil"),
        ("Sydney, Australia", "Sydney, Australia"),
    ],
)
def test_a_place_is_found_in_any_script(typed, found):
    assert found in names(typed)


def test_a_whole_name_comes_before_a_longer_one():
    assert [choice.name for choice in place_search.find("York")][:2] == ["York", "York"]


def test_a_mistyped_name_leads_to_the_ones_like_it():
    assert "Monterrey, Mexico" in names("Montery")


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "|", "¦", "\\", "!!!", ",", "(", "."])
def test_marks_alone_find_nothing(typed):
    assert names(typed) == [] and place_search.namesakes(typed, "GR") == []


def test_places_of_one_name_are_told_apart():
    springfields = place_search.namesakes("Springfield", "US")
    assert len(springfields) == 8
    assert all(place.near for place in springfields)


def test_the_fixture_is_small_and_every_country_known(settings):
    for file in ("places.csv.xz", "place_names.csv.xz"):
        assert (settings.BASE_DIR / "fixtures" / file).stat().st_size <= 1_000_000
    assert all(place.country_name for place in Place.objects.distinct("country"))


# --- becoming a city --------------------------------------------------------------------


def a_place(**facts):
    made_up = {"geonames_id": 1, "name": "Athens", "country": "GR", "latitude": 37.98, "longitude": 23.73}
    return Place.objects.create(**(made_up | {"population": 664046, "keys": "|athens|"} | facts))


def test_a_place_becomes_a_city_once():
    city = a_place().as_city()
    assert (city.slug, city.geonames_id, city.population, city.population_source) == (
        "athens-gr",
        1,
        664046,
        "GeoNames",
    )
    assert Place.objects.get(geonames_id=1).as_city() == city
    assert not City.objects.listed().exists()


def test_the_directorys_own_city_stands_for_its_place():
    by_number, by_name = a_city("Athína", "GR", geonames_id=1), a_city("Patras", "GR")
    assert a_place().as_city() == by_number
    assert a_place(geonames_id=2, name="Patras").as_city() == by_name


def test_two_places_of_one_name_get_addresses_of_their_own():
    slugs = [
        a_place(geonames_id=key, name="Springfield", country="US", near=near).as_city().slug
        for key, near in [(1, "Boston"), (2, "Kansas City"), (3, "Kansas City")]
    ]
    assert slugs == ["springfield-us", "springfield-kansas-city-us", "springfield-3-us"]
