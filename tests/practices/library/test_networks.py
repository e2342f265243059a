"""The networks: their list, the page of each, and cities and signatories that name them."""

import pytest

from tests.people import a_city, a_practice
from tests.practices.library.making import a_network, joins

pytestmark = pytest.mark.django_db
NETWORKS = "/en/library/networks/"


def found(client, query=""):
    return [network.name for network in client.get(NETWORKS + query).context["networks"]]


def test_networks_are_searched_and_filtered(client):
    a_network("Eurocities")
    a_network("Mercociudades", kind="network", region="latin-america", description="Towns of the South.")
    assert found(client) == ["Eurocities", "Mercociudades"]
    assert found(client, "?region=europe") == ["Eurocities"] and found(client, "?kind=network") == ["Mercociudades"]
    assert found(client, "?q=SOUTH") == ["Mercociudades"] and found(client, "?q=..") == found(client, "?q=x") == []
    assert found(client, "?kind=poem") == ["Eurocities", "Mercociudades"]
    heading = client.get(f"{NETWORKS}?kind=network&region=latin-america").context["heading"]
    assert heading == "1 network of the kind “Network” (where they work: Latin America and the Caribbean)"


def test_a_network_shows_its_members_with_their_sources_and_never_a_hidden_city(client):
    network = a_network(member_count=240, member_count_of="cities", member_count_year=2025,
                        member_count_source="https://example.org/240")  # fmt: skip
    shown = a_practice(city=a_city("Gent", "BE", signed_precision="unknown")).city
    joins(network, shown, since=2015, source_url="https://example.org/gent")
    joins(network, a_city("Verborgenstadt", "DE"))
    network.othermembers.create(name="Dakar", country="SN", source_url="https://example.org/dakar")
    text = client.get(network.get_absolute_url()).text
    for said in (
        "Gent",
        "Belgium",
        "since 2015",
        "https://example.org/gent",
        "Dakar",
        "https://example.org/240",
        "240",
    ):
        assert said in text
    assert "Verborgenstadt" not in text and "1 member with a page here" in text
    assert "1 member with a page here" in client.get(NETWORKS).text
    assert network.get_absolute_url() in client.get(shown.get_absolute_url()).text


def test_a_network_that_is_not_there_is_not_found(client):
    assert client.get(f"{NETWORKS}nowhere/").status_code == 404
