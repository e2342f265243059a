"""Two cities of one name in one country are told apart, and a place of the gazetteer completes a city typed by hand."""

import pytest
from django.urls import reverse
from django.utils import translation

from practices.cities import place_search
from practices.models import City
from tests.forms import a_place
from tests.people import a_city

pytestmark = pytest.mark.django_db


def suzhou(key, near):
    facts = {"latitude": 31.3, "longitude": 120.6, "population": 5_000_000, "near": near}
    return a_place("Suzhou", "CN", key, names=("苏州",), **facts)


def test_two_places_of_one_name_are_shown_with_the_town_near_them():
    first = suzhou(1, "Kunshan").as_city()
    assert str(first) == "Suzhou, China"
    second = suzhou(2, "Bengbu").as_city()
    first.refresh_from_db()
    assert [first.full_name, second.full_name] == ["Suzhou (near Kunshan)", "Suzhou (near Bengbu)"]
    assert [first.slug, second.slug] == ["suzhou-cn", "suzhou-bengbu-cn"]


def test_a_city_alone_with_its_name_is_shown_by_its_name():
    assert suzhou(1, "Kunshan").as_city().full_name == "Suzhou"


def test_a_region_typed_by_hand_is_shown_where_it_tells_cities_apart():
    first = place_search.city_by_hand("Springfield", "Illinois", "US")
    second = place_search.city_by_hand("Springfield", "Ohio", "US")
    assert [first.full_name, second.full_name] == ["Springfield", "Springfield (Ohio)"]
    assert place_search.city_by_hand("Springfield", "Ohio", "US") == second


def test_a_city_typed_by_hand_is_completed_by_the_place():
    city = a_city("Graz", "AT", population=300_000, population_year=2024, population_source="Stadt Graz")
    place = a_place("Graz", "AT", 2778067, names=(), latitude=47.07, longitude=15.44, population=222_326)
    assert place.as_city() == city
    city.refresh_from_db()
    assert (city.latitude, city.longitude, city.geonames_id) == (47.07, 15.44, 2778067)
    assert (city.population, city.population_source) == (300_000, "Stadt Graz")


def test_a_city_typed_by_hand_is_not_taken_for_one_of_several_places():
    city = a_city("Suzhou", "CN")
    assert suzhou(1, "Kunshan").as_city() != city


def test_a_district_becomes_a_city_without_a_number_of_geonames():
    place = a_place("Lewisham", "GB", 2_000_000_015, names=(), near="London", population=0)
    assert place_search.PlaceChoice.of(place).label == "Lewisham, United Kingdom, in London"
    city = place.as_city()
    assert (city.geonames_id, city.population, city.slug) == (None, None, "lewisham-gb")
    assert place.as_city() == city


def test_what_stands_before_the_first_letter_counts_for_nothing_in_the_order():
    for name in ("Utrecht", "’s-Hertogenbosch", "Alba", "'t Veld", "Rotterdam", "Tilburg"):
        a_city(name, "NL")
    names = [city.name for city in City.objects.in_name_order()]
    assert names == ["Alba", "Rotterdam", "’s-Hertogenbosch", "'t Veld", "Tilburg", "Utrecht"]


def test_the_order_is_that_of_the_names_which_the_page_shows():
    for name, names in (
        ("Vienna", {"fr": "Vienne", "ar": "فيينا"}),
        ("Athens", {"fr": "Athènes", "ar": "أثينا"}),
        ("London", {"fr": "Londres", "ar": "لندن"}),
        ("Antwerp", {"fr": "Anvers", "ar": "أنتويرب"}),
        ("Alexandria", {"ar": "الإسكندرية"}),
        ("Geneva", {"fr": "", "ar": "جنيف"}),
        ("Cairo", {"fr": "Le Caire", "ar": "القاهرة"}),
    ):
        a_city(name, "FR", names=names)
    said = {}
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            said[language] = [city.name for city in City.objects.in_name_order()]
    assert said == {
        "en": ["Alexandria", "Antwerp", "Athens", "Cairo", "Geneva", "London", "Vienna"],
        "fr": ["Alexandria", "Antwerp", "Athens", "Geneva", "Cairo", "London", "Vienna"],
        # Every form of alef is one letter, and the article counts for nothing.
        "ar": ["Athens", "Alexandria", "Antwerp", "Geneva", "Vienna", "Cairo", "London"],
    }


# --- at the desk ------------------------------------------------------------------------


