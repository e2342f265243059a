"""The catalogue, held against the SHACL shapes that DCAT-AP publishes (shapes/README.md says which)."""

from hashlib import sha256
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, SH, Graph, URIRef

# rdflib builds a class that it calls deprecated itself.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")]
SHAPES = Path(__file__).parent / "shapes"
# As they were published; whoever takes newer ones writes theirs down.
HASHES = {
    "shapes": "7fe9815e0f32b10f5cbce74fa6ccd0290aae3ef9e5080fb84e2d8093eb984d1d",
    "shapes_recommended": "9afbf23f1f56d10d6839259684934137e20506a9aedce0249b619bbc593b9abd",
}
# What is recommended and not said: the data know no borders, no span of time and no clock.
UNSAID = {DCTERMS[name] for name in ("conformsTo", "format", "issued", "modified", "spatial", "temporal", "type")}


@pytest.fixture
def catalogue(client):
    return Graph().parse(data=client.get("/data/catalog.jsonld").text, format="json-ld")


def wrong_with(catalogue: Graph, name: str) -> list[tuple[URIRef, URIRef]]:
    """(what it is about, its property) of everything that does not conform."""
    text = (SHAPES / f"{name}.ttl").read_text("utf-8")
    assert sha256(text.encode()).hexdigest() == HASHES[name]
    shapes = Graph().parse(data=text, format="turtle")
    conforms, report, _text = validate(catalogue, shacl_graph=shapes)
    results = list(report.subjects(RDF.type, SH.ValidationResult))
    assert conforms == (not results)
    return [(report.value(one, SH.focusNode), report.value(one, SH.resultPath)) for one in results]


def test_the_catalogue_says_all_that_it_must(catalogue):
    assert wrong_with(catalogue, "shapes") == []


def test_of_what_is_recommended_it_leaves_out_what_is_written_down(catalogue):
    assert {path for _about, path in wrong_with(catalogue, "shapes_recommended")} == UNSAID


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (DCAT.Catalog, DCTERMS.publisher),
        (DCAT.Dataset, DCTERMS.title),
        (DCAT.Distribution, DCAT.accessURL),
        (DCAT.DataService, DCAT.endpointURL),
    ],
)
def test_the_shapes_find_what_is_missing(catalogue, kind, path):
    thing = next(catalogue.subjects(RDF.type, kind))
    catalogue.remove((thing, path, None))
    assert (thing, path) in wrong_with(catalogue, "shapes")
