"""The signatories as records for spreadsheets and programs. docs/signatories.md documents the columns."""

import csv
from collections.abc import Iterable

from citysolidarity.forms.formula_guard import guard

COLUMNS = (
    "city", "city_told_apart", "geonames_id", "country", "country_name", "region", "institution", "office", "signed_on",
    "not_before", "precision", "standing", "version", "said_by_the_source", "sources", "address",
)  # fmt: skip


def plain(value) -> str:
    """The text of a cell that no spreadsheet runs."""
    if isinstance(value, list):
        value = "\n".join(value)
    return guard("" if value is None else str(value))


def write(file, signatures: Iterable, site_url: str) -> None:
    """Write CSV to the text ``file``; city, version and sources of the signatures are loaded."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for signature in signatures:
        writer.writerow([plain(value) for value in cells(signature, site_url)])


def records(signatures: Iterable, site_url: str) -> list[dict]:
    """Dictionaries by COLUMNS: days are dates, sources a list, unknown values empty."""
    return [dict(zip(COLUMNS, cells(signature, site_url), strict=True)) for signature in signatures]


def cells(signature, site_url: str) -> tuple:
    """The values of COLUMNS."""
    city = signature.city
    version = f"{signature.version.language} {signature.version.number}" if signature.version else ""
    return (
        city.name, city.area or city.near, str(city.geonames_id or ""), city.country, city.country_name, city.region,
        signature.institution, signature.office,
        signature.signed_on, signature.not_before, signature.precision, signature.standing.value, version,
        signature.signed_by, [source.url for source in signature.sources.all()],
        site_url + signature.get_absolute_url(),
    )  # fmt: skip
