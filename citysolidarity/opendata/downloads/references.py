"""An entry as a reference: CSL-JSON, and from it BibTeX and RIS."""

import re

from django.conf import settings
from django.utils import timezone

from citysolidarity.opendata.records import LICENCE
from practices.entries.language_links import path_of
from practices.models import Practice
from practices.vocabularies.languages import base_of

DIRECTORY = "Cities of Solidarity"
# What LaTeX would read as a command.
SPECIAL = re.compile(r"[\\{}$&#%_~^]")
NAMED = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def csl_of(practice: Practice) -> dict:
    """An item of CSL-JSON (schema 1.0): a page of the directory, as of its last change."""
    changed, today = practice.updated_at.date(), timezone.localdate()
    return {
        "id": practice.slug,
        "type": "webpage",
        "title": practice.title,
        "author": [{"literal": DIRECTORY}],
        "container-title": DIRECTORY,
        "publisher": DIRECTORY,
        "event-place": str(practice.city),
        "issued": {"date-parts": [[changed.year, changed.month, changed.day]]},
        "accessed": {"date-parts": [[today.year, today.month, today.day]]},
        "URL": settings.SITE_URL + path_of(practice),
        "language": base_of(practice.language),
        "abstract": practice.summary,
        "keyword": ", ".join(practice.themes),
        "note": f"{practice.city}. CC BY 4.0, {LICENCE}",
    }


def bibtex_of(practice: Practice) -> str:
    item = csl_of(practice)
    fields = {
        # Braces keep the capitals of the title, and a name of several words whole.
        "title": f"{{{latex(item['title'])}}}",
        "author": f"{{{latex(DIRECTORY)}}}",
        "year": str(item["issued"]["date-parts"][0][0]),
        "date": iso(item["issued"]),
        "publisher": latex(DIRECTORY),
        "url": item["URL"].replace("%", r"\%"),
        "urldate": iso(item["accessed"]),
        "language": item["language"],
        "keywords": item["keyword"],
        "abstract": latex(item["abstract"]),
        "note": latex(item["note"]),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@online{{{item['id']},\n{lines}\n}}\n\n"


def ris_of(practice: Practice) -> str:
    item = csl_of(practice)
    day = iso(item["issued"])
    lines = [
        ("TY", "ELEC"), ("ID", item["id"]), ("TI", item["title"]), ("AU", DIRECTORY), ("PB", DIRECTORY),
        ("PY", day[:4]), ("DA", day.replace("-", "/")), ("Y2", iso(item["accessed"]).replace("-", "/")),
        ("CY", item["event-place"]), ("LA", item["language"]), ("UR", item["URL"]), ("AB", item["abstract"]),
        *(("KW", code) for code in practice.themes), ("N1", item["note"]), ("ER", ""),
    ]  # fmt: skip
    return "".join(f"{tag}  - {' '.join(text.split())}\r\n" for tag, text in lines) + "\r\n"


def iso(date: dict) -> str:
    return "{:04}-{:02}-{:02}".format(*date["date-parts"][0])


def latex(text: str) -> str:
    return SPECIAL.sub(lambda found: NAMED.get(found[0], f"\\{found[0]}"), " ".join(text.split()))