def typed(name, country, **more):
    """A filled form, as the page of a new city sends it."""
    empty = dict.fromkeys(["latitude", "longitude", "population", "population_year", "geonames_id"], "")
    rows = {f"memberships-{part}": 0 for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    return (
        empty | rows | {"name": name, "country": country, "kind": "city", "slug": City.slug_for(name, country)} | more
    )


def test_the_desk_asks_whether_a_new_city_is_one_that_is_known(admin_client):
    a_place("Graz", "AT", 2778067, names=(), latitude=47.07, longitude=15.44, population=222_326)
    add = reverse("admin:practices_city_add")
    page = admin_client.post(add, typed("Stadt Graz", "AT"))
    assert "Is it one of these?" in page.text and "place:2778067" in page.text and not City.objects.exists()
    assert admin_client.post(add, typed("Graz", "AT", place="place:2778067")).status_code == 302
    city = City.objects.get()
    assert (city.geonames_id, city.latitude, city.population, city.population_source) == (
        2778067, 47.07, 222_326, "GeoNames"
    )  # fmt: skip


def test_the_desk_adds_a_city_that_is_none_of_them(admin_client):
    a_place("Graz", "AT", 2778067, names=())
    assert admin_client.post(reverse("admin:practices_city_add"), typed("Graz", "AT", place="none")).status_code == 302
    assert City.objects.get().geonames_id is None


def test_the_desk_completes_a_city_typed_by_hand(admin_client):
    city = a_city("Graz", "AT")
    a_place("Graz", "AT", 2778067, names=(), latitude=47.07, longitude=15.44, population=222_326)
    change = reverse("admin:practices_city_change", args=[city.pk])
    assert "place:2778067" in admin_client.get(change).text
    assert admin_client.post(change, typed("Graz", "AT", place="place:2778067")).status_code == 302
    city.refresh_from_db()
    assert (city.geonames_id, city.latitude, city.size) == (2778067, 47.07, "200k-500k")


def test_the_desk_refuses_a_place_that_the_directory_has_and_names_it(admin_client):
    known = a_city("Graz an der Mur", "AT", geonames_id=2778067)
    a_place("Graz", "AT", 2778067, names=())
    page = admin_client.post(reverse("admin:practices_city_add"), typed("Graz", "AT", place="place:2778067"))
    assert reverse("admin:practices_city_change", args=[known.pk]) in page.text
    assert City.objects.count() == 1


def test_the_desk_asks_for_the_region_of_a_second_city_of_one_name(admin_client):
    a_city("Neustadt", "DE")
    add = reverse("admin:practices_city_add")
    second = {"place": "none", "slug": "neustadt-hessen-de"}
    assert "Another city in the country has this name" in admin_client.post(add, typed("Neustadt", "DE", **second)).text
    assert admin_client.post(add, typed("Neustadt", "DE", area="Hessen", **second)).status_code == 302
    assert str(City.objects.get(area="Hessen")) == "Neustadt (Hessen), Germany"


def test_a_place_that_was_suggested_is_taken_at_once(admin_client):
    """js/city.js fills in name, country and which place it is, and nothing is asked."""
    add = reverse("admin:practices_city_add")
    a_place("Graz", "AT", 2778067, names=(), latitude=47.07, longitude=15.44)
    page = admin_client.get(add).text
    assert f'data-suggest="{reverse("places")}"' in page and "js/suggest" in page and "js/city" in page
    suggestion = admin_client.get(reverse("places"), {"q": "Graz"}).json()["places"][0]
    assert suggestion == {"value": "place:2778067", "name": "Graz", "detail": "Austria", "country": "AT"}
    sent = typed(suggestion["name"], suggestion["country"], place=suggestion["value"])
    assert admin_client.post(add, sent).status_code == 302
    city = City.objects.get()
    assert (city.geonames_id, city.latitude) == (2778067, 47.07)
    assert "data-suggest" not in admin_client.get(reverse("admin:practices_city_change", args=[city.pk])).text


def test_of_more_namesakes_than_are_listed_the_suggested_one_is_taken(admin_client):
    for key in range(1, 12):
        a_place("San José", "CR", key, names=(), near=f"Town {key}", population=key * 1_000)
    sent = typed("San José", "CR", place="place:1")
    assert admin_client.post(reverse("admin:practices_city_add"), sent).status_code == 302
    assert City.objects.get().geonames_id == 1


@pytest.mark.parametrize("value", ["place:2", "place:99", "place:x", "city:x", "x" * 500])
def test_a_place_that_is_another_one_is_not_taken(admin_client, value):
    a_place("Graz", "AT", 1, names=())
    a_place("Linz", "AT", 2, names=())
    page = admin_client.post(reverse("admin:practices_city_add"), typed("Graz", "AT", place=value))
    assert page.status_code == 200 and not City.objects.exists()
