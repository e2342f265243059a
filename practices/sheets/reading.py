"""A row of a spreadsheet as a checked record; ``practices.loading`` says what is wrong with it."""

import re

from practices import vocabularies as words
from practices.loading import Row, read_sources
from practices.loading.practices import check_together, read_fields
from practices.models import Practice
from practices.models.constraints import FIRST_YEAR, LAST_YEAR, RESERVED_SLUGS
from practices.records import FIELDS, Record, fields_of

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,4})?")
COSTS = [code for code, _label in words.COST_BANDS]


def read_record(row: Row, cities: dict, *, is_new: bool) -> Record:
    """The record that a row tells; sources only where the row has columns for them. Problems go to the report.

    ``cities`` maps addresses to cities; ``is_new`` asks for an address that a page may have.
    """
    practice = Practice(
        slug=row.slug("slug", 80) if is_new else row.text("slug"),
        **read_fields(row, contexts="contexts"),
        language=row.text("language", 7) or "en",
        what_did_not_work=row.text("what_did_not_work", lines=True),
        populations=row.codes("populations", words.POPULATIONS.codes, "population"),
        groups=row.codes("groups", words.GROUPS.codes, "group"),
        evidence_level=row.whole("evidence_level", 0, 5),
        cost_band=row.code("cost_band", COSTS, default="unknown"),
        cost_currency=row.text("cost_currency", 3),
        cost_year=row.whole("cost_year", FIRST_YEAR, LAST_YEAR),
    )
    city = row.text("city", required=True)
    if city and city not in cities:
        row.wrong(f"city {city[:80]!r} is not here: write its address, such as berlin-de, or add the city first")
    practice.city = cities.get(city)
    record = fields_of(practice) | {"city": city}
    if "sources" in row.values:
        record["sources"] = read_sources(row, required=False, full=True)
    check_together(row, practice)
    _check_here(row, practice, is_new=is_new)
    row.finish()
    return {name: record[name] for name in (*FIELDS, "sources") if name in record}


def _check_here(row: Row, practice: Practice, *, is_new: bool) -> None:
    if is_new and practice.slug in RESERVED_SLUGS:
        row.wrong(f"slug {practice.slug!r} belongs to a page of the site")
    if not LANGUAGE.fullmatch(practice.language):
        row.wrong(f"language {practice.language!r} is not a code such as en")
    if practice.cost_band not in ("none", "unknown") and not (practice.cost_currency and practice.cost_year):
        row.wrong("cost_band stands without cost_currency and cost_year")
