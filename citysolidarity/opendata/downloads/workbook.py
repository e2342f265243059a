"""A workbook with the practices, a codebook, and their sources."""

from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from django.utils.translation import gettext as _

from citysolidarity.opendata.downloads.rows import COLUMNS, row_of
from citysolidarity.opendata.downloads.sheet_xml import Workbook, rows
from citysolidarity.opendata.records import LICENCE
from practices.entries.differences import label_of
from practices.models import Practice
from practices.models.entries.record import FIELDS, SOURCE_FIELDS
from practices.spreadsheets.template import lists_of

CHUNK = 200_000  # bytes
WIDTHS = {"title": 44, "summary": 60, "city": 22, "url": 40}
SHEETS = PRACTICES, CODEBOOK, SOURCES = "practices", "codebook", "sources"


def as_xlsx(batches: Iterable[list[Practice]]) -> Iterator[bytes]:
    """One sheet after the other: the rows of the sources wait on the disk until it is their turn."""
    book = Workbook(SHEETS)
    with TemporaryFile() as waiting:
        with book.sheet(PRACTICES, (WIDTHS.get(name, 16) for name in COLUMNS), COLUMNS) as sheet:
            for practices in batches:
                sheet.write(rows(row_of(practice) for practice in practices))
                waiting.write(rows(row for practice in practices for row in sources_of(practice)))
                yield book.take()
        with book.sheet(SOURCES, (40, 8, 60, 30, 60, 8, 10, 40), ("practice", "number", *SOURCE_FIELDS)) as sheet:
            waiting.seek(0)
            while chunk := waiting.read(CHUNK):
                sheet.write(chunk)
                yield book.take()
    heading, *explained = codebook_rows()
    with book.sheet(CODEBOOK, (22, 50, 24, 60), heading) as sheet:
        sheet.write(rows(explained))
    book.archive.close()
    yield book.take()


def sources_of(practice: Practice) -> Iterator[list]:
    for number, source in enumerate(practice.values_of("sources"), start=1):
        yield [practice.slug, number, *(source[name] for name in SOURCE_FIELDS)]


def codebook_rows() -> Iterator[list]:
    """For each column its meaning and, where codes stand in it, each code with its label."""
    yield [_("column"), _("what it means"), _("code"), _("label")]
    yield ["", _("Licence"), "", LICENCE]
    codes = lists_of()
    codes.pop("city")
    for name in COLUMNS:
        meaning = label_of(name) if name in FIELDS else meanings().get(name, "")
        yield [name, meaning, "", ""]
        for code, label in codes.get(name, ()):
            yield [name, "", str(code), str(label)]


def meanings() -> dict[str, str]:
    """Of the columns that are no field of an entry."""
    return {
        "country": _("Country, in two letters (ISO 3166-1)"),
        "country_name": _("Country"),
        "region": _("Region (UN M49)"),
        "size": _("City size (inhabitants)"),
        "latitude": _("In degrees, WGS 84."),
        "longitude": _("In degrees, WGS 84."),
        "freshness": _("Confirmed by the city"),
        "figures": _("Figures, each with its year"),
        "facts": _("What sources say about cost, staff and time to start"),
        "learned_from": _("Cities it was learned from"),
        "taken_up_by": _("Cities that took it up"),
        "sources": _("Addresses of the sources"),
        "original_language": _("Language of the original"),
        "is_machine_aided": _("Translated with the help of a machine, not yet reviewed"),
        "published_on": _("Day of publication"),
        "changed_on": _("Day of the last change"),
        "confirmed_on": _("Day of the last confirmation by the city"),
        "under_review_since": _("Someone disputes the entry since this day"),
        "url": _("Address of the page"),
    }
