"""What stands in which column, and what a row of texts says about an entry."""

import re
import unicodedata
from difflib import get_close_matches
from functools import cache

from citysolidarity.desk.tables import UNSPEAKABLE
from practices.entries.differences import label_of
from practices.models import Practice
from practices.models.entries.fields import CodeListField
from practices.models.entries.record import FIELDS, SOURCE_FIELDS, Record
from practices.search.place_names import fold
from practices.spreadsheets.words import code_of, codes_of

# A column in brackets is for reading only.
ABOUT = ("revision", "(state)", "(confirmed)", "(translations)")
NUMBERS = {"started", "ended", "cost_year", "evidence_level"}
LINES = {"partners", "funders", "conditions"}
CODES = {name for name in FIELDS if isinstance(Practice._meta.get_field(name), CodeListField)}
ONE_CODE = {"instrument", "status", "cost_band", "evidence_level"}
SOURCE = re.compile(r"source ([1-9]\d{0,2}) (\w+)")
LEAST_SOURCES = 3  # room for a new one in every export
# What networks call these columns in their own sheets. They are offered, and never taken without a look.
OFTEN_CALLED = {
    "title": "project name, project title, project, name of project, practice, good practice, initiative, name, programme",
    "city": "municipality, town, local authority, city name, location",
    "country": "country name, nation, state",
    "summary": "description, short description, brief description, abstract, project description, about",
    "source 1 url": "link, url, website, web site, web page, web address, homepage, source link, more information, web",
    "source 1 title": "source, source title, name of source, reference, document",
    "source 1 publisher": "publisher, published by",
    "started": "start, start year, year, since, start date, from, beginning, year started",
    "ended": "end, end year, until, end date, to",
    "themes": "theme, topic, topics, sector, sectors, category, categories, thematic area",
    "populations": "population, target group, target groups, beneficiaries, target population",
    "instrument": "type, kind, type of practice, kind of measure, measure",
    "lead": "lead organisation, lead organization, implemented by, implementing organisation, responsible, organisation",
    "partners": "partner, project partners",
    "funders": "funder, funding, donor, donors, financed by, funded by",
    "language": "lang, original language",
    "challenge": "context, background, problem, challenges, situation",
    "approach": "activities, method, methodology, what was done, actions",
    "results": "result, impact, outcomes, outcome, achievements",
    "lessons": "lessons learned, lessons learnt, recommendations",
    "area": "district, neighbourhood, neighborhood, borough",
}


def header(sources: int) -> list[str]:
    """The columns of an export in which the entry with most sources has this many."""
    places = range(1, max(sources, LEAST_SOURCES) + 1)
    return [FIELDS[0], *ABOUT, *FIELDS[1:], *(f"source {place} {name}" for place in places for name in SOURCE_FIELDS)]


def column_of(name: str) -> str | None:
    """Our column for the heading of one ("Title" and "title"); "" for one that is passed over, None if it is not known."""
    name = " ".join(name.split()).casefold()
    if not name or name.startswith("("):
        return ""
    if name in FIELDS or name in ("revision", "country"):
        return name
    if source := SOURCE.fullmatch(name):
        return name if source[2] in SOURCE_FIELDS else None
    return labels().get(name)


@cache
def labels() -> dict[str, str]:
    """Our columns by what the desk calls them; asked for in the language of the site's desk."""
    # "Address" is what the desk calls the slug, and everybody else something else.
    return {label_of(name).casefold(): name for name in reversed(FIELDS) if name != "slug"}


def likely(name: str) -> str:
    """Our column that a heading may well mean; "" where none is near."""
    key = fold(name)
    for column, names in OFTEN_CALLED.items():
        if key in names.split(", "):
            return column
    near = get_close_matches(name.strip().casefold(), [*FIELDS, *labels()], n=1, cutoff=0.8)
    return column_of(near[0]) or "" if near else ""


def cells_of(record: Record) -> dict[str, str | int]:
    """Column → cell of an entry's content; an empty column is not among them."""
    cells = {name: _cell(name, record[name]) for name in FIELDS}
    for place, source in enumerate(record["sources"], start=1):
        cells |= {f"source {place} {name}": _cell(name, source[name]) for name in SOURCE_FIELDS}
    return {column: cell for column, cell in cells.items() if cell not in ("", None)}


def about(practice: Practice) -> dict[str, str | int]:
    confirmed = practice.confirmed_at.date().isoformat() if practice.confirmed_at else ""
    languages = sorted(row.language for row in practice.translations.all() if row.published_at)
    facts = {"revision": practice.revision, "(state)": practice.state, "(confirmed)": confirmed}
    return facts | {"(translations)": ", ".join(languages)}


def same_texts(cells: dict[str, str | int], row: dict[str, str]) -> bool:
    """Whether a row says exactly what the cells of an entry do, in every column it has."""
    return all(text == str(cells.get(column, "")) for column, text in row.items() if is_content(column))


def values_of(row: dict[str, str]) -> dict:
    """The row as ``practices.loading.Row`` takes it: numbers, lists and sources in their own kinds."""
    values = {column: _value(column, text) for column, text in row.items() if column in FIELDS}
    sources: dict[int, dict] = {}
    for column, text in row.items():
        if source := SOURCE.fullmatch(column):
            sources.setdefault(int(source[1]), {})[source[2]] = _value(source[2], text)
    if sources:
        values["sources"] = [source for _place, source in sorted(sources.items()) if any(source.values())]
    return values


def is_content(column: str) -> bool:
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
    if name in CODES:
        return codes_of(Practice._meta.get_field(name).vocabulary.choices, text)
    if name in ONE_CODE and text:
        code = code_of(Practice._meta.get_field(name).flatchoices, text)
        text = text if code is None else str(code)
    if name in NUMBERS or name == "year":
        return whole(text)
    if name in LINES:
        # As it was told in the hint of the form for cities: one a line, with or without a sign before it.
        lines = (re.sub(r"^[-–—•*·]\s+", "", line.strip()) for line in text.split("\n"))
        return [line for line in lines if line]
    return text


def whole(text: str) -> int | str | None:
    """Also ``2015.0``, as programs for statistics write it, and the figures of other scripts."""
    plain = unicodedata.normalize("NFKC", text).strip()
    number = re.fullmatch(r"(\d{1,9})(?:[.,]0+)?", plain)
    return int(number[1]) if number else text or None
