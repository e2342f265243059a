"""The addresses that odd requests are made of, besides the pages that links lead to; the API's are those of its document."""

import hashlib
import json
import zipfile
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from citysolidarity.http.twin_address import address_of_twin

STARTS = [
    "/en/", "/en/practices/", "/en/statement/change/", "/en/statement/sign/city/", "/en/practices/share/title/",
    "/en/statement/ask/", "/en/statement/ask/form/", "/en/practices/follow/?theme=housing", "/en/about/embed/",
    "/en/about/data/",
]  # fmt: skip
AMMAN, VIENNA = "community-led-public-spaces-amman", "vienna-at"
PLAIN = ["/feeds/practices.atom", "/en/practices/suggest/", "/outbox/", "/health/ready"]
EMBEDS = [
    f"/en/embed/practices/{AMMAN}/", "/ar/embed/practices/?theme=housing", "/en/embed/map/?region=europe", "/fr/embed/counter/",
    f"/en/embed/signatories/{VIENNA}/",
]  # fmt: skip
FEEDS = [
    "/feeds/practices.json", "/feeds/cities/amman-jo.atom", "/feeds/cities/amman-jo.json", "/feeds/signatories.json",
    "/feeds/signatories.atom", "/feeds/guides.atom", "/feeds/documents.atom", "/feeds/documents.json?kind=declaration",
    "/feeds/documents.atom?q=refugees&theme=housing", "/feeds/documents.json?year=2018&language=es",
]  # fmt: skip
LINKED_DATA = [
    "/data/catalog.jsonld", "/data/vocabularies.jsonld", "/data/practices", "/data/theme", "/data/theme/housing",
    "/data/clause/welcome",
]  # fmt: skip
TEXTS = [
    "/llms.txt",
    f"/en/practices/{AMMAN}.md",
    f"/ar/practices/{AMMAN}.md",
    f"/en/practices/{AMMAN}/",
    "/en/index.md",
    "/fr/practices.md?theme=housing",
    "/ar/cities/amman-jo.md",
    "/en/library/metropolises-standing-withrefugees-2018.md",
]
# Once more each, so that they get their share beside some hundred pages.
OPEN_DATA = [*EMBEDS, *FEEDS, *LINKED_DATA, *TEXTS, "/api/v1/signatories.csv", "/api/v1/signatories.json"] * 3
OEMBED_FIELDS = ["url", "maxwidth", "maxheight", "format"]
ACTS = {
    "statement": ("confirm", "disown", "withdraw", "correct", "undo", "progress", "renew", "newer"),
    "statement/ask": ("confirm", "disown", "withdraw"),
    "statement/invite": ("confirm", "disown", "withdraw"),
    "practices/follow": ("confirm", "disown", "stop"),
}
TOKENS = [f"/en/{room}/{act}/{'a' * 56}/" for room, acts in ACTS.items() for act in acts]


def twin_of(page: str) -> str:
    """The address of what a page says in Markdown, with the page's query."""
    path, mark, query = page.partition("?")
    return address_of_twin(path) + mark + query


def a_snapshot(folder: Path) -> str:
    """A small snapshot of this month as the site keeps one, so that none is begun; returns its address."""
    month = f"{date.today():%Y-%m}"  # noqa: DTZ011 -- the name of a file
    archive = folder / f"{month}.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("datapackage.json", "{}")
    content = archive.read_bytes()
    note = {"day": f"{month}-01", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "keys": []}
    (folder / f"{month}.json").write_text(json.dumps(note))
    return f"/api/v1/snapshots/{month}.zip"


def of_the_api(document: dict) -> tuple[list[str], list[str]]:
    """An address of each operation of the OpenAPI document, and the names of all parameters."""
    paths, fields, root = [], set(), urlsplit(document["servers"][0]["url"]).path
    for path, operations in document["paths"].items():
        for parameter in operations["get"]["parameters"]:
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
            else:
                fields.add(parameter["name"])
        paths.append(root + path)
    return paths, sorted(fields)


def of_oembed(origin: str) -> list[str]:
    """The same address with each of the pages that have an embed, and with each embed."""
    pages = [
        f"/en/practices/{AMMAN}/",
        "/fr/practices/?view=map",
        "/en/statement/",
        f"/ar/signatories/{VIENNA}/",
        *EMBEDS,
    ]
    return ["/oembed", *(f"/oembed?url={origin}{page.replace('?', '%3F')}" for page in pages)]
