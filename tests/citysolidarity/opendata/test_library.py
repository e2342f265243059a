"""Documents and networks in the API: what their pages show, and nothing of a hidden city."""

import pytest

from tests.people import a_city, a_practice
from tests.practices.library.making import a_document, a_network, joins, names, shows

pytestmark = pytest.mark.django_db
DOCUMENTS, NETWORKS = "/api/v1/documents", "/api/v1/networks"


def get(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return answer.json()


def test_documents_are_those_of_the_library(client):
    practice = a_practice(city=a_city("Gent", "BE"))
    hidden = a_city("Verborgenstadt", "DE")
    shelf = a_document("A dialogue", "Inclusion early", "Verborgenstadt did it", languages=["es"], slug="a-dialogue")
    a_document("A plan", kind="declaration", year=2004, slug="a-plan")
    a_document("A draft", published_on=None)
    names(shelf, practice.city)
    names(shelf, hidden)
    shows(shelf, practice, at=1)
    every = get(client, DOCUMENTS)
    assert every["total"] == 2 and [item["slug"] for item in every["items"]] == ["a-dialogue", "a-plan"]
    assert [item["slug"] for item in get(client, f"{DOCUMENTS}?kind=declaration")["items"]] == ["a-plan"]
    # The language of the answer is another thing than the language of the document.
    told = get(client, f"{DOCUMENTS}?read_in=es&language=fr&city=gent-be&q=dialogue&page=1")
    assert [item["slug"] for item in told["items"]] == ["a-dialogue"] and told["items"][0]["cities"] == ["gent-be"]
    assert client.get(f"{DOCUMENTS}?kind=film").status_code == 400
    whole = get(client, f"{DOCUMENTS}/a-dialogue")
    assert whole["points"] == [{"text": "Inclusion early", "language": "en", "practices": [practice.slug]}]
    assert whole["original_url"] == shelf.url and "Verborgenstadt" not in str(whole)
    assert client.get(f"{DOCUMENTS}/nowhere").status_code == 404


def test_parts_of_the_library_hold_everything_once(client):
    for number in range(5):
        a_document(f"Document {number}", slug=f"document-of-{number}")
    seen, path = [], f"{DOCUMENTS}?limit=2"
    while path:
        part = get(client, path)
        seen += [item["slug"] for item in part["items"]]
        path = part["next"]
    assert sorted(seen) == [f"document-of-{number}" for number in range(5)]


def test_networks_name_their_members_and_where_that_is_said(client):
    network = a_network()
    a_network("Mercociudades", region="latin-america")
    joins(network, a_practice(city=a_city("Gent", "BE")).city, since=2015, source_url="https://example.org/gent")
    joins(network, a_city("Verborgenstadt", "DE"))
    network.othermembers.create(name="Dakar", country="SN", source_url="https://example.org/dakar")
    [listed] = get(client, f"{NETWORKS}?works_in=europe")["items"]
    assert (listed["slug"], listed["member_cities"], listed["other_members"]) == ("eurocities", 1, 1)
    whole = get(client, f"{NETWORKS}/eurocities")
    gent, dakar = whole["members"]
    assert (gent["slug"], gent["since"], gent["source_url"]) == ("gent-be", 2015, "https://example.org/gent")
    assert (dakar["slug"], dakar["name"], dakar["country"]) == (None, "Dakar", "SN")
    assert client.get(f"{NETWORKS}/nowhere").status_code == 404
