"""A feed of any selection, of a city and of new signatories, in both formats."""

import feedparser
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.people import a_city, a_practice
from tests.pledges.signers import a_published
from tests.practices.library.making import a_document

pytestmark = pytest.mark.django_db
FEEDS = "/feeds/practices", "/feeds/cities/amman-jo", "/feeds/signatories", "/feeds/documents"
# https://www.jsonfeed.org/version/1.1/
REQUIRED, OF_ITEMS = {"version", "title", "items"}, {"id"}
OPTIONAL = {"description", "home_page_url", "feed_url", "language", "authors"}
OPTIONAL_OF_ITEMS = {"url", "title", "content_html", "date_published", "date_modified", "tags"}


@pytest.fixture
def entries():
    amman = a_city("Amman", "JO")
    a_practice("Roofs <b>", amman, themes=["housing"], slug="roofs")
    a_practice("Parks", amman, themes=["welcome"], slug="parks")
    a_practice("Elsewhere", a_city("Athens", "GR"), themes=["housing"], slug="elsewhere")
    a_practice("Hidden", amman, themes=["housing"], published_at=None)
    a_published(city=amman)
    a_document("Declaration <b>", kind="declaration", summary="Cities said.")
    a_document("A dialogue")
    a_document("Withdrawn", withdrawn_on=timezone.localdate())


def atom(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not feed.bozo and feed.version == "atom10" and feed.feed.id and feed.feed.updated
    assert all(entry.id and entry.updated and entry.link and entry.title for entry in feed.entries)
    return feed


def json_feed(client, path):
    answer = client.get(path)
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert REQUIRED <= set(feed) <= REQUIRED | OPTIONAL
    for item in feed["items"]:
        assert OF_ITEMS <= set(item) <= OF_ITEMS | OPTIONAL_OF_ITEMS and "content_html" in item
    return feed


@pytest.mark.parametrize("path", FEEDS)
def test_both_formats_tell_the_same(client, entries, path):
    told, other = atom(client, f"{path}.atom"), json_feed(client, f"{path}.json")
    assert [entry.id for entry in told.entries] == [item["id"] for item in other["items"]] != []
    assert [entry.title for entry in told.entries] == [item["title"] for item in other["items"]]
    assert told.feed.title == other["title"]
    assert other["feed_url"].endswith(f"{path}.json")


def test_a_selection_has_its_own_feed(client, entries):
    query = "?theme=housing&country=JO"
    feed = atom(client, f"/feeds/practices.atom{query}")
    assert [entry.link.rpartition("/practices/")[2] for entry in feed.entries] == ["roofs/"]
    assert feed.feed.title == "Cities of Solidarity: 1 practice about housing in Jordan"
    assert feed.feed.id != atom(client, "/feeds/practices.atom").feed.id
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"].endswith(f"/feeds/practices.atom{query}") and links["alternate"].endswith(
        f"/en/practices/{query}"
    )
    [item] = json_feed(client, f"/feeds/practices.json{query}")["items"]
    assert item["tags"] == ["Housing"] and item["url"].endswith("/en/practices/roofs/")


def test_a_city_has_its_own_feed(client, entries):
    feed = atom(client, reverse("city_feed", args=["amman-jo"]))
    assert {entry.link.rpartition("/practices/")[2] for entry in feed.entries} == {"roofs/", "parks/"}
    assert client.get(reverse("city_feed", args=["nowhere-xx"])).status_code == 404
    assert reverse("city_feed", args=["amman-jo"]) in client.get(reverse("city", args=["amman-jo"])).text


def test_a_selection_of_the_library_has_its_own_feed(client, entries):
    everything = atom(client, "/feeds/documents.atom")
    assert len(everything.entries) == 2
    feed = atom(client, "/feeds/documents.atom?kind=declaration")
    assert [(entry.title, entry.summary) for entry in feed.entries] == [("Declaration <b>, UNHCR", "Cities said.")]
    assert feed.feed.id != everything.feed.id and feed.feed.title.startswith("Cities of Solidarity: 1 ")
    assert {link.rel: link.href for link in feed.feed.links}["self"].endswith("/feeds/documents.atom?kind=declaration")
    page = client.get(f"{reverse('library')}?kind=declaration").text
    assert f'href="{reverse("documents_feed")}?kind=declaration"' in page


def test_an_empty_feed_is_a_feed(client):
    assert atom(client, "/feeds/practices.atom?theme=health").entries == []
    assert json_feed(client, "/feeds/practices.json?theme=health")["items"] == []


def test_a_reader_is_told_that_nothing_is_new(client, entries):
    first = client.get("/feeds/practices.json")
    assert client.get("/feeds/practices.json", headers={"if-none-match": first["ETag"]}).status_code == 304
