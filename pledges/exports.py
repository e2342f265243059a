"""The signatories as records for spreadsheets and programs: what the public pages show, and nothing else.

The columns are told to their users in docs/signatories.md.
"""

import csv
from collections.abc import Iterable

COLUMNS = (
    "city", "country", "country_name", "region", "institution", "office", "signed_on", "not_before", "precision",
    "standing", "version", "said_by_the_source", "sources", "address",
)  # fmt: skip
# A spreadsheet takes a cell that starts so for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(value) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before anything that looks like a formula."""
    if isinstance(value, list):
        value = "\n".join(value)
    text = "" if value is None else str(value)
    # Spreadsheets pass over blanks, and take the full-width signs for the plain ones.
    start = text.lstrip(" \u00a0\u3000").translate({0xFF1D: "=", 0xFF0B: "+", 0xFF0D: "-", 0xFF20: "@"})
    return f"'{text}" if start.startswith(FORMULA) else text


def write(file, signatures: Iterable, site_url: str) -> None:
    """Writes the signatures with their city, version and sources at hand; ``file`` takes text."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for signature in signatures:
        writer.writerow([plain(value) for value in cells(signature, site_url)])


def records(signatures: Iterable, site_url: str) -> list[dict]:
    """The same as dictionaries by COLUMNS: days are dates, sources a list, and what is not known is empty."""
    return [dict(zip(COLUMNS, cells(signature, site_url), strict=True)) for signature in signatures]


def cells(signature, site_url: str) -> tuple:
    """The values of COLUMNS. Several sources stand on one line each in a spreadsheet."""
    city = signature.city
    version = f"{signature.version.language} {signature.version.number}" if signature.version else ""
    return (
        city.name, city.country, city.country_name, city.region, signature.institution, signature.office,
        signature.signed_on, signature.not_before, signature.precision, signature.standing.value, version,
        signature.signed_by, [source.url for source in signature.sources.all()],
        site_url + signature.get_absolute_url(),
    )  # fmt: skip
