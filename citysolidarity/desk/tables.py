"""Rows of texts and numbers as CSV or XLSX. A text that a spreadsheet would run gets an apostrophe."""

import csv
import io
import re

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from citysolidarity.forms.formula_guard import guard

LONGEST_CELL = 32_767  # characters; what Excel keeps of a cell
# Not in a workbook, where XML can't hold them; nobody can see them.
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Excel writes a character as _x000D_; a text that reads so is written with its first sign as such (ECMA-376, 22.9.2.19).
LOOKS_WRITTEN_OUT = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
WIDTHS = (8, 60)  # of a column, in characters
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class BadSheet(ValueError):
    """The file as a whole can't be read, or written; its text is a sentence for the curator."""


def write_csv(rows) -> bytes:
    """UTF-8 with its mark, without which Excel spoils every accent."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(rows, name: str = "rows", finish=None) -> bytes:
    """A workbook; its first row is the heading. BadSheet where a text is longer than a cell holds.

    ``finish`` may add to the book and its sheet (of openpyxl), given the columns.
    """
    table = [[guarded(cell) for cell in row] for row in rows]
    for row in table:
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in row):
            raise BadSheet(_("A text of “%s” is longer than a cell of a workbook holds: take CSV.") % row[0])
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for column, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in table:
        # An empty cell is left out: it would weigh as much as a full one.
        sheet.append([escaped(cell) for cell in row])
    if finish:
        finish(book, sheet, table[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _widths(rows) -> list[int]:
    least, most = WIDTHS
    # The first lines tell enough of a long list.
    columns = zip(*rows[:100], strict=False)
    return [min(most, max(least, *(len(str(cell)) + 4 for cell in column))) for column in columns]


def guarded(cell):
    return guard(cell) if isinstance(cell, str) else cell


def escaped(cell):
    if not isinstance(cell, str):
        return cell
    return LOOKS_WRITTEN_OUT.sub("_x005F_", UNSPEAKABLE.sub("", cell)) or None


def cell_of(value):
    """What a workbook may hold: no formula, no sign that XML can't hold; None for an empty cell."""
    return escaped(guarded(value))


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
