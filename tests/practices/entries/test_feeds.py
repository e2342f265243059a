"""The feed tells readers of new practices, once each, and says so when nothing is new."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from citysolidarity.caching.shared import FILE
from practices.models import Practice
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db
FEED = "/feeds/practices.atom"
SITE = "https://solidarity.example"
NAMES = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def a_site(settings):
    settings.SITE_URL = SITE


def feed(client):
    response = client.get(FEED)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def entries(client):
    return feed(client).findall("atom:entry", NAMES)


def text(element, name):
    return element.findtext(f"atom:{name}", namespaces=NAMES)


def link(element, rel):
    return next(one.get("href") for one in element.iterfind("atom:link", NAMES) if one.get("rel") == rel)


def test_the_feed_says_what_it_is_and_where(client):
    root = feed(client)
    assert text(root, "title") == "Cities of Solidarity: new practices"
    assert text(root, "id") == "tag:solidarity.example,2026:practices"
    assert text(root, "rights") == "CC BY 4.0"
    assert link(root, "self") == f"{SITE}{FEED}"
    assert link(root, "alternate") == f"{SITE}/en/practices/"
    assert root.findtext("atom:author/atom:name", namespaces=NAMES) == "Cities of Solidarity"


def test_an_entry_carries_its_city_summary_and_themes(client):
    a_practice(
        "Open <doors> & windows",
        city=a_city("Amman", "JO"),
        slug="open-doors",
        summary="Parks & squares made <together>.",
        themes=["housing", "health"],
    )
    (entry,) = entries(client)
    assert text(entry, "title") == "Open <doors> & windows"
    assert link(entry, "alternate") == f"{SITE}/en/practices/open-doors/"
    # The summary is HTML, in which these signs are written out.
    assert text(entry, "summary") == "Amman, Jordan. Parks &amp; squares made &lt;together&gt;."
    categories = {one.get("term"): one.get("label") for one in entry.iterfind("atom:category", NAMES)}
    assert categories == {"housing": "Housing", "health": "Health & psychosocial support"}


def test_an_entry_keeps_its_name_when_it_changes(client):
    practice = a_practice("Open doors", slug="open-doors")
    (before,) = entries(client)
    Practice.objects.filter(pk=practice.pk).update(
        title="Wide open doors", updated_at=timezone.now() + timedelta(days=1)
    )
    (after,) = entries(client)
    assert text(before, "id") == text(after, "id") == "tag:solidarity.example,2026:practice/open-doors"
    assert text(before, "updated") < text(after, "updated")
    assert text(before, "published") == text(after, "published")


def test_the_newest_thirty_come_first(client):
    start, city = datetime(2026, 1, 1, tzinfo=UTC), a_city()
    for day in range(32):
        a_practice(f"Practice of day {day}", city=city, published_at=start + timedelta(days=day))
    titles = [text(entry, "title") for entry in entries(client)]
    assert titles == [f"Practice of day {day}" for day in range(31, 1, -1)]


def test_drafts_and_archived_entries_are_left_out(client):
    a_practice("Draft", published_at=None)
    a_practice("Archived").archive()
    assert entries(client) == []


def test_the_feed_is_one_statement_however_long(client, django_assert_num_queries):
    for _ in range(5):
        a_practice(city=a_city())
    with django_assert_num_queries(1):
        feed(client)


def test_a_reader_who_has_it_all_is_told_so(client):
    practice = a_practice()
    first = client.get(FEED)
    again = client.get(FEED, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    practice.archive()
    assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_feed_may_be_kept_for_five_minutes_at_most(client):
    response = client.get(FEED)
    assert response["Cache-Control"] == FILE
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies
