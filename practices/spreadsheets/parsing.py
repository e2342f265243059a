"""A row of a spreadsheet as a checked record; ``practices.loading`` says what is wrong with it."""

import re

from practices import vocabularies
from practices.loading import Row, read_sources
from practices.loading.practices import check_together, read_fields
from practices.models import Practice
from practices.models.entries.constraints import RESERVED_SLUGS
from practices.models.entries.facts import FACT_LENGTH
from practices.models.entries.record import FIELDS, Record, fields_of
from practices.spreadsheets.named_cities import NamedCities
from practices.vocabularies import CURRENCY
from practices.vocabularies.languages import is_known

COSTS = [code for code, _label in vocabularies.COST_BANDS]


class RowOfSheet(Row):
    """Whoever filled the sheet has no list of codes at hand: it stands in the refusal."""

    def unknown(self, name: str, value, allowed) -> None:
        self.wrong(f"{name} {str(value)[:80]!r} is unknown; allowed are {', '.join(map(str, allowed))}")


def read_record(row: Row, cities: NamedCities, *, is_new: bool) -> Record:
    """The record that a row tells; sources only where the row has columns for them. Problems go to the report.

    ``is_new`` asks for an address that a page may have.
    """
    practice = Practice(
        slug=row.slug("slug", 80) if is_new else row.text("slug"),
        **read_fields(row, contexts="contexts"),
        language=row.text("language", 7) or "en",
        populations=row.codes("populations", vocabularies.POPULATIONS.codes, "population"),
        groups=row.codes("groups", vocabularies.GROUPS.codes, "group"),
        evidence_level=row.whole("evidence_level", 0, 5),
        evidence_reason=row.text("evidence_reason", FACT_LENGTH),
        cost_band=row.code("cost_band", COSTS, default="unknown"),
        cost_currency=row.text("cost_currency", 3).upper(),
        cost_year=row.year("cost_year"),
        cost_basis=row.text("cost_basis", 200),
    )
    city, country = row.text("city", required=True), row.text("country")
    found = cities.find(city, country)
    if city and not found.key:
        row.wrong(found.problem)
    record = fields_of(practice) | {"city": city}
    if "sources" in row.values:
        record["sources"] = read_sources(row, required=False, full=True)
    check_together(row, practice)
    _check_record(row, practice, is_new=is_new)
    row.finish()
    return {name: record[name] for name in (*FIELDS, "sources") if name in record}


def _check_record(row: Row, practice: Practice, *, is_new: bool) -> None:
    if is_new and practice.slug in RESERVED_SLUGS:
        row.wrong(f"slug {practice.slug!r} belongs to a page of the site")
    if not is_known(practice.language):
        row.wrong(f"language {practice.language!r} is not a code such as en")
    if practice.cost_currency and not re.fullmatch(CURRENCY, practice.cost_currency):
        row.wrong(f"cost_currency {practice.cost_currency!r} is not three letters such as EUR")
    if practice.cost_band not in ("none", "unknown") and not (practice.cost_currency and practice.cost_year):
        row.wrong("cost_band stands without cost_currency and cost_year")
