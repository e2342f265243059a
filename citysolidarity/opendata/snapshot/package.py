"""Writes the tables as a Frictionless data package, with licence, citation and checksums.

No clock is in it: its day is that of the last change which the tables tell, so the same state gives the same bytes.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models, transaction
from django.utils.translation import override

from citysolidarity.opendata.snapshot.pictures import write_pictures
from citysolidarity.opendata.snapshot.rows import DataTable, RowDict
from citysolidarity.opendata.snapshot.tables import TABLES

TITLE = "Cities of Solidarity"
SUMS = "SHA256SUMS"
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
ABOUT = (
    "What cities do to include people forced to flee, the library and the networks of the field, and the cities that signed "
    "the statement of solidarity. Only what was public. Texts are in the language they were written in; translations "
    "stand apart and say who made them."
)
# Of columns that are no field of their model.
TYPES = {
    "day": "date", "reviewed_on": "date", "checked_on": "date", "asked_on": "date", "answered_on": "date",
    "renewed_on": "date", "moved_on": "date", "is_reviewed": "boolean", "is_behind": "boolean", "accepted": "boolean",
    "position": "integer", "number": "integer", "statement": "string", "language": "string",
}  # fmt: skip
TYPES_OF_FIELDS = (
    (models.BooleanField, "boolean"),
    (models.IntegerField, "integer"),
    (models.FloatField, "number"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.JSONField, "object"),
)
DAYS = (
    "updated_at", "published_at", "published_on", "valid_from", "day", "checked_on", "asked_on", "answered_on", "renewed_on",
    "moved_on",
)  # fmt: skip
KEYS = {table.name: table.key for table in TABLES}


def write_package(folder: Path) -> tuple[dict[str, int], date]:
    """Writes into a folder that is there; returns the number of rows by table, and the day of the package.

    All tables are read at one moment.
    """
    counts, last = {}, date.min
    (folder / "data").mkdir()
    # What the columns are called must not depend on whose page was made before.
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        if is_outermost:
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in TABLES:
            path = folder / "data" / f"{table.name}.jsonl"
            counts[table.name], newest = write_rows(path, table)
            last = max(last, newest)
            if not counts[table.name]:
                path.unlink()  # a file without a row is no table to frictionless
        write_pictures(folder)
        write_json(folder / "datapackage.json", descriptor(folder, counts, last))
    (folder / "LICENSE.md").write_text(licence(), "utf-8")
    (folder / "CITATION.cff").write_text(citation(last), "utf-8")
    return counts, last


def write_rows(path: Path, table: DataTable) -> tuple[int, date]:
    """The number of rows, and the newest of their DAYS."""
    number, newest = 0, date.min
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in table.rows():
            ordered = {name: row[name] for name in table.columns}
            file.write(json.dumps(ordered, ensure_ascii=False, default=plain) + "\n")
            number += 1
            newest = max([newest, *days_in(row)])
    return number, newest


def plain(value) -> str | list:
    """What JSON has no form for: days and moments in ISO's form, texts that are translated late."""
    return value.isoformat() if isinstance(value, date) else str(value)


def days_in(row: RowDict) -> Iterable[date]:
    for name in DAYS:
        value = row.get(name)
        if isinstance(value, datetime):
            yield value.date()
        elif value:
            yield value if isinstance(value, date) else date.fromisoformat(value)


def descriptor(folder: Path, counts: dict[str, int], day: date) -> dict:
    """datapackage.json, version 1 of the specification."""
    return {
        "profile": "data-package",
        "name": "cities-of-solidarity",
        "title": TITLE,
        "description": ABOUT,
        "homepage": settings.SITE_URL,
        "version": day.isoformat(),
        "licenses": [LICENCE],
        "contributors": [{"title": f"{TITLE} contributors", "role": "author"}],
        "resources": [resource(folder, table) for table in TABLES if counts[table.name]],
    }


def resource(folder: Path, table: DataTable) -> dict:
    path = folder / "data" / f"{table.name}.jsonl"
    schema = {"fields": [{"name": name} | described(table, name) for name in table.columns], "missingValues": []}
    # Several rows of a table may say "of the document as a whole" in a part of their key.
    if table.name != "document_practices":
        schema["primaryKey"] = list(table.key)
    if references := [reference(table, name) for name in table.references if not is_half_empty(table, name)]:
        schema["foreignKeys"] = references
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": f"data/{path.name}",
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        "schema": schema,
    }


def described(table: DataTable, column: str) -> dict:
    """The type of a column, and what it is called at the desk."""
    try:
        found = table.model._meta.get_field(column)
    except FieldDoesNotExist:
        return {"type": TYPES.get(column, "string")}
    kind = next((kind for field, kind in TYPES_OF_FIELDS if isinstance(found, field)), None)
    if kind is None:
        kind = "array" if hasattr(found, "base_field") else "string"
    if column in table.references:
        kind = "integer" if len(KEYS[table.references[column]]) > 1 else "string"
    return {"type": kind, "title": str(found.verbose_name)} | ({"format": "any"} if kind == "datetime" else {})


def is_half_empty(table: DataTable, column: str) -> bool:
    """Whether the parent stands there and the position in it may be empty: to frictionless that would name no row."""
    return len(KEYS[table.references[column]]) > 1 and table.model._meta.get_field(column).null


def reference(table: DataTable, column: str) -> dict:
    """A row is named by its address or, inside a parent that both name, by the parent and the position there."""
    target = table.references[column]
    inside = KEYS[target][:-1]
    return {
        "fields": [*inside, column],
        "reference": {"resource": target.replace("_", "-"), "fields": list(KEYS[target])},
    }


def licence() -> str:
    return (
        f"# Licence\n\n© {TITLE} contributors. [{LICENCE['title']} (CC BY 4.0)]({LICENCE['path']}).\n\n"
        f'You may copy, change and share the data for any purpose if you name "{TITLE}" and {settings.SITE_URL}, link to\n'
        "the licence, and say what you changed. They come without any guarantee. The sources that are named belong to their\n"
        "publishers. Names of places, coordinates and populations: GeoNames, https://www.geonames.org/, CC BY 4.0. Each\n"
        "picture has its own licence, which the table of pictures and the page beside it name.\n\n"
        f"What is withdrawn on {settings.SITE_URL} should disappear from your copy, too.\n"
    )


def citation(day: date) -> str:
    """CITATION.cff 1.2.0; JSON's strings are YAML's."""
    lines = {
        "cff-version": "1.2.0", "type": "dataset", "title": TITLE, "abstract": ABOUT, "url": settings.SITE_URL,
        "license": LICENCE["name"], "version": day.isoformat(), "date-released": day.isoformat(),
        "message": "Please cite the directory with its address and the day of this snapshot, and for a fact the source that it names.",
    }  # fmt: skip
    head = "".join(f"{name}: {json.dumps(text, ensure_ascii=False)}\n" for name, text in lines.items())
    return f'{head}authors:\n  - name: "{TITLE} contributors"\n'


def write_sums(folder: Path) -> None:
    """SHA-256 of every file, as ``sha256sum --check`` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / SUMS)
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS).write_text("".join(sorted(lines, key=lambda line: line[66:])), "utf-8")


def write_json(path: Path, value: dict) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
