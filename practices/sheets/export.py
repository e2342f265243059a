"""Entries written into a spreadsheet from which they can be read back exactly."""

from django.db.models import Prefetch

from practices.models import PracticeTranslation
from practices.records import record_of
from practices.sheets.columns import about, cells_of, header
from practices.sheets.formats import write_csv, write_xlsx

PUBLISHED = Prefetch("translations", PracticeTranslation.objects.only("practice", "language", "published_at"))
WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(practices, kind: str) -> bytes:
    """A query set of practices as "csv" or "xlsx"; four statements. BadSheet where a workbook can't hold a text."""
    entries = list(practices.defer("search").select_related("city").prefetch_related("sources", "figures", PUBLISHED))
    rows = [(about(entry), record_of(entry)) for entry in entries]
    columns = header(max((len(record["sources"]) for _about, record in rows), default=0))
    cells = ({**facts, **cells_of(record)} for facts, record in rows)
    return WRITERS[kind]([columns, *([row.get(column, "") for column in columns] for row in cells)])
