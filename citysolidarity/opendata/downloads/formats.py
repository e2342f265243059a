"""The files as streams of bytes: each function takes batches of practices and gives chunks."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.tables import TYPES, guarded
from citysolidarity.opendata.answers import GEOJSON
from citysolidarity.opendata.downloads import references
from citysolidarity.opendata.downloads.rows import COLUMNS, row_of
from citysolidarity.opendata.downloads.workbook import as_xlsx
from citysolidarity.opendata.records import LICENCE, feature_of, whole_of
from practices.models import Practice

type Batches = Iterable[list[Practice]]
encode = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def as_csv(batches: Batches) -> Iterator[bytes]:
    """RFC 4180 in UTF-8, with the mark by which spreadsheets know it; what they would run as a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow(COLUMNS)
    for practices in batches:
        writer.writerows([guarded(cell) for cell in row_of(practice)] for practice in practices)
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    if rest := out.getvalue():
        yield rest.encode()


def as_json_lines(batches: Batches) -> Iterator[bytes]:
    for practices in batches:
        yield "".join(f"{encode(whole_of(practice))}\n" for practice in practices).encode()


def as_geojson(batches: Batches) -> Iterator[bytes]:
    """Practices whose place nobody knows have no geometry (RFC 7946, 3.2)."""
    records = ([whole_of(practice) for practice in practices] for practices in batches)
    begin = f'{{"type":"FeatureCollection","licence":{json.dumps(LICENCE)},"features":['
    yield from joined(begin, ([feature_of(record, record["city"]) for record in part] for part in records), "]}\n")


def as_csl_json(batches: Batches) -> Iterator[bytes]:
    yield from joined("[", ([references.csl_of(practice) for practice in part] for part in batches), "]\n")


def as_bibtex(batches: Batches) -> Iterator[bytes]:
    for practices in batches:
        yield "".join(references.bibtex_of(practice) for practice in practices).encode()


def as_ris(batches: Batches) -> Iterator[bytes]:
    for practices in batches:
        yield "".join(references.ris_of(practice) for practice in practices).encode()


def joined(begin: str, parts: Iterable[list[dict]], end: str) -> Iterator[bytes]:
    """One JSON array, in chunks."""
    before = begin
    for part in parts:
        for value in part:
            yield f"{before}{encode(value)}".encode()
            before = ",\n"
    yield (end if before != begin else begin + end).encode()


@dataclass(frozen=True)
class FileKind:
    """``title`` and ``use`` are for people: what it is, and what it is good for."""

    ending: str
    content_type: str
    write: Callable[[Batches], Iterator[bytes]]
    title: str | Promise
    use: str | Promise
    with_parts: bool = True  # whether sources and what rests on them are told


KINDS = {
    kind.ending: kind
    for kind in (
        FileKind("csv", TYPES["csv"], as_csv, "CSV", _("For spreadsheets and programs: a row for each practice.")),
        FileKind(
            "xlsx",
            TYPES["xlsx"],
            as_xlsx,
            "Excel (XLSX)",
            _("A workbook with the practices, an explanation of every column, and the sources."),
        ),
        FileKind(
            "jsonl",
            "application/jsonl; charset=utf-8",
            as_json_lines,
            "JSONL",
            _("For programs: everything about each practice, one in a line."),
        ),
        FileKind("geojson", GEOJSON, as_geojson, "GeoJSON", _("For maps: the practices where their cities lie.")),
        FileKind(
            "bib",
            "application/x-bibtex; charset=utf-8",
            as_bibtex,
            "BibTeX",
            _("References for LaTeX, JabRef and others."),
            with_parts=False,
        ),
        FileKind(
            "ris",
            "application/x-research-info-systems; charset=utf-8",
            as_ris,
            "RIS",
            _("References for Zotero, EndNote, Mendeley and others."),
            with_parts=False,
        ),
        FileKind(
            "csl.json",
            "application/vnd.citationstyles.csl+json",
            as_csl_json,
            "CSL-JSON",
            _("References for Zotero, pandoc and programs."),
            with_parts=False,
        ),
    )
}
