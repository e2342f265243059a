"""Entries written into a spreadsheet from which they can be read back exactly."""

from django.db.models import Prefetch

from citysolidarity.desk.tables import write_csv, write_xlsx
from practices.models import PracticeTranslation
from practices.models.entries.record import record_of
from practices.spreadsheets.columns import about, cells_of, header
from practices.spreadsheets.template import explain

PUBLISHED = Prefetch("translations", PracticeTranslation.objects.only("practice", "language", "published_at"))


def export(practices, kind: str) -> bytes:
    """A QuerySet of practices as "csv" or "xlsx" (two queries). BadSheet where a workbook can't hold a text."""
    entries = list(practices.defer("search").select_related("city").with_parts().prefetch_related(PUBLISHED))
    rows = [(about(entry), record_of(entry)) for entry in entries]
    columns = header(max((len(record["sources"]) for _about, record in rows), default=0))
    cells = ({**facts, **cells_of(record)} for facts, record in rows)
    table = [columns, *([row.get(column, "") for column in columns] for row in cells)]
    return write_csv(table) if kind == "csv" else write_xlsx(table, "practices", explain)
