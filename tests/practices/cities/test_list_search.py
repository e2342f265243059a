"""Cities found in a list: by a name in any script, or by how far they lie from a place."""

import pytest
from django.http import QueryDict

from practices.cities.distance import kilometres
from practices.cities.list_search import REACH, centre_of, distances, named, typed_name
from practices.models import City, Place
from practices.search.place_names import keys_of
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


def a_place(number, name, country, latitude=0.0, longitude=0.0, names=(), population=100_000):
    return Place.objects.create(
        geonames_id=number,
        name=name,
        country=country,
        latitude=latitude,
        longitude=longitude,
        population=population,
        keys=keys_of([name, *names]),
    )


def a_shown_city(name, country, **facts):
    city = a_city(name, country, **facts)
    a_practice(f"From {name}", city)
    return city


@pytest.fixture
def found():
    """The names of the cities found, the nearest name first."""

    def find(text):
        ranks = named(text)
        return [City.objects.get(pk=pk).name for pk in sorted(ranks, key=ranks.get)]

    return find


@pytest.fixture
def some_cities():
    a_place(2761369, "Vienna", "AT", 48.21, 16.37, ["Wien", "Vienne", "فيينا", "Відень"])
    a_place(2925533, "Frankfurt am Main", "DE", 50.12, 8.68)
    a_shown_city("Vienna", "AT", geonames_id=2761369, latitude=48.21, longitude=16.37)
    a_shown_city("San José", "CR", latitude=9.93, longitude=-84.08)
    a_shown_city("São Paulo", "BR", names={"ar": "ساو باولو"})
    a_shown_city("Santiago", "CL")
    a_shown_city("London", "GB")
    a_shown_city("London", "CA")


@pytest.mark.usefixtures("some_cities")
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("vienna", ["Vienna"]),
        ("WIEN", ["Vienna"]),
        ("Відень", ["Vienna"]),
        ("فيينا", ["Vienna"]),
        ("City of Vienna", ["Vienna"]),
        ("Viena", ["Vienna"]),
        ("sao paulo", ["São Paulo"]),
        ("ساو باولو", ["São Paulo"]),
        ("San J", ["San José"]),
        ("Frankfurt", []),
        ("%_\\", []),
    ],
)
def test_a_city_is_found_by_any_of_its_names_mistyped_ones_too(found, text, names):
    assert found(text) == names


@pytest.mark.usefixtures("some_cities")
def test_what_begins_so_is_found_and_a_country_tells_namesakes_apart(found):
    assert set(found("san")) == {"San José", "Santiago"}
    assert len(found("london")) == 2
    (only,) = named("London, Canada")
    assert City.objects.get(pk=only).country == "CA"


def test_the_name_that_is_shown_comes_before_one_that_is_not(found):
    a_shown_city("Cúcuta", "CO", names={"es": "San José de Cúcuta"})
    a_shown_city("San Luis", "AR")
    assert found("san") == ["San Luis", "Cúcuta"]


def test_nobody_learns_which_cities_have_begun_to_sign(found):
    a_city("Quito", "EC", latitude=-0.2, longitude=-78.5)
    assert found("quito") == [] and centre_of("quito-ec") is None


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ((51.51, 7.47), (50.94, 6.96), 73),  # Dortmund to Cologne
        ((0, 179.5), (0, -179.5), 111),  # across the date line
        ((0, 0), (0, 0), 0),
        ((90, 0), (-90, 0), 20015),
    ],
)
def test_distances_are_those_of_the_sphere(one, other, far):
    assert kilometres(*one, *other) == pytest.approx(far, abs=5)


@pytest.mark.usefixtures("some_cities")
def test_around_a_place_of_the_gazetteer_or_of_the_directory():
    bratislava = a_place(3060972, "Bratislava", "SK", 48.15, 17.11)
    a_shown_city("Graz", "AT", latitude=47.07, longitude=15.44)
    centre = centre_of(str(bratislava.pk))
    assert centre.label == "Bratislava, Slovakia"
    ((pk, far),) = distances(centre).items()
    assert City.objects.get(pk=pk).name == "Vienna" and 50 < far < 60 < REACH
    assert centre_of("vienna-at").key == centre_of("2761369").key == "vienna-at"


@pytest.mark.parametrize("key", ["", "nowhere-xx", "Ünder", "9" * 30, "٣", "a b", "12345", "\0"])
def test_a_place_that_is_not_known_is_none(key):
    assert centre_of(key) is None


def test_what_was_typed_is_cut_and_cleaned():
    assert typed_name(QueryDict("q=++New%00++York+")) == "New York"
    assert len(typed_name(QueryDict("q=" + "a" * 500))) == 100
    assert typed_name(QueryDict("")) == ""
