"""What stands in which column, and what a row of texts says about an entry."""

import re

from practices.models import Practice
from practices.models.fields import CodesField
from practices.records import FIELDS, SOURCE_FIELDS, Record

# A column in brackets is for reading only.
ABOUT = ("revision", "(state)", "(confirmed)", "(translations)")
NUMBERS = {"started", "ended", "cost_year", "evidence_level"}
LINES = {"partners", "funders"}
CODES = {name for name in FIELDS if isinstance(Practice._meta.get_field(name), CodesField)}
SOURCE = re.compile(r"source ([1-9]\d?) (\w+)")
# Controls but tab and line end, halves of a character, and the two that are none.
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LEAST_SOURCES = 3  # room for a new one in every export


def header(sources: int) -> list[str]:
    """The columns of an export in which the entry with most sources has this many."""
    places = range(1, max(sources, LEAST_SOURCES) + 1)
    return [FIELDS[0], *ABOUT, *FIELDS[1:], *(f"source {place} {name}" for place in places for name in SOURCE_FIELDS)]


def is_known(column: str) -> bool:
    """Whether a column is one of ours, or one that is for reading only."""
    found = SOURCE.fullmatch(column)
    return (
        column in FIELDS or column == "revision" or column.startswith("(") or bool(found and found[2] in SOURCE_FIELDS)
    )


def cells_of(record: Record) -> dict[str, str | int]:
    """Column → cell of an entry's content; an empty column is not among them."""
    cells = {name: _cell(name, record[name]) for name in FIELDS}
    for place, source in enumerate(record["sources"], start=1):
        cells |= {f"source {place} {name}": _cell(name, source[name]) for name in SOURCE_FIELDS}
    return {column: cell for column, cell in cells.items() if cell not in ("", None)}


def about(practice: Practice) -> dict[str, str | int]:
    """The cells that say how the entry stands."""
    confirmed = practice.confirmed_at.date().isoformat() if practice.confirmed_at else ""
    found = sorted(one.language for one in practice.translations.all() if one.published_at)
    facts = {"revision": practice.revision, "(state)": practice.state, "(confirmed)": confirmed}
    return facts | {"(translations)": ", ".join(found)}


def same_texts(cells: dict[str, str | int], row: dict[str, str]) -> bool:
    """Whether a row says exactly what the cells of an entry do, in every column it has."""
    return all(text == str(cells.get(column, "")) for column, text in row.items() if _is_content(column))


def values_of(row: dict[str, str]) -> dict:
    """The row as ``practices.loading.Row`` takes it: numbers, lists and sources in their own kinds."""
    values = {column: _value(column, text) for column, text in row.items() if column in FIELDS}
    sources: dict[int, dict] = {}
    for column, text in row.items():
        if found := SOURCE.fullmatch(column):
            sources.setdefault(int(found[1]), {})[found[2]] = _value(found[2], text)
    if sources:
        filled = [source for _place, source in sorted(sources.items()) if any(source.values())]
        values["sources"] = filled
    return values


def _is_content(column: str) -> bool:
    return column in FIELDS or bool(SOURCE.fullmatch(column))


def _cell(name: str, value):
    if isinstance(value, list):
        return _plain((", " if name in CODES else "\n").join(value))
    return _plain(value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    # Line ends as every format keeps them; what XML can't hold has nothing to say.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNSPEAKABLE.sub("", text)


def _value(name: str, text: str):
    text = text.replace("\t", " ").strip()
    if name in NUMBERS or name == "year":
        return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else text or None
    if name in CODES:
        return [code.strip() for code in re.split(r"[,;\n]", text) if code.strip()]
    if name in LINES:
        return [line.strip() for line in text.split("\n") if line.strip()]
    return text
