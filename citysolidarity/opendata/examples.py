"""An example of every answer for the OpenAPI document, made of the schemas, so that it always fits them.

What it says is made up where it is not named here; the tests hold each example against its schema.
"""

from django.utils.translation import gettext

AMMAN = "community-led-public-spaces-amman"
# By the name of a property. What is missing here is told by the type alone.
VALUES = {
    "title": "Public spaces led by the community",
    "summary": "Parks that refugees and residents plan and build together.",
    "name": "Amman",
    "country": "JO",
    "country_name": "Jordan",
    "region": "western-asia",
    "size": "over-1.5m",
    "latitude": 31.9552,
    "longitude": 35.945,
    "coordinates": [35.945, 31.9552],
    "language": "en",
    "original_language": "en",
    "languages": ["en", "ar"],
    "text_language": "en",
    "title_language": "en",
    "started": 2015,
    "year": 2018,
    "founded": 1985,
    "slug": "amman-jo",
    "publisher": "Greater Amman Municipality",
    "value": "1,280",
    "what": "people used the park",
    "kind": "city",
    "residents": 12,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "licence": "https://creativecommons.org/licenses/by/4.0/",
    "code": "housing",
    "label": "Housing",
    "total": 1,
    "next": None,
    "cities": ["amman-jo"],
    "practices": [AMMAN],
    "status": 400,
    "id": AMMAN,
}
# How a file begins.
FILES = {
    "text/csv": "slug,title,city\r\n" + f"{AMMAN},Public spaces led by the community,Amman\r\n",
    "application/jsonl": f'{{"slug":"{AMMAN}","title":"Public spaces led by the community"}}\n',
    "application/x-bibtex": f"@online{{{AMMAN},\n  title = {{{{Public spaces led by the community}}}}\n}}\n",
    "application/x-research-info-systems": f"TY  - ELEC\r\nID  - {AMMAN}\r\nER  - \r\n",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "PK…",
}
BY_FORMAT = {
    "date": "2026-05-04",
    "date-time": "2026-05-04T09:30:00Z",
    "uri": "https://cities.example/en/practices/",
}
BY_TYPE = {"string": "A text", "integer": 1, "number": 1.5, "boolean": True, "null": None}
DETAILS = {
    "400": ("A parameter is wrong", "Nothing was searched, so that no wrong list is taken away."),
    "404": ("Not found", "There is nothing at this address. /api/v1/ lists what there is."),
    "405": ("Only GET and HEAD", "The API only reads."),
    "429": ("Too many requests", "Please ask again after the seconds that Retry-After says."),
    "500": ("Something went wrong here. Please try again in a few minutes.", ""),
    "503": ("Not available at the moment", "Please try again in a few minutes."),
}


def example_of(schema: dict, components: dict, name: str = ""):
    """A value that fits the schema; ``name`` is that of its property."""
    if "$ref" in schema:
        return example_of(components[schema["$ref"].rpartition("/")[2]], components, name)
    if "oneOf" in schema:
        return example_of(schema["oneOf"][0], components, name)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if kinds[0] == "object":
        properties = schema.get("properties", {})
        return {key: example_of(value, components, key) for key, value in properties.items()}
    if kinds[0] == "array" and not isinstance(VALUES.get(name), list):
        return [example_of(schema["items"], components, name)]
    value = VALUES.get(name)
    if name in VALUES and fits(value, kinds):
        return value
    return BY_FORMAT.get(schema.get("format"), BY_TYPE[kinds[0]])


def fits(value, kinds: list[str]) -> bool:
    types = {"string": str, "integer": int, "number": (int, float), "array": list}
    return (
        ("null" in kinds) if value is None else any(kind in types and isinstance(value, types[kind]) for kind in kinds)
    )


def of_content(kind: str, schema: dict, components: dict):
    """An example of an answer of one media type: the beginning of a file, where it is no JSON."""
    return FILES.get(kind) or example_of(schema, components)


def of_problem(status: str) -> dict:
    """An error as it is answered, in the active language."""
    title, detail = DETAILS[status]
    body = {"type": "about:blank", "title": gettext(title), "status": int(status)}
    if detail:
        body["detail"] = gettext(detail)
    if status == "400":
        wrong = {"parameter": "theme", "detail": gettext("This value is not known."), "allowed": "housing, welcome"}
        body["errors"] = [wrong]
    return body
