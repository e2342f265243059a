"""CSV and XLSX as rows of texts, and back."""

import csv
import io
import zipfile
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from practices.sheets.formulas import guard, unguard

LONGEST_CELL = 32_767  # characters; what Excel keeps of a cell
LARGEST_UNPACKED = 500_000_000  # bytes; a workbook of 5,000 entries unpacks to some 40 million
DELIMITERS = ",;\t"


class BadSheet(ValueError):
    """The file as a whole can't be read, or written; its text is a sentence for the curator."""


@dataclass(frozen=True)
class Sheet:
    """A file's name, its columns, and its rows: (line in the file, column → text). Blank rows are left out."""

    name: str
    columns: list[str]
    rows: list[tuple[int, dict[str, str]]]


def read_sheet(name: str, content: bytes) -> Sheet:
    """Reads CSV (comma, semicolon or tab; UTF-8, with or without its mark) or XLSX (its first sheet).

    Raises BadSheet where it is neither, has no column ``slug``, a column twice, or a formula.
    """
    lines = _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    header = next(lines, (0, []))[1]
    columns = [column.strip().casefold() for column in header]
    while columns and not columns[-1]:
        columns.pop()
    if "slug" not in columns:
        raise BadSheet(_("The first line names the columns, and one of them is “slug”: here it is not."))
    if twice := sorted({column for column in columns if columns.count(column) > 1 or not column}):
        raise BadSheet(_("These columns stand there twice or have no name: %s") % ", ".join(map(repr, twice)))
    rows = []
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            raise BadSheet(_("Line %d has more cells than there are columns.") % line)
        rows.append((line, dict(zip(columns, chain(cells, [""] * len(columns)), strict=False))))
    return Sheet(name, columns, rows)


def write_csv(rows) -> bytes:
    """Rows of texts and numbers as CSV in UTF-8 with its mark, without which Excel spoils every accent."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(rows) -> bytes:
    """Rows of texts and numbers as a workbook of one sheet; BadSheet where a text is longer than a cell holds."""
    guarded = [[_guarded(cell) for cell in row] for row in rows]
    for row in guarded:
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in row):
            raise BadSheet(_("A text of “%s” is longer than a cell of a workbook holds: take CSV.") % row[0])
    book = Workbook(write_only=True)
    sheet = book.create_sheet("practices")
    sheet.freeze_panes = "B2"
    for row in guarded:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _guarded(cell):
    return guard(cell) if isinstance(cell, str) else cell


def _csv(content: bytes):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet(
            _("The file is not UTF-8 (byte %d). In Excel, save it as “CSV UTF-8” or as a workbook.") % (error.start + 1)
        ) from None
    if "\0" in text:
        raise BadSheet(_("The file is neither CSV nor a workbook (XLSX)."))
    # A cell may hold as much as the file does; Python's own limit is 131,072 characters.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, [_lines(unguard(cell)) for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise BadSheet(_("Line %(line)d is not CSV (%(error)s).") % {"line": start, "error": error}) from None


def _xlsx(content: bytes):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise BadSheet(_("The workbook is too large when it is unpacked."))
        book = load_workbook(io.BytesIO(content), read_only=True)
        for line, cells in enumerate(book.worksheets[0].iter_rows(), start=1):
            yield line, [_text(cell) for cell in cells]
        book.close()
    except BadSheet:
        raise
    except Exception as error:  # openpyxl lets out whatever a damaged file makes it stumble over
        raise BadSheet(_("The workbook can't be read (%s).") % type(error).__name__) from error


def _text(cell) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        raise BadSheet(_("Cell %s holds a formula: paste its value instead.") % cell.coordinate)
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return _lines(unguard(cell.value)) if isinstance(cell.value, str) else str(cell.value)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
