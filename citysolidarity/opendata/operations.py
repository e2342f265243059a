"""The one table of what the API offers: addresses, the OpenAPI document and the page for people are made of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from citysolidarity.opendata import schemas
from citysolidarity.opendata.answers import GEOJSON, JSON
from citysolidarity.opendata.downloads.formats import KINDS
from citysolidarity.opendata.parameters import CURSOR
from citysolidarity.opendata.views import about, files, library, places, pledges, practices
from practices.library.dialogue import SESSION as DIALOGUE

TAG_OF = {
    "": "Words",
    "vocabularies": "Words",
    "practices": "Practices",
    "facets": "Practices",
    "cities": "Cities",
    "signatories": "Statement",
    "supports": "Statement",
    "statement": "Statement",
    "documents": "Library",
    "networks": "Library",
}


@dataclass(frozen=True)
class Operation:
    """``path`` is below /api/v1/, with Django's converters; ``content`` is media type → JSON Schema."""

    name: str
    path: str
    view: Callable
    summary: str | Promise
    content: dict
    example: str = ""

    @property
    def parameters(self) -> tuple:
        return self.view.parameters

    @property
    def ending(self) -> str:
        """Of a file, such as "csv"; "" for anything else."""
        return self.path.partition(".")[2]

    @property
    def tag(self) -> str:
        """Under which heading of the OpenAPI document it stands."""
        return "Files" if self.ending else TAG_OF[self.path.partition("/")[0]]

    @property
    def has_parts(self) -> bool:
        return CURSOR in self.parameters

    @property
    def of_path(self) -> str:
        """The name of the part of the address that varies; "" for none."""
        return self.path.partition("<")[2].partition(">")[0].partition(":")[2]

    @property
    def template(self) -> str:
        """As OpenAPI writes it: ``practices/{slug}``."""
        before, braces, rest = self.path.partition("<")
        return f"{before}{{{self.of_path}}}{rest.partition('>')[2]}" if braces else self.path


def both(name: str) -> dict:
    return {JSON: schemas.listed(name), GEOJSON: schemas.features(name)}


def single(name: str) -> dict:
    return {JSON: schemas.ref(name), GEOJSON: schemas.feature(name)}


NUMBER, DAY = {"type": ["integer", "null"]}, {"type": ["string", "null"]}
INDEX = schemas.of(
    licence=schemas.ADDRESS,
    openapi=schemas.ADDRESS,
    docs=schemas.ADDRESS,
    resources={"type": "object", "additionalProperties": schemas.TEXT},
)
WORDS = schemas.of(licence=schemas.ADDRESS, items=schemas.several(schemas.ref("Vocabulary")))
COUNTS = schemas.of(total=schemas.WHOLE, licence=schemas.ADDRESS, facets=schemas.several(schemas.ref("Facet")))
VERSIONS = schemas.of(licence=schemas.ADDRESS, items=schemas.several(schemas.ref("StatementVersion")))
SUPPORTS = schemas.listed("Support", residents_told=NUMBER, counted_on=DAY)

COLLECTION = schemas.of(
    type={"const": "FeatureCollection"}, licence=schemas.ADDRESS, features=schemas.several(schemas.feature("Practice"))
)
# What is in a file, where it is JSON.
FILES = {"geojson": COLLECTION, "csl.json": schemas.several({"type": "object"})}
# A resource that is added is one line here, a record and its schema.
OPERATIONS = (
    Operation("api", "", about.index, _("What there is"), {JSON: INDEX}),
    Operation(
        "api_practices", "practices", practices.practices, _("Practices, as the directory lists them"), both("PracticeInList"),
        "?theme=housing&country=JO",
    ),
    Operation(
        "api_practice", "practices/<slug:slug>", practices.practice,
        _("One practice: all texts, figures, facts and sources"), single("Practice"), "access-without-fear-toronto",
    ),
    Operation(
        "api_facets", "facets", practices.facets, _("How many practices each filter would leave"), {JSON: COUNTS},
        "?theme=housing",
    ),
    Operation("api_cities", "cities", places.cities, _("Cities with a practice or a signature"), both("City"), "?country=DE"),
    Operation("api_city", "cities/<slug:slug>", places.city, _("One city"), single("City"), "amman-jo"),
    Operation(
        "api_signatories", "signatories", pledges.signatories, _("Signatories, each with its verification and sources"),
        both("Signatory"), "?standing=verified",
    ),
    Operation(
        "api_supports", "supports", pledges.supports,
        _("How many residents ask their city to sign. Fewer than ten are told as such, without the number."),
        {JSON: SUPPORTS},
    ),
    Operation(
        "api_versions", "statement/versions", pledges.versions,
        _("Every version of the statement, in every language, with its clauses and fingerprint"), {JSON: VERSIONS},
    ),
    Operation(
        "api_documents", "documents", library.documents, _("Documents of the library"),
        {JSON: schemas.listed("DocumentInList")}, "?kind=declaration",
    ),
    Operation(
        "api_document", "documents/<slug:slug>", library.document,
        _("One document: its points, and the practices that show them"), {JSON: schemas.ref("Document")}, DIALOGUE,
    ),
    Operation(
        "api_networks", "networks", library.networks, _("Networks of cities"),
        {JSON: schemas.listed("NetworkInList")}, "?works_in=europe",
    ),
    Operation(
        "api_network", "networks/<slug:slug>", library.network,
        _("One network, with the members that a source names"), {JSON: schemas.ref("Network")}, "eurocities",
    ),
    Operation("api_vocabularies", "vocabularies", about.words, _("The words of all filters: codes and labels"), {JSON: WORDS}),
    Operation(
        "api_vocabulary", "vocabularies/<slug:name>", about.word, _("The words of one filter"),
        {JSON: schemas.ref("Vocabulary")}, "theme",
    ),
    *(
        Operation(
            f"api_practices_{ending}", f"practices.{ending}", files.of_selection(kind), kind.use,
            {kind.content_type.partition(";")[0]: FILES.get(ending, schemas.TEXT)}, "?theme=housing",
        )
        for ending, kind in KINDS.items()
    ),
    *(
        Operation(
            f"api_practice_{ending}", f"practices/<slug:slug>.{ending}", files.of_one(kind), kind.use,
            {kind.content_type.partition(";")[0]: FILES.get(ending, schemas.TEXT)}, "access-without-fear-toronto",
        )
        for ending, kind in KINDS.items()
    ),
)  # fmt: skip
