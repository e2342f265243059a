"""The gazetteer: places found by their beginning, in any script, and the cities made of them."""

import gzip

import pytest
from django.core.management import CommandError, call_command

from practices.gazetteer import fold, keys_of, wanted
from practices.loading.places import BadPlaces, load_places, read_places
from practices.models import City, Place
from tests.people import a_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Every place of the fixture."""
    call_command("load_gazetteer", verbosity=0)


def names(found, most=3):
    return [str(place) for place in found[:most]]


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
    assert keys_of(["Köln", "Koln", "Cologne", ""]) == "|koln|cologne|"
    assert keys_of(["!?"]) == ""


def test_what_stands_after_a_comma_is_not_looked_for():
    assert wanted("Athens, Greece") == "athens"
    assert wanted("x" * 10_000) == "x" * 100


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
        ("paulo sao", None),
        ("Sydney, Australia", "Sydney, Australia"),
    ],
)
def test_a_place_is_found_in_any_script(world, typed, found):
    first = names(Place.objects.named_like(typed))
    assert (found in first) if found else first == []


def test_a_whole_name_comes_before_a_longer_one_and_a_large_place_before_a_small_one(world):
    found = list(Place.objects.named_like("York")[:50])
    assert found[0].name == "York"
    whole = [place.population for place in found if "|york|" in place.keys]
    assert whole == sorted(whole, reverse=True)


def test_a_mistyped_name_leads_to_the_ones_like_it(world):
    assert "Monterrey, Mexico" in names(Place.objects.alike("Montery"))


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "|", "\\", "!!!", ","])
def test_marks_alone_find_nothing(world, typed):
    assert not Place.objects.named_like(typed).exists() and not Place.objects.exactly(typed, "GR").exists()


def test_places_of_one_name_are_told_apart(world):
    springfields = Place.objects.exactly("Springfield", "US")
    assert springfields.count() > 5
    assert all(place.near for place in springfields)


# --- loading ---------------------------------------------------------------------------


def test_a_second_load_writes_nothing_and_a_lost_table_is_filled_again(settings):
    folder = settings.BASE_DIR / "fixtures"
    assert load_places(folder) > 30_000
    assert load_places(folder) == 0
    Place.objects.all().delete()
    assert load_places(folder) > 30_000


def test_another_file_takes_the_place_of_the_first(tmp_path):
    write(tmp_path, "1,GR,Athens,,37.98,23.73,664046,Αθήνα|Athina")
    assert load_places(tmp_path) == 1
    write(tmp_path, "2,JO,Amman,,31.95,35.94,1275857,")
    assert load_places(tmp_path) == 1
    assert names(Place.objects.all()) == ["Amman, Jordan"]


def write(folder, *lines):
    (folder / "places.csv.gz").write_bytes(gzip.compress("\n".join(lines).encode()))


@pytest.mark.parametrize("line", ["1,GR,Athens", "x,GR,Athens,,1,2,3,", "1,GR,Athens,,north,2,3,"])
def test_a_bad_line_is_named_and_nothing_is_lost(tmp_path, line):
    write(tmp_path, "1,GR,Athens,,37.98,23.73,664046,")
    load_places(tmp_path)
    write(tmp_path, "2,JO,Amman,,31.95,35.94,1275857,", line)
    with pytest.raises(CommandError, match=r"Nothing was loaded\. places\.csv\.gz, line 2"):
        call_command("load_gazetteer", folder=tmp_path)
    assert names(Place.objects.all()) == ["Athens, Greece"]


def test_a_file_that_is_no_archive_says_so():
    with pytest.raises(BadPlaces, match="cannot be unpacked"):
        list(read_places(b"not packed"))


def test_a_folder_without_places_is_left_alone(tmp_path):
    assert load_places(tmp_path) == 0


def test_the_fixture_is_small_and_every_country_known(settings, world):
    assert (settings.BASE_DIR / "fixtures" / "places.csv.gz").stat().st_size <= 1_000_000
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
    assert Place.objects.get().as_city() == city
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
