"""The texts of the starter directory beside their translations: of practices, documents of the library and networks."""

import json
from functools import cache

from django.conf import settings

from practices.models import LibraryDocument, Network
from practices.models.entries.texts import TEXTS

FIXTURES = settings.BASE_DIR / "fixtures"
LANGUAGES = ["fr", "es", "ar", "pt"]
KINDS = ["practices", "documents", "networks"]
OWN_TEXTS = {"practices": TEXTS, "documents": LibraryDocument.TEXTS, "networks": Network.TEXTS}


@cache
def originals(kind: str) -> dict[str, dict]:
    return rows(FIXTURES / f"{kind}.jsonl")


@cache
def translations(kind: str, language: str) -> dict[str, dict]:
    name = f"{language}.jsonl" if kind == "practices" else f"{kind}.{language}.jsonl"
    return rows(FIXTURES / "translations" / name)


def rows(path) -> dict[str, dict]:
    return {row["slug"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}


def texts_of(kind: str, row: dict) -> dict[str, str]:
    """The texts of a record by their places: names of fields, and the numbers of a document's points."""
    texts = {name: text for name in OWN_TEXTS[kind] if (text := row.get(name))}
    points = [point["text"] if isinstance(point, dict) else point for point in row.get("points", [])]
    return texts | {f"point {at}": text for at, text in enumerate(points, start=1)}


def pairs(kind: str, language: str) -> list[tuple[str, str, str, str]]:
    """``(slug, place, original, translation)`` of every text, and of every phrase of a practice's facts."""
    found = []
    for slug, row in translations(kind, language).items():
        original = texts_of(kind, originals(kind)[slug])
        found += [(slug, place, original[place], said) for place, said in texts_of(kind, row).items()]
        found += [(slug, "phrase", text, said) for text, said in row.get("phrases", {}).items()]
    return found
