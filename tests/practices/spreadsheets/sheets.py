"""Spreadsheets as curators bring them, for the tests of import and export."""

import csv
import io

from django.db import transaction
from openpyxl import Workbook

from practices.models import Practice
from practices.spreadsheets import ImportPlan, read_sheet
from practices.spreadsheets.export import export

ROW = {
    "slug": "gardens-quito", "title": "Gardens", "city": "quito-ec", "summary": "Gardens for all.", "themes": "housing",
    "instrument": "space", "source 1 title": "A report", "source 1 publisher": "The city",
    "source 1 url": "https://example.org/r",
}  # fmt: skip


def sheet(*rows, delimiter=",", encoding="utf-8") -> bytes:
    """A CSV file of these rows (column → text)."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def packed(book) -> bytes:
    """A workbook as its file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(*rows, above=(), before=(), name="practices") -> Workbook:
    """A workbook of these rows, with lines above the heading, and with sheets before that one (name → lines)."""
    book = Workbook()
    book.active.title = name
    columns = list(dict.fromkeys(column for row in rows for column in row))
    for line in (*above, columns, *([row.get(column) for column in columns] for row in rows)):
        book.active.append(list(line))
    for place, lines in enumerate(before):
        other = book.create_sheet(f"other {place}", place)
        for line in lines:
            other.append(list(line))
    return book


def exported(kind="csv") -> bytes:
    return export(Practice.objects.order_by("pk"), kind)


def rows_of(content: bytes) -> list[dict]:
    """The rows of a CSV export, cells as they stand there."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def plan_of(content: bytes, name="practices.csv", **options) -> ImportPlan:
    return ImportPlan(read_sheet(name, content), **options)


def imported(content: bytes, by=None) -> ImportPlan:
    """Carry the import out and return its plan."""
    with transaction.atomic():
        plan = plan_of(content, lock=True)
        plan.carry_out(by=by)
    return plan


def reasons(content: bytes) -> dict[int, list[str]]:
    """Line → why it is refused."""
    return {change.line: change.reasons for change in plan_of(content).changes if change.outcome == "refused"}
