"""JSON Schemas (2020-12) of the records, for the OpenAPI document. The tests hold each answer against them."""

from citysolidarity.opendata.records import COLUMNS
from practices.models.entries.elsewhere import Platform
from practices.vocabularies.facets import BY_NAME

TEXT, WHOLE, TRUTH = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
DEGREES = {"type": ["number", "null"]}
TEXTS = {"type": "array", "items": TEXT}
DAY, MOMENT, ADDRESS = ({"type": "string", "format": kind} for kind in ("date", "date-time", "uri"))


def perhaps(schema: dict) -> dict:
    return schema | {"type": [schema["type"], "null"]}


def of(**properties: dict) -> dict:
    """An object with exactly these properties."""
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def several(schema: dict) -> dict:
    return {"type": "array", "items": schema}


def ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def codes(name: str) -> dict:
    """Codes of a vocabulary, in a list."""
    return several({"type": "string", "enum": [*BY_NAME[name].vocabulary.codes]})


def code(name: str) -> dict:
    return {"type": "string", "enum": [*BY_NAME[name].vocabulary.codes]}


# Who made a translation; nothing where the texts are as they were written.
MADE = {"oneOf": [ref("Translation"), {"type": "null"}]}
PLACE = of(
    slug=TEXT, name=TEXT, country=TEXT, country_name=TEXT, region=perhaps(TEXT), size=TEXT,
    latitude=DEGREES, longitude=DEGREES,
)  # fmt: skip
BRIEF = of(
    slug=TEXT,
    url=ADDRESS,
    api_url=ADDRESS,
    title=TEXT,
    summary=TEXT,
    language=TEXT,
    original_language=TEXT,
    languages=TEXTS,
    translation=MADE,
    city=ref("Place"),
    themes=codes("theme"),
    populations=codes("population"),
    groups=codes("group"),
    instrument=code("instrument"),
    contexts=codes("context"),
    gcr_objectives=codes("gcr"),
    sdgs=codes("sdg"),
    status=code("status"),
    freshness=code("freshness"),
    started=perhaps(WHOLE),
    ended=perhaps(WHOLE),
    cost_band=code("cost"),
    cost_currency=TEXT,
    cost_year=perhaps(WHOLE),
    evidence_level=perhaps(WHOLE),
    published_at=MOMENT,
    updated_at=MOMENT,
    confirmed_at=perhaps(MOMENT),
    under_review_since=perhaps(MOMENT),
)
SOURCE = of(title=TEXT, publisher=TEXT, url=ADDRESS, year=perhaps(WHOLE), language=TEXT, archived_url=TEXT)
FIGURE = of(value=TEXT, what=TEXT, year=WHOLE, source=perhaps(WHOLE))
FACT = of(kind=TEXT, text=TEXT, year=perhaps(WHOLE), source=perhaps(WHOLE))
TRANSFER = of(direction=TEXT, place=TEXT, country=TEXT, what=TEXT, source=perhaps(WHOLE))
PAGE_ELSEWHERE = of(platform=TEXT | {"enum": Platform.values}, name=TEXT, url=ADDRESS, checked_on=DAY)
WHOLE_PRACTICE = of(
    **BRIEF["properties"],
    area=TEXT, lead=TEXT, partners=TEXTS, funders=TEXTS, conditions=TEXTS, cost_basis=TEXT, evidence_reason=TEXT,
    challenge=TEXT, approach=TEXT, results=TEXT, lessons=TEXT, what_did_not_work=TEXT,
    sources=several(ref("Source")), figures=several(ref("Figure")), facts=several(ref("Fact")),
    transfers=several(ref("Transfer")), also_described_in=several(ref("PageElsewhere")),
)  # fmt: skip
CITY = of(
    **PLACE["properties"],
    url=ADDRESS, original_name=TEXT, kind=TEXT, population=perhaps(WHOLE), population_year=perhaps(WHOLE),
    population_source=TEXT, geonames_id=perhaps(WHOLE), practices=WHOLE, signed=TRUTH, signed_on=perhaps(DAY),
    signed_precision=TEXT,
)  # fmt: skip
SIGNATORY = of(
    **dict.fromkeys(COLUMNS, TEXT)
    | {"signed_on": perhaps(DAY), "not_before": perhaps(DAY), "sources": TEXTS, "region": perhaps(TEXT)},
    slug=TEXT,
    latitude=DEGREES,
    longitude=DEGREES,
)
SUPPORT = of(city=ref("Place"), residents=perhaps(WHOLE | {"minimum": 10}), fewer_than_ten=TRUTH, has_signed=TRUTH)
VERSION = of(
    number=WHOLE, language=TEXT, title=TEXT, preamble=TEXT,
    clauses=several(of(code=TEXT, title=TEXT, promise=TEXT)),
    closing=TEXT, note=TEXT, valid_from=DAY, sha256=TEXT, url=ADDRESS,
)  # fmt: skip
DOCUMENT = of(
    slug=TEXT, url=ADDRESS, api_url=ADDRESS, kind=TEXT, title=TEXT, title_language=TEXT, english_title=TEXT,
    publisher=TEXT, organisations=TEXTS, year=perhaps(WHOLE), dates=TEXT, languages=TEXTS, summary=TEXT,
    text_language=TEXT, translation=MADE, themes=codes("theme"), cities=TEXTS,
)  # fmt: skip
WHOLE_DOCUMENT = of(
    **DOCUMENT["properties"],
    original_url=ADDRESS, more_urls=several(ADDRESS), place=TEXT, basis=TEXT, note=TEXT,
    points=several(of(text=TEXT, language=TEXT, practices=TEXTS)), practices=TEXTS,
)  # fmt: skip
NETWORK = of(
    slug=TEXT, url=ADDRESS, api_url=ADDRESS, name=TEXT, original_name=TEXT, kind=TEXT, region=TEXT, website=TEXT,
    founded=perhaps(WHOLE), description=TEXT, member_count=perhaps(WHOLE), member_count_of=TEXT,
    member_count_year=perhaps(WHOLE), member_count_source=TEXT, sources=several(ADDRESS), note=TEXT,
    member_cities=WHOLE, signed_cities=WHOLE, practice_cities=WHOLE, other_members=WHOLE,
    text_language=TEXT, translation=MADE,
)  # fmt: skip
MEMBER = of(slug=perhaps(TEXT), name=TEXT, country=TEXT, since=perhaps(WHOLE), source_url=ADDRESS)
WHOLE_NETWORK = of(**NETWORK["properties"], members=several(ref("Member")))
VOCABULARY = of(name=TEXT, title=TEXT, terms=several(of(code=TEXT, label=TEXT)))
FACET = of(name=TEXT, title=TEXT, values=several(of(code=TEXT, label=TEXT, count=WHOLE)))
PROBLEM = {
    "type": "object",
    "properties": {
        "type": TEXT, "title": TEXT, "status": WHOLE, "detail": TEXT,
        "errors": several({
            "type": "object",
            "properties": {"parameter": TEXT, "detail": TEXT, "allowed": TEXT},
            "required": ["parameter", "detail"],
        }),
    },
    "required": ["type", "title", "status"],
}  # fmt: skip
POINT = {
    "oneOf": [
        of(type={"const": "Point"}, coordinates={"type": "array", "items": {"type": "number"}, "minItems": 2}),
        {"type": "null"},
    ]
}
COMPONENTS = {
    "Place": PLACE,
    "Translation": of(kind=TEXT, made_by=TEXT, day=DAY, is_reviewed=TRUTH),
    "PracticeInList": BRIEF,
    "Practice": WHOLE_PRACTICE,
    "Source": SOURCE,
    "Figure": FIGURE,
    "Fact": FACT,
    "Transfer": TRANSFER,
    "PageElsewhere": PAGE_ELSEWHERE,
    "City": CITY,
    "Signatory": SIGNATORY,
    "Support": SUPPORT,
    "StatementVersion": VERSION,
    "DocumentInList": DOCUMENT,
    "Document": WHOLE_DOCUMENT,
    "NetworkInList": NETWORK,
    "Network": WHOLE_NETWORK,
    "Member": MEMBER,
    "Vocabulary": VOCABULARY,
    "Facet": FACET,
    "Problem": PROBLEM,
}


def feature(name: str) -> dict:
    return of(type={"const": "Feature"}, id=TEXT, geometry=POINT, properties=ref(name))


def listed(name: str, **more: dict) -> dict:
    """A part of a list of these records."""
    return of(total=WHOLE, licence=ADDRESS, next=perhaps(ADDRESS), items=several(ref(name)), **more)


def features(name: str) -> dict:
    return of(
        type={"const": "FeatureCollection"},
        total=WHOLE,
        licence=ADDRESS,
        next=perhaps(ADDRESS),
        features=several(feature(name)),
    )
