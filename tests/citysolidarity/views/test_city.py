"""A city's page: what it does, whether it signed, where it lies, which cities are of its size."""

import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from practices.models import Network
from tests.people import a_city, a_practice
from tests.pledges.signers import a_published, a_stated

pytestmark = pytest.mark.django_db


def page_of(client, city) -> str:
    response = client.get(city.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_its_practices_its_place_and_its_population_with_the_source(client):
    amman = a_city("Amman", "JO", latitude=31.95, longitude=35.93, population=1_275_857, population_source="GeoNames")
    a_practice("Public spaces", amman)
    page = page_of(client, amman)
    assert "Public spaces" in page
    assert "1,275,857" in page
    assert "GeoNames" in page
    assert 'class="practice here"' in page
    assert "We know of no signature by Amman." in page


def test_what_is_not_known_is_said(client):
    city = a_city("San José (Alajuela)", "CR")
    a_practice("One", city)
    page = page_of(client, city)
    assert "We do not know its place on the map." in page
    assert "number of inhabitants not known" in page
    assert 'id="networks"' not in page


def test_its_networks(client):
    city = a_city()
    a_practice("One", city)
    network = Network.objects.create(slug="metropolis", name="Metropolis")
    city.memberships.create(network=network, source_url="https://example.org/members")
    page = page_of(client, city)
    assert 'id="networks"' in page and "Metropolis" in page


def test_cities_of_its_size_its_own_country_first(client):
    berlin = a_city("Berlin", "DE", population=3_400_000)
    for name, country, people in (
        ("Amman", "JO", 1_900_000),
        ("Vienna", "AT", 1_900_000),
        ("Hamburg", "DE", 1_800_000),
        ("Altena", "DE", 17_000),
    ):
        a_practice(f"From {name}", a_city(name, country, population=people))
    a_practice("One", berlin)
    response = client.get(berlin.get_absolute_url())
    assert [city.name for city in response.context["similar"]] == ["Hamburg", "Vienna", "Amman"]


def test_a_city_of_unknown_size_is_like_no_other(client):
    one, two = a_city("One", "FR"), a_city("Two", "FR")
    a_practice("A", one)
    a_practice("B", two)
    assert client.get(one.get_absolute_url()).context["similar"] == []


def test_a_signature_says_how_exactly_its_day_is_known(client):
    city = a_city()
    a_practice("One", city)
    city.mark_signed(datetime.date(2018, 6, 20), city.Precision.BEFORE)
    page = client.get(reverse("directory")).content.decode()
    assert "Signed by 2018" in page
    city.mark_signed(datetime.date(2019, 10, 9), city.Precision.DAY)
    assert "Signed 2019" in client.get(reverse("directory")).content.decode()
    city.clear_signed()
    assert "signed-badge" not in client.get(reverse("directory")).content.decode()


def test_a_city_the_site_does_not_list_is_not_found(client):
    assert client.get(a_city("Nowhere", "FR").get_absolute_url()).status_code == 404
    assert client.get(reverse("city", args=["atlantis-xx"])).status_code == 404


def test_it_says_whose_statement_the_city_signed(client):
    a_stated(a_city("Vienna", "AT"))
    a_published(city=a_city(official_domain="amman.example"))
    vienna, amman = (" ".join(client.get(f"/en/cities/{slug}/").text.split()) for slug in ("vienna-at", "amman-jo"))
    assert "Vienna is named in a public source as a signatory of UNHCR’s #WithRefugees statement" in vienna
    assert "Amman signed this directory’s own statement (" in amman


def test_its_share_card_is_drawn_in_the_pages_language(client, settings):
    settings.SITE_URL = "https://cities.example"
    amman = a_city("Amman", "JO", names={"ar": "عمّان"})
    a_practice("Public spaces", amman)
    drawn = {}
    for language in ("en", "ar"):
        address = f"/{language}/cities/{amman.slug}/card.png"
        assert f'<meta property="og:image" content="https://cities.example{address}">' in client.get(address[:-8]).text
        answer = client.get(address)
        assert answer["Content-Type"] == "image/png"
        with Image.open(BytesIO(answer.content)) as image:
            assert image.size == (1200, 630)
        drawn[language] = answer.content
    assert drawn["en"] != drawn["ar"]
    assert client.get(reverse("city_card", args=[a_city("Lima", "PE").slug])).status_code == 404
