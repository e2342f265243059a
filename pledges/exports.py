"""The signatories as a table for spreadsheets: what the public pages show, and nothing else."""

import csv
from collections.abc import Iterable

COLUMNS = (
    "city", "country", "country_name", "region", "institution", "office", "signed_on", "not_before", "precision",
    "standing", "version", "said_by_the_source", "sources", "address",
)  # fmt: skip
# A spreadsheet takes a cell that starts so for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(value) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before anything that looks like a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def write(file, signatures: Iterable, site_url: str) -> None:
    """Writes the signatures with their city, version and sources at hand; ``file`` takes text."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for signature in signatures:
        writer.writerow([plain(value) for value in cells(signature, site_url)])


def cells(signature, site_url: str) -> tuple:
    """The values of COLUMNS. Days are ISO 8601; several sources stand on one line each."""
    city = signature.city
    version = f"{signature.version.language} {signature.version.number}" if signature.version else ""
    return (
        city.name, city.country, city.country_name, city.region, signature.institution, signature.office,
        signature.signed_on, signature.not_before, signature.precision, signature.standing.value, version,
        signature.signed_by, "\n".join(source.url for source in signature.sources.all()),
        site_url + signature.get_absolute_url(),
    )  # fmt: skip
