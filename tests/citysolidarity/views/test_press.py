"""The page for journalists: figures that are counted, never typed."""

import pytest
from django.urls import reverse

from pledges.models import Milestone
from tests.people import a_city, a_practice
from tests.pledges.signers import a_published, a_stated

pytestmark = pytest.mark.django_db


def test_every_figure_follows_the_data(client):
    def figures():
        context = client.get(reverse("press")).context
        return (
            context["counts"].total, context["city_count"], context["country_count"],
            context["signed"]["verified"], context["signed"]["stated"],
        )  # fmt: skip

    assert figures() == (0, 0, 0, 0, 0)
    amman = a_city(official_domain="amman.example")
    a_practice("One", amman)
    a_practice("Two", amman)
    a_practice("Three", a_city("Quito", "EC"))
    a_practice("Draft", a_city("Lima", "PE"), published_at=None)
    a_stated(city=a_city("Bern", "CH"))
    a_published(city=amman)
    assert figures() == (3, 2, 2, 1, 1)


def test_the_count_of_unhcr_stands_with_its_day_and_source(client):
    Milestone.objects.create(
        count=310, on="2025-11-30", source_publisher="UNHCR", source_url="https://www.unhcr.org/cities"
    )
    page = client.get(reverse("press")).text
    assert "310, 30 November 2025" in page and 'href="https://www.unhcr.org/cities"' in page


@pytest.mark.parametrize(("address", "said"), [("press@solidarity.example", True), ("", False)])
def test_it_names_the_operators_address_where_there_is_one(client, settings, address, said):
    settings.CONTACT_EMAIL = address
    page = client.get(reverse("press")).text
    assert ("mailto:press@solidarity.example" in page) is said
    assert 'href="/en/about/contact/"' in page


def test_the_citation_names_the_site_and_the_day(client, settings):
    settings.SITE_URL = "https://solidarity.example"
    assert "Cities of Solidarity. https://solidarity.example/ (read on " in client.get(reverse("press")).text


def test_the_pictures_are_there_and_each_day_has_its_source(client):
    page = client.get(reverse("press")).text
    assert "card" in page and "mark" in page
    assert (
        "World Refugee Day" in page
        and "A/RES/55/76" in page
        and "2000" not in page.partition("Days of the year")[2][:900]
    )
