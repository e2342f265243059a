"""The table of entries in a file: which sheet, which line is the heading, and what stands below it."""

from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from citysolidarity.desk.tables import BadSheet
from practices.spreadsheets.columns import column_of, likely
from practices.spreadsheets.formats import Unusable, tables_of

MOST_ROWS = 5_000  # at the desk; the command import_practices takes MANY
MANY = 100_000
LOOKED_AT = 20  # lines among which the heading is
SHEETS = 10


@dataclass(frozen=True)
class Spreadsheet:
    """A file's name, its columns as they are headed, and its rows: (line, column → text). Blank rows are left out."""

    name: str
    columns: list[str]
    rows: list[tuple[int, dict[str, str]]]
    heading: int = 1
    letters: dict[str, str] = field(default_factory=dict)

    def renamed(self, columns: dict[str, str], fixed: dict[str, str]) -> "Spreadsheet":
        """The same with our columns: ``columns`` are theirs → ours ("" leaves one out), ``fixed`` fills empty cells."""
        kept = {theirs: ours for theirs in self.columns if (ours := columns.get(theirs))}
        rows = [(line, {ours: row[theirs] for theirs, ours in kept.items()}) for line, row in self.rows]
        for _line, row in rows:
            for column, text in fixed.items():
                # What is said of a source is said where the row has one.
                about = "source 1 url" if column.startswith("source 1 ") else None
                if not row.get(column, "").strip() and (about is None or row.get(about, "").strip()):
                    row[column] = text
        letters = {ours: self.letters.get(theirs, "") for theirs, ours in kept.items()}
        return Spreadsheet(self.name, list(dict.fromkeys([*kept.values(), *fixed])), rows, self.heading, letters)


def read_sheet(name: str, content: bytes, most_rows: int = MANY) -> Spreadsheet:
    """Reads CSV or XLSX: of all sheets the one, and of its first lines the one, that name most of our columns.

    Raises BadSheet where the file is neither, or has a column twice or more rows than may be.
    """
    title, heading = _find_heading(tables_of(content))
    lines = tables_of(content)[title]()
    columns: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    for line, cells in lines:
        if line < heading:
            continue
        if line == heading:
            columns = _columns(cells)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            raise BadSheet(_("Line %d has more cells than there are columns.") % line)
        if len(rows) == most_rows:
            raise BadSheet(too_many(most_rows))
        row = dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))
        rows.append((line, row))
    if unnamed := [column for column in columns if not column and any(row[""].strip() for _line, row in rows)]:
        raise BadSheet(_("These columns stand there twice or have no name: %s") % ", ".join(map(repr, unnamed)))
    letters = {column: get_column_letter(place) for place, column in enumerate(columns, start=1)}
    named = [column for column in columns if column]
    return Spreadsheet(name, named, [(line, {c: row[c] for c in named}) for line, row in rows], heading, letters)


def too_many(most_rows: int) -> str:
    return _("The file has more than %(rows)s rows. Split it, please.") % {"rows": f"{most_rows:,}"}


def _columns(cells: list[str]) -> list[str]:
    columns = [" ".join(cell.split()).casefold() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    if twice := sorted({column for column in columns if column and columns.count(column) > 1}):
        raise BadSheet(_("These columns stand there twice or have no name: %s") % ", ".join(map(repr, twice)))
    return columns


def _find_heading(tables) -> tuple[str, int]:
    """The sheet and the line with most names of our columns, else those that look most like it; BadSheet where all is empty."""
    best, found = (-1, -1, 0), None
    for place, (title, read) in enumerate(list(tables.items())[:SHEETS]):
        for line, cells in islice(read(), LOOKED_AT):
            named = [cell for cell in cells if cell.strip() and not isinstance(cell, Unusable) and len(cell) < 100]
            if not named:
                continue
            known = sum(1 for cell in named if column_of(cell))
            alike = sum(1 for cell in named if likely(cell)) if known < 2 else 0
            # Of equals the first line is taken; a lone title is no heading where a row of several cells follows.
            score = (known, alike, min(len(named), 2))
            if found is None or score > best:
                best, found = score, (title, line)
        if place == 0 and best[0] > 2:
            break
    if found is None:
        raise BadSheet(_("The file is empty: it has no line with “slug” or other names of columns."))
    return found
