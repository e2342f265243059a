"""Workbooks (ECMA-376) written as a stream: the first bytes leave at once, and nothing is held but one batch.

openpyxl would write the whole workbook before its first byte: a worker of the web server that is silent for so long is
taken for dead, and it takes four times as long.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from datetime import date
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from citysolidarity.desk.tables import LONGEST_CELL, cell_of

FIRST_DAY = date(1899, 12, 30)  # day 0 of a workbook
FAST = 1  # of zlib's levels: a tenth larger than the usual one, and three times as fast
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
BEGIN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Cells of style 1 are days, those of style 2 headings.
STYLES = (
    f'{BEGIN}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Workbook:
    """``take()`` gives the bytes that were written since it was last called."""

    def __init__(self, names: Iterable[str]):
        self.waiting: list[bytes] = []
        self.names = list(names)
        # A file that cannot be sought, since what is sent cannot be taken back.
        self.archive = ZipFile(self, "w", ZIP_DEFLATED, compresslevel=FAST)
        for name, text in self.parts().items():
            self.archive.writestr(name, text)

    def write(self, content: bytes) -> int:
        self.waiting.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """As zipfile expects of a file."""

    def take(self) -> bytes:
        content = b"".join(self.waiting)
        self.waiting.clear()
        return content

    @contextmanager
    def sheet(self, name: str, widths: Iterable[int], heading: Iterable[str]):
        """The open sheet, into which the bytes of ``rows`` are written; one after the other."""
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
        )
        with self.archive.open(f"xl/worksheets/sheet{self.names.index(name) + 1}.xml", "w") as file:
            file.write(
                f'{BEGIN}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"'
                f' topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{columns}</cols>'
                f"<sheetData><row>{''.join(cell(name, style=2) for name in heading)}</row>".encode()
            )
            yield file
            file.write(b"</sheetData></worksheet>")

    def parts(self) -> dict[str, str]:
        """Everything but the sheets, by file name."""
        numbers = range(1, len(self.names) + 1)
        listed = zip(numbers, self.names, strict=True)
        sheets = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in listed)
        files = [(f"worksheets/sheet{at}.xml", "worksheet") for at in numbers] + [("styles.xml", "styles")]
        links = "".join(
            f'<Relationship Id="rId{at}" Type="{RELATED}/{kind}" Target="{file}"/>'
            for at, (file, kind) in enumerate(files, 1)
        )
        kinds = "".join(
            f'<Override PartName="/xl/{file}" ContentType="{KIND}.{kind}+xml"/>'
            for file, kind in [*files, ("workbook.xml", "sheet.main")]
        )
        return {
            "[Content_Types].xml": f'{BEGIN}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
            f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>',
            "_rels/.rels": f'{BEGIN}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{BEGIN}<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{BEGIN}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
            "xl/styles.xml": STYLES,
        }


def rows(table: Iterable[Iterable]) -> bytes:
    return "".join(f"<row>{''.join(map(cell, row))}</row>" for row in table).encode()


def cell(value, style: int = 0) -> str:
    """A cell of its own kind: a number, a day, yes or no, or a text that no spreadsheet runs."""
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - FIRST_DAY).days}</v></c>'
    if len(value) > LONGEST_CELL - 100:  # what is escaped grows
        value = value[: LONGEST_CELL - 100] + " …"
    text = escape(cell_of(value) or "")
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
