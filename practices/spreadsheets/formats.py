"""The cells of a CSV file or a workbook as texts, line by line. Every bound is kept while the file is read.

A cell that says nothing (a formula, an error) comes as ``Unusable``: only whoever needs it has to refuse it.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, time
from itertools import count

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from citysolidarity.desk.tables import BadSheet
from citysolidarity.forms.formula_guard import unguard

MOST_CELLS = 7_000  # of a line; an entry with a thousand sources has some 6,000
# A workbook of 5,000 entries unpacks to some 40 million bytes with two million tags. What is no cell (styles above all, of
# which Excel itself allows 65,490) is dear, whatever the part is called that it stands in; so are shared strings.
MOST_UNPACKED, MOST_PARTS = 200_000_000, 2_000
MOST_TAGS, MOST_STRINGS, MOST_OTHERS = 4_000_000, 400_000, 200_000
STRING = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
OTHER = re.compile(rb"<(?![/?!])(?!(?:[\w.-]+:)?(?:row|c|v|is|t|f|r|si)[\s/>])")
CHUNK = 1_000_000
DELIMITERS = ",;\t|"
HINT = re.compile(
    r'"?sep=(?P<delimiter>[,;\t|])"?\r?(?:\n|$)', re.IGNORECASE
)  # for Excel alone, which shows no line of it
WRITTEN_OUT = re.compile(r"_x([0-9A-Fa-f]{4})_")
# As Excel and LibreOffice write them in the languages they are most used in.
ERRORS = (
    "NULL! DIV/0! VALUE! REF! NAME? NUM! N/A GETTING_DATA SPILL! CALC! FIELD! BLOCKED! CONNECT! UNKNOWN! BUSY! EXTERNAL! "
    "PYTHON! BEZUG! WERT! ZAHL! NV ÜBERLAUF! VALEUR! NOM? NOMBRE! ¡VALOR! ¡REF! ¿NOMBRE? ¡NUM! ¡DIV/0! ¡NULO! N/D VALOR! "
    "NOME? NÚM! RIF! VALORE! WAARDE! VERW! NAAM? GETAL! DEEL/0! ARG! ADR! NAZWA? LICZBA! ЗНАЧ! ССЫЛКА! ИМЯ? ЧИСЛО! Н/Д "
    "ДЕЛ/0! DEĞER! BAŞV! AD? SAYI! YOK"
)
ERROR = re.compile(rf"#(?:{'|'.join(map(re.escape, ERRORS.split()))})|Err:\d{{3}}")
OTHER_KINDS = {
    "application/vnd.oasis.opendocument": "an OpenDocument sheet",
    "word/": "a text of Word",
    "ppt/": "slides of PowerPoint",
    "xl/workbook.bin": "a binary workbook (XLSB)",
    "Index/": "a sheet of Numbers",
}
type Lines = Iterator[tuple[int, list[str]]]


class Unusable(str):
    """The text of a cell that is no value; ``why`` ends a sentence about it."""

    why = ""

    @classmethod
    def because(cls, text: str, why: str) -> "Unusable":
        cell = cls(text)
        cell.why = why
        return cell


def tables_of(content: bytes) -> dict[str, Callable[[], Lines]]:
    """The sheets of a workbook by their names, or the one table of a CSV file (comma, semicolon, tab; UTF-8).

    Each can be read as often as one likes: (line as a spreadsheet program counts it, cells). Reading raises BadSheet.
    """
    if content.startswith(b"PK\x03\x04"):
        return _sheets(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadSheet(_("This is an old workbook (XLS), or one with a password: save it as XLSX without a password."))
    text = _decoded(content)
    return {"": lambda: _csv(text)}


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet(
            _("The file is not UTF-8 (byte %d). In Excel, save it as “CSV UTF-8” or as a workbook.") % (error.start + 1)
        ) from None
    if "\0" in text:
        raise BadSheet(_("The file is neither CSV nor a workbook (XLSX)."))
    return text


def _csv(text: str) -> Lines:
    # A cell may hold as much as the file does; Python's own limit is 131,072 characters.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    hint = HINT.match(text)
    body = text[hint.end() :] if hint else text
    delimiter = hint["delimiter"] if hint else _delimiter(body)
    fed = 0

    def fed_lines():
        # Counted before csv makes cells of them: a line may be as long as the file.
        nonlocal fed
        for line in io.StringIO(body, newline=""):
            fed += line.count(delimiter)
            if fed > MOST_CELLS * 10:
                raise BadSheet(_("Line %d has too many cells.") % number)
            yield line

    reader = csv.reader(fed_lines(), delimiter=delimiter, strict=True)
    number = 1
    try:
        for number in count(1):
            cells = next(reader, None)
            if cells is None:
                return
            fed = 0
            yield number, [_csv_cell(cell) for cell in cells]
    except csv.Error as error:
        raise BadSheet(_("Line %(line)d is not CSV (%(error)s).") % {"line": number, "error": error}) from None


def _delimiter(text: str) -> str:
    """What parts most cells in the first lines: a title may stand above the heading, with a comma in it."""
    first = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    in_heading = max(DELIMITERS, key=first[0].count) if first else ","
    if first and first[0].count(in_heading) > 1:
        return in_heading
    return max(DELIMITERS, key=lambda mark: sorted(line.count(mark) for line in first)[len(first) // 2] if first else 0)


def _csv_cell(cell: str) -> str:
    text = _lines(unguard(cell))
    return Unusable.because(text, _("is an error of the spreadsheet")) if ERROR.fullmatch(text) else text


def _sheets(content: bytes) -> dict[str, Callable[[], Lines]]:
    try:
        _check_parts(content)
        book = load_workbook(io.BytesIO(content), read_only=True)
        return {sheet.title: lambda sheet=sheet: _sheet(sheet) for sheet in book.worksheets}
    except BadSheet:
        raise
    except Exception as error:  # openpyxl lets out whatever a damaged file makes it stumble over
        raise _unreadable(error) from error


def _check_parts(content: bytes) -> None:
    """Unpacks every part once, piece by piece, before anything is made of it."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        names = [part.filename for part in parts]
        if "mimetype" in names:
            names.append(packed.open("mimetype").read(100).decode("ascii", "replace"))
        for start, kind in OTHER_KINDS.items():
            if any(name.startswith(start) for name in names):
                raise BadSheet(_("This is %(kind)s: save it as XLSX or CSV.") % {"kind": kind})
        if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
            raise BadSheet(_("This is a packed file (ZIP): unpack it, and choose the sheet in it."))
        unpacked = tags = strings = others = 0
        for part in parts[: MOST_PARTS + 1]:
            with packed.open(part) as stream:
                while piece := stream.read(CHUNK):
                    unpacked, tags = unpacked + len(piece), tags + piece.count(b"<")
                    strings += len(STRING.findall(piece))
                    # Pictures hold some by chance: one in 256 bytes.
                    others += len(OTHER.findall(piece))
                    spent = (
                        (unpacked, MOST_UNPACKED),
                        (tags, MOST_TAGS),
                        (strings, MOST_STRINGS),
                        (others, MOST_OTHERS),
                    )
                    if any(much > most for much, most in spent):
                        raise _too_large()
        if len(parts) > MOST_PARTS:
            raise _too_large()


def _sheet(sheet) -> Lines:
    try:
        # Several programs write a size that is not the sheet's: all rows are read, whatever it says.
        sheet.reset_dimensions()
        for line, cells in enumerate(sheet.iter_rows(), start=1):
            if len(cells) > MOST_CELLS:
                cells = cells[: MOST_CELLS + 1]
            yield line, [_text(cell) for cell in cells]
    except Exception as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> BadSheet:
    return BadSheet(_("The workbook cannot be read (%s).") % type(error).__name__)


def _too_large() -> BadSheet:
    return BadSheet(_("The workbook is too large when it is unpacked. Split it, or leave out other sheets."))


def _text(cell) -> str:
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind == "f":
        return Unusable.because(str(value), _("holds a formula: paste its value instead"))
    if kind == "e":
        return Unusable.because(str(value), _("is an error of the spreadsheet"))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if not isinstance(value, str):
        return str(value)
    return _lines(unguard(WRITTEN_OUT.sub(lambda match: chr(int(match[1], 16)), value)))


def _lines(text: str) -> str:
    # CSV has them from programs that read a workbook and did not know them.
    text = re.sub("_x000D_\n?", "\n", text, flags=re.IGNORECASE)
    return text.replace("\r\n", "\n").replace("\r", "\n")
