"""The index of cities, by region and country."""

import pytest
from django.urls import reverse

from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


def test_cities_stand_under_their_region_and_country_with_counts(client):
    a_practice("One", a_city("Amman", "JO"))
    a_practice("Two", a_city("Örebro", "SE"))
    a_practice("Three", a_city("Oslo", "NO"))
    a_practice("Four", a_city("Malmö", "SE"))
    response = client.get(reverse("cities"))
    regions = [
        (region, [(country, [city.name for city in found]) for country, found in countries])
        for region, countries in response.context["regions"]
    ]
    assert regions == [
        ("Northern Europe", [("Norway", ["Oslo"]), ("Sweden", ["Malmö", "Örebro"])]),
        ("Western Asia", [("Jordan", ["Amman"])]),
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
