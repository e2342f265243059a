"""The API tells what the pages show, no more and no less, in a way that programs can rely on."""

import json
import re
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from citysolidarity.opendata.answers import READS
from citysolidarity.opendata.operations import OPERATIONS
from citysolidarity.opendata.parameters import of_directory
from pledges.models import AskedCity
from pledges.vocabularies import Visibility
from practices.directory.filters import PracticeFilter
from practices.models import Practice
from tests.people import a_city, a_practice
from tests.pledges.signers import a_published, a_stated
from tests.pledges.supports.residents import an_asked_city

pytestmark = pytest.mark.django_db
PRACTICES = "/api/v1/practices"


@pytest.fixture
def parks():
    amman = a_city("Amman", "JO", latitude=31.95, longitude=35.94)
    return [
        a_practice(f"Parks {number}", amman, slug=f"parks-{number}", themes=["housing", "welcome"][: 1 + number % 2])
        for number in range(7)
    ]


def get(client, path, status=200, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == status, answer.text[:500]
    return answer.json()


def walk(client, path):
    """The items of every part of a list."""
    items = []
    while path:
        part = get(client, path)
        items += part["items"]
        path = part["next"]
    return items


def test_the_parameters_are_exactly_those_of_the_directory():
    assert [parameter.name for parameter in of_directory()] == list(PracticeFilter.base_filters)


def test_an_address_of_the_directory_can_be_pasted(client, parks):
    query = "?q=parks&theme=welcome&country=JO&sort=newest&view=table&page=2&p=parks-1"
    answer = get(client, PRACTICES + query)
    assert answer["total"] == 3 and [item["slug"] for item in answer["items"]] == ["parks-5", "parks-3", "parks-1"]
    # The fields of a form that nobody filled in.
    assert get(client, f"{PRACTICES}?q=&since=&theme=")["total"] == 7


@pytest.mark.parametrize(
    "query",
    ["theme=houzing", "themes=housing", "since=soon", "limit=0", "limit=201", "cursor=x", "language=xx", "sort=by"],
)
def test_a_typing_mistake_is_told_and_gives_no_other_list(client, query):
    answer = client.get(f"{PRACTICES}?{query}")
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    [error] = answer.json()["errors"]
    assert error["parameter"] == query.partition("=")[0]


def test_parts_of_a_list_hold_everything_once(client, parks):
    slugs = [item["slug"] for item in walk(client, f"{PRACTICES}?limit=3&sort=newest")]
    assert slugs == [f"parks-{number}" for number in reversed(range(7))]
    answer = client.get(f"{PRACTICES}?limit=3")
    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next"'


def test_nothing_is_left_out_while_the_list_changes(client, parks):
    first = get(client, f"{PRACTICES}?limit=3&sort=newest")
    a_practice("Newer", parks[0].city)
    assert [item["slug"] for item in walk(client, first["next"])] == ["parks-3", "parks-2", "parks-1", "parks-0"]
    Practice.objects.get(slug="parks-4").archive()
    rest = [item["slug"] for item in walk(client, first["next"])]
    assert rest[-4:] == ["parks-3", "parks-2", "parks-1", "parks-0"]


def test_one_practice_has_all_its_texts_and_sources(client, parks):
    practice = get(client, f"{PRACTICES}/parks-1")
    assert practice["title"] == "Parks 1" and practice["city"]["slug"] == "amman-jo"
    assert practice["sources"] == [
        {
            "title": "A report",
            "publisher": "The city",
            "url": "https://example.org/report",
            "year": 2020,
            "language": "",
            "archived_url": "",
        }
    ]
    get(client, f"{PRACTICES}/nowhere", 404)


def test_geojson_where_there_is_a_place(client, parks):
    a_practice("Nowhere", a_city("Nowhere", "GR"), slug="nowhere")
    answer = client.get(f"{PRACTICES}?format=geojson")
    assert answer["Content-Type"] == "application/geo+json"
    places = {feature["id"]: feature["geometry"] for feature in answer.json()["features"]}
    assert places["parks-1"] == {"type": "Point", "coordinates": [35.94, 31.95]} and places["nowhere"] is None
    for path in ("/api/v1/cities", "/api/v1/cities/amman-jo", f"{PRACTICES}/parks-1"):
        assert client.get(f"{path}?format=geojson")["Content-Type"] == "application/geo+json"


def test_the_counts_are_those_of_the_directory(client, parks):
    facets = {facet["name"]: facet for facet in get(client, "/api/v1/facets?theme=welcome")["facets"]}
    counts = {value["code"]: value["count"] for value in facets["theme"]["values"]}
    assert counts["welcome"] == 3 and counts["housing"] == 7
    words = get(client, "/api/v1/vocabularies/theme")
    assert [term["code"] for term in words["terms"]] == list(counts)


def test_the_language_is_that_of_the_parameter_or_else_of_the_reader(client):
    for answer in (
        client.get("/api/v1/vocabularies/theme?language=fr", headers={"accept-language": "es"}),
        client.get("/api/v1/vocabularies/theme", headers={"accept-language": "fr"}),
    ):
        assert answer["Content-Language"] == "fr" and "Accept-Language" in answer["Vary"]
        assert {"code": "housing", "label": "Logement"} in answer.json()["terms"]


def test_an_answer_is_made_once_until_something_public_changes(client, parks, django_assert_max_num_queries):
    first = client.get(PRACTICES, headers={"accept-encoding": "gzip"})
    with django_assert_max_num_queries(1):
        again = client.get(PRACTICES, headers={"accept-encoding": "gzip"})
    assert again.content == first.content and again["Content-Encoding"] == "gzip"
    unchanged = client.get(PRACTICES, headers={"if-none-match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    parks[0].title = "Gardens"
    parks[0].save()
    changed = client.get(PRACTICES, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and "Gardens" in changed.text


def test_what_is_hidden_has_no_way_out(client, parks):
    parks[0].archive()
    a_practice("A draft", slug="draft", published_at=None)
    a_published(city=a_city("Counted", "GR"), visibility=Visibility.COUNTED)
    assert {item["slug"] for item in walk(client, PRACTICES)} == {f"parks-{number}" for number in range(1, 7)}
    for slug in ("parks-0", "draft"):
        get(client, f"{PRACTICES}/{slug}", 404)
        assert client.get(f"{PRACTICES}/{slug}.csv").status_code == 404
    assert [item["slug"] for item in walk(client, "/api/v1/cities")] == ["amman-jo"]
    assert walk(client, "/api/v1/signatories") == []


def test_signatories_are_those_of_the_list(client):
    a_published()
    a_stated(a_city("Vienna", "AT"))
    [item] = walk(client, "/api/v1/signatories?country=AT&standing=stated")
    assert (item["city"], item["standing"], item["slug"]) == ("Vienna", "stated", "vienna-at")
    assert len(walk(client, "/api/v1/signatories")) == 2
    # The addresses of before.
    assert len(get(client, "/api/v1/signatories.json")["signatories"]) == 2
    assert client.get("/api/v1/signatories.csv").status_code == 200
    [text] = get(client, "/api/v1/statement/versions")["items"]
    assert len(text["sha256"]) == 64 and text["clauses"]


def test_fewer_than_ten_residents_are_no_number(client):
    few, many = an_asked_city(a_city("Few", "AT", geonames_id=1)), an_asked_city(a_city("Many", "AT", geonames_id=2))
    AskedCity.objects.filter(pk=few.pk).update(supports=9)
    AskedCity.objects.filter(pk=many.pk).update(supports=10)
    told = {item["city"]["slug"]: item for item in walk(client, "/api/v1/supports")}
    assert (told["few-at"]["residents"], told["few-at"]["fewer_than_ten"]) == (None, True)
    assert (told["many-at"]["residents"], told["many-at"]["fewer_than_ten"]) == (10, False)


def test_every_website_may_read_and_nobody_may_write(client):
    answer = client.get("/api/v1/", headers={"origin": "https://else.example"})
    assert answer["Access-Control-Allow-Origin"] == "*" and not answer.cookies and "Cookie" not in answer["Vary"]
    asked = client.options(
        PRACTICES, headers={"origin": "https://else.example", "access-control-request-method": "GET"}
    )
    assert asked.status_code == 204 and "If-None-Match" in asked["Access-Control-Allow-Headers"]
    strict = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(strict, method)(PRACTICES)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert refused["Content-Type"] == "application/problem+json"
    assert client.generic("TRACE", PRACTICES).status_code == 405
    get(client, "/api/v1/nowhere", 404)


def test_the_limit_is_told_and_kept(client, monkeypatch):
    monkeypatch.setattr(READS, "most", 2)
    left = [client.get("/api/v1/")["RateLimit-Remaining"] for _ in range(2)]
    late = client.get("/api/v1/")
    assert left == ["1", "0"] and late.status_code == 429 and late["Content-Type"] == "application/problem+json"
    assert 0 < int(late["Retry-After"]) <= 300 and late["RateLimit-Limit"] == "2"
    assert client.get("/api/v1/", REMOTE_ADDR="192.0.2.9").status_code == 200


def test_an_outage_and_a_fault_are_told_to_programs_as_such():
    client = Client(raise_request_exception=False)
    for trouble, status in ((OperationalError("away"), 503), (ValueError("a fault"), 500)):
        with mock.patch("citysolidarity.opendata.views.practices.find", side_effect=trouble):
            answer = client.get(PRACTICES)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert "away" not in answer.text and "a fault" not in answer.text


def test_people_find_every_address_explained_without_a_script(client):
    page = client.get(reverse("about_api")).text
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts == ['<script type="application/ld+json">'] and "style=" not in page
    for operation in OPERATIONS:
        assert f"GET /api/v1/{operation.template}" in page
    for parameter in of_directory():
        assert f'id="parameter-{parameter.name}"' in page
    index = json.loads(client.get("/api/v1/").content)
    assert len(index["resources"]) == len(OPERATIONS)
