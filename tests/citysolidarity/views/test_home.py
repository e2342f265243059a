"""The first page: what this is, and the ways in."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests.people import a_city, a_practice
from tests.pledges.signers import a_published

pytestmark = pytest.mark.django_db


def test_the_bare_address_leads_to_the_visitors_language(client):
    response = client.get("/", headers={"accept-language": "en-GB,en;q=0.8"})
    assert (response.status_code, response["Location"]) == (302, "/en/")
    assert "Accept-Language" in response["Vary"]


def test_an_unknown_language_leads_to_english(client):
    assert client.get("/", headers={"accept-language": "tlh"})["Location"] == "/en/"


def test_the_figures_count_what_is_published(client):
    amman = a_city("Amman", "JO", latitude=31.95, longitude=35.93)
    a_practice("One", amman)
    a_practice("Two", amman, themes=["housing"])
    a_practice("Three", a_city("Quito", "EC"), themes=["housing"])
    a_practice("Draft", a_city("Lima", "PE"), published_at=None)
    response = client.get(reverse("home"))
    assert response.context["counts"].total == 3
    assert (response.context["city_count"], response.context["country_count"]) == (2, 2)
    housing = next(option for option in response.context["themes"] if option.code == "housing")
    assert housing.count == 2
    assert len(response.context["map"].dots) == 1


def test_there_is_a_way_in_for_each_theme_and_for_people_arriving_now(client):
    page = client.get(reverse("home")).content.decode()
    assert len(re.findall(r'href="/en/practices/\?theme=[a-z-]+"', page)) == 12
    assert "/en/practices/?theme=reception&amp;context=large-scale-arrival" in page


def test_a_city_that_signed_shows_on_the_map_even_without_a_practice(client):
    vienna = a_city("Vienna", "AT", latitude=48.2, longitude=16.37)
    vienna.mark_signed(None, vienna.Precision.UNKNOWN)
    [dot] = client.get(reverse("home")).context["map"].dots
    assert (dot.kind, dot.label) == ("signed", "Vienna, Austria: signed the statement")


def test_an_empty_directory_still_has_a_home_page(client):
    assert client.get(reverse("home")).status_code == 200


def test_the_number_of_signatories_is_told_as_of_today(client):
    a_published()
    page = client.get(reverse("home")).text
    today = date_format(timezone.localdate(), "DATE_FORMAT")
    assert f"1 signatory, as of {today}." in " ".join(page.split())
    assert 'href="/en/signatories/new/"' in page
