"""The index of cities: by region and country, by name, around a place, the newest first."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from citysolidarity.views import cities as view
from practices.models import City, Place
from practices.search.place_names import keys_of
from tests.people import a_city, a_practice
from tests.practices.library.making import a_network, joins

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(client):
    """The names on the page at this query string, in their order, and its heading."""

    def read(query):
        answer = client.get(reverse("cities") + query)
        assert answer.status_code == 200
        return [city.name for city in answer.context["cities"]], answer.context["heading"]

    return read


@pytest.fixture
def some_cities():
    a_practice("One", a_city("Cologne", "DE", latitude=50.94, longitude=6.96, names={"de": "Köln"}))
    a_practice("Two", a_city("Munich", "DE", latitude=48.14, longitude=11.58))
    a_practice("Three", a_city("Amman", "JO", latitude=31.95, longitude=35.93))
    Place.objects.create(
        geonames_id=2935517, name="Dortmund", country="DE", latitude=51.51, longitude=7.47, population=588_000,
        keys=keys_of(["Dortmund"]),
    )  # fmt: skip


def test_cities_stand_under_their_region_and_country_with_counts(client):
    a_practice("One", a_city("Amman", "JO"))
    a_practice("Two", a_city("Örebro", "SE"))
    a_practice("Three", a_city("Oslo", "NO"))
    a_practice("Four", a_city("Malmö", "SE"))
    response = client.get(reverse("cities"))
    regions = [
        (region, [(country, number, [city.name for city in found]) for country, number, found in countries])
        for region, countries in response.context["regions"]
    ]
    assert regions == [
        ("Northern Europe", [("Norway", 1, ["Oslo"]), ("Sweden", 2, ["Malmö", "Örebro"])]),
        ("Western Asia", [("Jordan", 1, ["Amman"])]),
    ]
    assert "1 practice" in response.content.decode()


def test_a_city_with_neither_practice_nor_signature_is_not_listed(client):
    a_city("Nowhere", "FR")
    a_practice("Draft", a_city("Lima", "PE"), published_at=None)
    signed = a_city("Vienna", "AT")
    signed.mark_signed(None, signed.Precision.UNKNOWN)
    page = client.get(reverse("cities")).content.decode()
    assert "Nowhere" not in page
    assert "Lima" not in page
    assert "Vienna" in page
    assert "1 city in 1 country: 0 with practices, 1 named as signatories." in " ".join(page.split())


def test_an_empty_index_is_a_page_too(client):
    assert client.get(reverse("cities")).status_code == 200


@pytest.mark.usefixtures("some_cities")
def test_a_name_a_country_and_a_place_narrow_the_list_and_the_heading_says_so(found):
    assert found("") == (["Amman", "Cologne", "Munich"], "Cities")
    assert found("?q=K%C3%B6ln") == (["Cologne"], "1 city matching “Köln”")
    assert found("?country=DE&sort=name") == (["Cologne", "Munich"], "2 cities in Germany")
    assert found("?region=western-asia") == (["Amman"], "1 city in Western Asia")
    assert found("?near=2935517") == (["Cologne"], "1 city within 100 km of Dortmund, Germany")
    assert found("?q=munich&near=2935517")[0] == ["Munich"]


@pytest.mark.usefixtures("some_cities")
def test_a_network_narrows_the_list_to_its_public_members(client, found):
    network = a_network()
    for city in (*City.objects.filter(country="DE"), a_city("Verborgenstadt", "DE")):
        joins(network, city)
    page = client.get(network.get_absolute_url()).text
    assert f'href="{reverse("cities")}?network=eurocities"' in page
    assert found("?network=eurocities&sort=name") == (["Cologne", "Munich"], "2 cities in the network Eurocities")
    assert found("?network=eurocities&near=2935517")[0] == ["Cologne"]
    assert found("?network=eurocities&country=JO") == ([], "0 cities in Jordan in the network Eurocities")
    page = client.get(reverse("cities") + "?network=eurocities&country=DE").text
    assert '<input type="hidden" name="network" value="eurocities">' in page and 'href="?country=DE"' in page
    assert "Jordan (0)" in page and "Verborgenstadt" not in page


@pytest.mark.usefixtures("some_cities")
def test_the_button_beside_the_name_leads_around_the_place(client):
    answer = client.get(reverse("cities") + "?q=dortmund&around=1&country=DE")
    assert answer.status_code == 302 and answer["Location"] == "/en/cities/?near=2935517&country=DE"
    assert "73 km" in client.get(answer["Location"]).text


def test_the_newest_first(client, found):
    now = timezone.now()
    for name, days in (("Bonn", 3), ("Aachen", 1), ("Cork", 2)):
        a_practice(f"From {name}", a_city(name, "DE"), published_at=now - timedelta(days=days))
    signed = a_city("Vienna", "AT")
    signed.mark_signed(now.date() - timedelta(days=400), signed.Precision.DAY)
    unknown = a_city("Alba", "IT")
    unknown.mark_signed(None, unknown.Precision.UNKNOWN)
    assert found("?sort=newest")[0] == ["Aachen", "Cork", "Bonn", "Vienna", "Alba"]
    assert [option.label for option in client.get(reverse("cities")).context["sorts"]][-1] == "Newest"


@pytest.mark.usefixtures("some_cities")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?q=zeppelin", "The directory has no city called “zeppelin” yet."),
        ("?near=2935517&country=JO", "No cities match. Remove a filter."),
        ("?around=1", "Type the name of a city to see which cities lie within 100 km of it."),
    ],
)
def test_nothing_found_says_what_one_can_do(client, query, sentence):
    page = " ".join(client.get(reverse("cities") + query).text.split())
    assert sentence in page and reverse("share") in page and reverse("sign") in page


@pytest.mark.usefixtures("some_cities")
@pytest.mark.parametrize(
    "query",
    [
        "?country=XX",
        "?region=atlantis",
        "?sort=;drop",
        "?page=-1",
        "?near=nowhere-xx",
        "?q=%00",
        "?network=none",
        "?network=%00",
    ],
)
def test_what_is_unknown_is_ignored(found, query):
    assert found(query) == (["Amman", "Cologne", "Munich"], "Cities")


@pytest.mark.usefixtures("some_cities")
def test_a_long_list_has_pages_and_the_number_of_a_country_counts_all_of_them(client, found, monkeypatch):
    monkeypatch.setattr(view, "PAGE_SIZE", 1)
    assert found("?page=3")[0] == ["Munich"]
    assert client.get(reverse("cities") + "?page=3").context["regions"][0][1][0][1] == 2
    answer = client.get(reverse("cities"))
    assert 'href="?page=2"' in answer.text and len(answer.context["map"].dots) == 3
    assert client.get(reverse("cities") + "?page=2").context["map"] is None


@pytest.mark.usefixtures("some_cities")
def test_a_map_is_drawn_only_where_its_dots_can_be_told_apart(client, monkeypatch):
    monkeypatch.setattr(view, "MOST_ON_MAP", 2)
    whole, country = (client.get(reverse("cities") + query) for query in ("", "?country=DE"))
    assert whole.context["map"] is None
    assert "Select a region or a country to see its cities on a map." in whole.text
    assert len(country.context["map"].dots) == 2 and country.context["map"].box.width < 200


def test_a_city_leads_back_to_its_region(client):
    city = a_city("Amman", "JO")
    a_practice("One", city)
    assert f'href="{reverse("cities")}?region=western-asia"' in client.get(city.get_absolute_url()).text


@pytest.mark.parametrize(
    "query", ["?q=ber", "?near=berlin-de", "?sort=newest", "?q=zeppelin", "?page=2", "?network=eurocities"]
)
def test_the_number_of_statements_does_not_grow(starter, client, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get(reverse("cities") + query)
