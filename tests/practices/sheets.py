"""Spreadsheets as curators bring them, for the tests of import and export."""

import csv
import io

from django.db import transaction

from practices.models import Practice
from practices.sheets import Plan, read_sheet
from practices.sheets.export import export

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


def exported(kind="csv") -> bytes:
    return export(Practice.objects.order_by("pk"), kind)


def rows_of(content: bytes) -> list[dict]:
    """The rows of a CSV export, cells as they stand there."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def plan_of(content: bytes, name="practices.csv", **options) -> Plan:
    return Plan(read_sheet(name, content), **options)


def imported(content: bytes, by=None) -> Plan:
    """Carry the import out and return its plan."""
    with transaction.atomic():
        plan = plan_of(content, lock=True)
        plan.carry_out(by=by)
    return plan


def reasons(content: bytes) -> dict[int, list[str]]:
    """Line → why it is refused."""
    return {change.line: change.reasons for change in plan_of(content).changes if change.outcome == "refused"}
