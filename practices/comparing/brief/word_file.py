"""A Word document (ISO/IEC 29500) of headings, paragraphs, lists and tables in any language and direction."""

import re
from io import BytesIO

from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.table import WD_TABLE_DIRECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from citysolidarity.drawing import qr_code
from citysolidarity.drawing.paper import ACCENT, HEIGHT, INK, WIDTH
from citysolidarity.drawing.typesetting import reads_from_right

SIZES = {"Normal": 10.5, "Heading 1": 22, "Heading 2": 16, "Heading 3": 11.5}  # points
MARGIN, QR_CODE = 20, 24  # millimetres
# Characters that XML cannot hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class WordFile:
    """A text's language is a BCP 47 tag, "" for that of the page."""

    def __init__(self, title: str, footer: str):
        self.document = Document()
        self.language, self.is_rtl = get_language(), get_language_bidi()
        self.describe(title)
        self.set_styles()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
        self.write(section.footer.paragraphs[0], footer)

    def describe(self, title: str) -> None:
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = written(title)[:255], _("Cities of Solidarity"), ""
        properties.language = self.language
        properties.created = properties.modified = timezone.now().replace(tzinfo=None)

    def set_styles(self) -> None:
        styles = self.document.styles
        for name, size in SIZES.items():
            style = styles[name]
            style.font.size, style.font.color.rgb = Pt(size), RGBColor(*INK)
            style.paragraph_format.space_after = Pt(4)
        styles["Normal"].paragraph_format.line_spacing = 1.15
        for language in styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), self.language)
            language.set(qn("w:bidi"), self.language)

    def heading(self, text: str, level: int, language: str = "") -> None:
        self.write(self.document.add_paragraph(style=f"Heading {level}"), text, language)

    def paragraph(self, text: str, language: str = "", style: str | None = None, on_new_page: bool = False) -> None:
        paragraph = self.document.add_paragraph(style=style)
        paragraph.paragraph_format.page_break_before = on_new_page or None
        self.write(paragraph, text, language)

    def labelled(self, label: str, text: str, style: str) -> None:
        paragraph = self.document.add_paragraph(style=style)
        self.write(paragraph, f"{label}: ", is_bold=True)
        self.write(paragraph, text)

    def linked(self, text: str, address: str, *, language: str = "", style: str | None = None) -> None:
        """A text and an address that leads there."""
        paragraph = self.document.add_paragraph(style=style)
        self.write(paragraph, f"{text} ", language)
        link = OxmlElement("w:hyperlink")
        relation = self.document.part.relate_to(written(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
        run = self.run(paragraph, address)
        run.font.color.rgb, run.font.underline = RGBColor(*ACCENT), True
        link.append(run.font.element)
        paragraph.paragraph_format.element.append(link)

    def table(self, headings: list[str], widths: tuple[int, ...]) -> Table:
        """A table with this first row, which stands on every page; widths in mm."""
        table = self.document.add_table(1, len(headings), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for cell, heading, width in zip(table.rows[0].cells, headings, widths, strict=True):
            cell.width = Mm(width)
            self.write(cell.paragraphs[0], heading, is_bold=True)
        # The last row of the document so far: the table has no other.
        *_rows, first_row = self.document.element.iter(qn("w:tr"))
        first_row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        if self.is_rtl:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        return table

    def fill(self, cell, *lines: tuple[str, str, bool]) -> None:
        """Each line is a text, its language and whether it is bold."""
        for at, (text, language, is_bold) in enumerate(lines):
            self.write(cell.add_paragraph() if at else cell.paragraphs[0], text, language, is_bold=is_bold)

    def qr_code(self, text: str, description: str) -> None:
        self.document.add_picture(BytesIO(qr_code.png(text)), width=Mm(QR_CODE))
        for properties in self.document.element.iter(qn("wp:docPr")):
            if not properties.get("descr"):
                properties.set("descr", written(description))

    def write(self, paragraph: Paragraph, text: str, language: str = "", *, is_bold: bool = False) -> None:
        """Add the text in the direction of its letters; the paragraph takes that of its first text."""
        is_first = not paragraph.runs
        run = self.run(paragraph, text, language)
        run.font.bold = run.font.cs_bold = is_bold or None
        if is_first and self.reads_from_right(text, language):
            paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))

    def run(self, paragraph: Paragraph, text: str, language: str = "") -> Run:
        run = paragraph.add_run(written(text))
        properties = run.font.element.get_or_add_rPr()
        is_rtl = reads_from_right(text, language or self.language)
        if is_rtl:
            run.font.rtl = True
        if language and language != self.language:
            tag = OxmlElement("w:lang")
            tag.set(qn("w:bidi" if is_rtl else "w:val"), language)
            properties.append(tag)
        return run

    def reads_from_right(self, text: str, language: str) -> bool:
        return reads_from_right(text, language or self.language) if any(map(str.isalpha, text)) else self.is_rtl

    def finished(self) -> bytes:
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()


def written(text: str) -> str:
    return UNWRITABLE.sub("", text)
