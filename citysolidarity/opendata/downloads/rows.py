"""Practices in batches, and what stands in which column of a table."""

from collections.abc import Callable, Iterable, Iterator
from itertools import batched

from django.utils.translation import override

from citysolidarity.opendata.records import whole_of
from practices.models import Practice

BATCH = 500
# In the order in which people read a table; each column is explained in the codebook of the workbook.
COLUMNS = (
    "slug", "title", "summary", "city", "country", "country_name", "region", "size", "latitude", "longitude", "area",
    "themes", "populations", "groups", "instrument", "contexts", "gcr_objectives", "sdgs", "started", "ended", "status",
    "freshness", "cost_band", "cost_currency", "cost_year", "cost_basis", "evidence_level", "evidence_reason", "lead",
    "partners", "funders", "conditions", "challenge", "approach", "results", "lessons", "what_did_not_work", "figures",
    "facts", "learned_from", "taken_up_by", "sources", "language", "original_language", "is_machine_aided",
    "published_on", "changed_on", "confirmed_on", "under_review_since", "url",
)  # fmt: skip
DAYS = {"published_on": "published_at", "changed_on": "updated_at", "confirmed_on": "confirmed_at"}
OF_THE_CITY = ("country", "country_name", "region", "size", "latitude", "longitude")
CODES = ("themes", "populations", "groups", "contexts", "gcr_objectives", "sdgs")


def practices_of(keys: Iterable[int], *, with_parts: bool = True) -> Iterator[list[Practice]]:
    """Batches of the public practices with these keys, in this order. One query for each batch."""
    public = Practice.objects.published().with_city().with_review().in_language()
    public = public.with_parts().with_elsewhere() if with_parts else public
    for part in batched(keys, BATCH):
        rows = public.in_bulk(part)
        yield [rows[pk] for pk in part if pk in rows]


def in_language(language: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks, each made in this language: a stream is read after its request has ended."""
    while True:
        with override(language):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk


def row_of(practice: Practice) -> list:
    """The values of COLUMNS: texts, numbers and days; lists as texts; None where nothing is known."""
    record = whole_of(practice)
    place = record["city"]
    row = record | {name: place[name] for name in OF_THE_CITY}
    row |= {name: ", ".join(record[name]) for name in CODES}
    row |= {name: "\n".join(record[name]) for name in ("partners", "funders", "conditions")}
    row |= {column: record[name] and record[name].date() for column, name in DAYS.items()}
    row |= {
        "city": place["name"],
        "figures": lines(record["figures"], lambda row: f"{row['value']} {row['what']} ({row['year']})"),
        "facts": lines(record["facts"], lambda row: f"{row['kind']}: {row['text']}"),
        "learned_from": lines(transfers(record, "learned_from"), place_line),
        "taken_up_by": lines(transfers(record, "taken_up_by"), place_line),
        "sources": lines(record["sources"], lambda row: row["url"]),
        "is_machine_aided": practice.is_machine_aided,
        "under_review_since": record["under_review_since"] and record["under_review_since"].date(),
    }
    return [None if row[name] == "" else row[name] for name in COLUMNS]


def lines(rows: list[dict], line_of: Callable[[dict], str]) -> str:
    return "\n".join(map(line_of, rows))


def transfers(record: dict, direction: str) -> list[dict]:
    return [row for row in record["transfers"] if row["direction"] == direction]


def place_line(row: dict) -> str:
    return f"{row['place']} ({row['country']})"
