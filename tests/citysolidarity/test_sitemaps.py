"""Search engines are told of every public page, in every language, and of nothing else."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from practices.models import City, Practice
from tests.people import a_city, a_practice
from tests.pledges.signers import a_published, a_stated

pytestmark = pytest.mark.django_db
SITE = "https://solidarity.example"
NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def a_site(settings):
    settings.SITE_URL = SITE


def sitemap(client):
    """Path → (day of the last change or None, {language: address}) of every page named."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    pages = {}
    for page in ElementTree.fromstring(response.content).iterfind("map:url", NAMES):
        address = page.findtext("map:loc", namespaces=NAMES)
        assert address.startswith(f"{SITE}/")
        links = {link.get("hreflang"): link.get("href") for link in page.iterfind("xhtml:link", NAMES)}
        pages[address.removeprefix(SITE)] = (page.findtext("map:lastmod", namespaces=NAMES), links)
    return pages


def test_the_pages_that_are_always_there_are_named_and_answer(client):
    pages = sitemap(client)
    assert {"/en/", "/en/practices/", "/en/cities/", "/en/about/", "/en/about/privacy/"} <= pages.keys()
    for path in pages:
        assert client.get(path).status_code == 200


def test_a_published_practice_and_its_city_are_named_with_their_last_change(client):
    practice = a_practice(city=a_city("Amman", "JO"), slug="open-doors")
    Practice.objects.filter(pk=practice.pk).update(updated_at=datetime(2026, 5, 4, 12, tzinfo=UTC))
    pages = sitemap(client)
    assert pages["/en/practices/open-doors/"][0] == "2026-05-04"
    assert pages["/en/cities/amman-jo/"][0] == "2026-05-04"


def test_drafts_archived_entries_and_empty_cities_are_not_named(client):
    a_practice(city=a_city("Amman", "JO"), slug="draft", published_at=None)
    a_practice(city=a_city("Irbid", "JO"), slug="archived").archive()
    a_city("Zarqa", "JO")
    assert not [path for path in sitemap(client) if path.startswith(("/en/practices/d", "/en/practices/a"))]
    assert not [path for path in sitemap(client) if path.startswith("/en/cities/") and path != "/en/cities/"]


def test_a_city_that_only_signed_is_named_without_a_date(client):
    a_city("Zarqa", "JO").mark_signed(None, City.Precision.UNKNOWN)
    assert sitemap(client)["/en/cities/zarqa-jo/"][0] is None


def test_a_public_signature_is_named_with_the_day_of_its_publication(client):
    a_stated(a_city("Zarqa", "JO"), published_at=datetime(2026, 5, 4, 12, tzinfo=UTC))
    assert sitemap(client)["/en/signatories/zarqa-jo/"][0] == "2026-05-04"


def test_an_unnamed_or_withdrawn_signature_is_not_named(client):
    a_published(city=a_city("Irbid", "JO", official_domain="irbid.example"), visibility="counted")
    a_published(city=a_city("Zarqa", "JO", official_domain="zarqa.example")).withdraw()
    assert [path for path in sitemap(client) if "irbid" in path or "zarqa" in path] == []


def test_a_draft_changed_today_does_not_make_its_city_new(client):
    city = a_city("Amman", "JO")
    practice = a_practice(city=city)
    Practice.objects.filter(pk=practice.pk).update(updated_at=datetime(2026, 5, 4, tzinfo=UTC))
    a_practice(city=city, published_at=None)
    assert sitemap(client)["/en/cities/amman-jo/"][0] == "2026-05-04"


def test_every_page_names_its_other_languages(client, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    a_practice(slug="open-doors", published_at=timezone.now())
    pages = sitemap(client)
    expected = {
        "en": f"{SITE}/en/practices/open-doors/",
        "ar": f"{SITE}/ar/practices/open-doors/",
        "x-default": f"{SITE}/practices/open-doors/",
    }
    assert pages["/en/practices/open-doors/"][1] == pages["/ar/practices/open-doors/"][1] == expected


def test_the_address_for_no_language_leads_to_the_visitors(client):
    a_practice(slug="open-doors")
    default = sitemap(client)["/en/practices/open-doors/"][1]["x-default"]
    response = client.get(default.removeprefix(SITE))
    assert (response.status_code, response["Location"]) == (302, "/en/practices/open-doors/")


def test_the_sitemap_asks_as_often_for_ten_entries_as_for_one(client, django_assert_num_queries):
    for _ in range(10):
        a_practice(city=a_city())
        a_stated(a_city())
    with django_assert_num_queries(10):  # documents, the dialogue and networks each ask once
        sitemap(client)
