"""Linked data, read by parsers that are not ours: extruct takes it out of the pages, rdflib reads it as a graph."""

import json
import re

import extruct
import pytest
from django.conf import settings
from django.utils.translation import override
from rdflib import DCAT, DCTERMS, RDF, SKOS, Dataset, Literal, URIRef

from practices.vocabularies import THEMES
from practices.vocabularies.facets import FACETS
from tests.browser.addresses import NOWHERE, PAGES, address_of
from tests.people import a_city, a_practice
from tests.pledges.signers import a_version

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
SITE = settings.SITE_URL
# What the page is about, where that is more than itself.
ABOUT = {
    "home": "WebSite", "city": "City", "network": "Organization", "document": "CreativeWork", "guide": "HowTo",
    "statement": "CreativeWork", "statement_version": "CreativeWork", "signature": "City", "about_data": "Dataset",
}  # fmt: skip
# What links in e-mails lead to stands for one reader, in one language.
BEHIND_LINKS = {
    "a signature is confirmed",
    "a support is confirmed",
    "an invitation is confirmed",
    "an entry is confirmed",
    "a following is confirmed",
}


def graph_of(document: dict) -> Dataset:
    """As a graph; the words of schema.org are not fetched."""
    if document["@context"] == "https://schema.org":
        document = document | {"@context": {"@vocab": "https://schema.org/"}}
    return Dataset(default_union=True).parse(data=json.dumps(document), format="json-ld")


def blocks(page: str) -> list[dict]:
    return extruct.extract(page, base_url=SITE, syntaxes=["json-ld"], errors="strict")["json-ld"]


def links(page: str, rel: str) -> list[dict]:
    tags = re.findall(rf'<link rel="{rel}"[^>]+>', page)
    return [dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in tags]


def test_every_page_says_what_it_is_and_where_it_stands_in_each_language(starter, client):
    for name in PAGES:
        for language in ("en", "ar"):
            answer = client.get(address_of(name, language))
            page = answer.text
            if answer.get("X-Robots-Tag") == "noindex" and not blocks(page):
                assert name in BEHIND_LINKS
                continue
            [block] = blocks(page)
            graph = graph_of(block)
            assert len(graph) >= 7 and block["inLanguage"] and block["url"].startswith(f"{SITE}/"), name
            said = block.get("name") or block["headline"]
            assert said == " ".join(said.split()) and "<" not in said and "\ue010" not in str(block), name
            assert block.get("mainEntity", {}).get("@type") == ABOUT.get(PAGES[name][0]), name
            hold_links(page, name, language)
    assert blocks(client.get(address_of(NOWHERE)).text) == []


def hold_links(page: str, name: str, language: str) -> None:
    """One canonical address, and the same page in every language, itself among them."""
    [canonical] = links(page, "canonical")
    assert canonical["href"].startswith(f"{SITE}/"), name
    ways = {way["hreflang"]: way["href"] for way in links(page, "alternate") if "hreflang" in way}
    assert {code for code, _name in settings.LANGUAGES} <= ways.keys(), name
    path = address_of(name, language).partition("?")[0]
    assert ways[language] == SITE + path == canonical["href"].partition("?")[0], name


def test_an_entry_and_its_city_can_be_told_apart(client):
    city = a_city("Amman", "JO", latitude=31.95, longitude=35.94, geonames_id=250441)
    entry = a_practice('</script><b> "Roofs" & more', city)
    [block] = blocks(client.get(entry.get_absolute_url()).text)
    assert (block["@type"], block["headline"]) == ("Article", entry.title)
    assert block["about"]["@type"] == "City" and block["about"]["sameAs"] == "https://sws.geonames.org/250441/"
    [block] = blocks(client.get(city.get_absolute_url()).text)
    assert block["mainEntity"]["url"] == SITE + city.get_absolute_url()


def test_the_catalogue_has_what_dcat_ap_asks_for(client):
    answer = client.get("/data/catalog.jsonld")
    assert answer["Content-Type"] == "application/ld+json" and answer["Access-Control-Allow-Origin"] == "*"
    graph = graph_of(answer.json())
    [catalog] = graph.subjects(RDF.type, DCAT.Catalog)
    sets = set(graph.objects(catalog, DCAT.dataset))
    assert sets == set(graph.subjects(RDF.type, DCAT.Dataset)) and len(sets) == 2
    for thing in (catalog, *sets):
        for wanted in (DCTERMS.title, DCTERMS.description):
            assert {text.language for text in graph.objects(thing, wanted)} == dict(settings.LANGUAGES).keys()
        assert len(set(graph.objects(thing, DCTERMS.language))) == len(settings.LANGUAGES)
        [publisher] = graph.objects(thing, DCTERMS.publisher)
        assert list(graph.objects(publisher, RDF.type)) and list(graph.objects(thing, DCTERMS.license))
    files = [file for one in sets for file in graph.objects(one, DCAT.distribution)]
    assert len(files) >= 9
    for file in files:
        [address] = graph.objects(file, DCAT.downloadURL)
        assert client.get(str(address).removeprefix(SITE)).status_code == 200
        assert list(graph.objects(file, DCTERMS.license)) and list(graph.objects(file, DCAT.mediaType))


def test_the_words_have_labels_in_every_language_and_addresses_that_lead_on(client):
    a_version()
    a_version("fr")
    graph = graph_of(client.get("/data/vocabularies.jsonld").json())
    assert len(set(graph.subjects(RDF.type, SKOS.ConceptScheme))) == len(FACETS) + 1
    housing = URIRef(f"{SITE}/data/theme/housing")
    for language, _name in settings.LANGUAGES:
        with override(language):
            assert Literal(THEMES.label("housing"), lang=language) in set(graph.objects(housing, SKOS.prefLabel))
    assert {text.language for text in graph.objects(URIRef(f"{SITE}/data/clause/welcome"), SKOS.prefLabel)} == {
        "en",
        "fr",
    }
    for facet in FACETS:
        code = facet.vocabulary.codes[0]
        assert (URIRef(f"{SITE}/data/{facet.name}/{code}"), RDF.type, SKOS.Concept) in graph
        answer = client.get(f"/data/{facet.name}/{code}", headers={"accept-language": "fr"})
        assert (answer.status_code, answer["Location"]) == (303, f"/fr/practices/?{facet.name}={code}")
        assert client.get(answer["Location"]).status_code == 200
    assert client.get("/data/clause/welcome")["Location"] == "/en/statement/#welcome"


@pytest.mark.parametrize(
    ("path", "accept", "leads_to"),
    [
        ("/data/theme", "text/html,*/*;q=0.8", "/en/practices/"),
        ("/data/theme", "application/ld+json", "/data/vocabularies.jsonld"),
        ("/data/theme/housing", "application/ld+json, */*;q=0.1", "/data/vocabularies.jsonld"),
        ("/data/practices", "*/*", "/en/about/data/"),
        ("/data/signatories", "application/ld+json", "/data/catalog.jsonld"),
        ("/data/theme/nothing", "*/*", None),
        ("/data/nothing", "*/*", None),
        ("/data/clause/nothing", "*/*", None),
    ],
)
def test_the_address_of_a_thing_leads_people_and_programs_to_what_is_told_of_it(client, path, accept, leads_to):
    answer = client.get(path, headers={"accept": accept})
    assert answer.status_code == (303 if leads_to else 404) and answer.get("Location") == leads_to
    if leads_to:
        assert {"Accept", "Accept-Language"} <= set(answer["Vary"].split(", "))
