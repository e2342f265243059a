"""A sheet of paper for briefs: the band at its head, texts in columns, labels beside texts, links, the foot."""

from datetime import date
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from citysolidarity.drawing.paper import ACCENT, HEIGHT, INK, LINE, NIGHT, PAPER, POINT, WIDTH, Paper
from citysolidarity.drawing.typefaces import HEADING, TEXT, letters_missing
from citysolidarity.drawing.typesetting import reads_from_right
from practices.comparing.brief.shortening import MARK

# Millimetres.
MARGIN, BAND, FOOT = 18, 15, 21
GAP = 4
WHOLE = WIDTH - 2 * MARGIN
# Points, the largest that fits is taken; smaller would be hard to read on paper.
SIZES = (10.5, 10, 9.5, 9, 8.5)
LEADING = 1.36


class BriefPaper(Paper):
    def __init__(self, folder: Path, today: date):
        super().__init__(folder, MARGIN)
        self.today = today
        self.is_rtl = get_language_bidi()

    def new_sheet(self) -> None:
        self.add_page()
        with self.decoration():
            self.set_fill_color(*NIGHT)
            self.rect(0, 0, WIDTH, BAND, style="F")
            self.mark(WIDTH - MARGIN - 5 if self.is_rtl else MARGIN + 5, BAND / 2, 3.2)
        shift = 0 if self.is_rtl else 12
        with self.piece("P"):
            self.text_at(
                _("Cities of Solidarity"), MARGIN + shift, BAND / 2 - 2.6, WHOLE - 12, 11, PAPER, self.is_rtl, HEADING
            )
        self.set_y(BAND + 7)

    def text_at(self, text, x, y, width, size, colour=INK, at_right=None, family=TEXT, language="") -> float:
        """A text in a column, at the side where it begins unless one is given; returns its height."""
        text = writable(text)
        lines = self.broken(text, family, size, width, language)
        step = size * (LEADING if family == TEXT else 1.2) * POINT
        self.set_text_color(*colour)
        rtl = reads_from_right(text, language or get_language())
        self.put(lines, x, y, width, step, rtl=rtl, at_right=rtl if at_right is None else at_right)
        return step * len(lines)

    def paragraph(self, role: str, text: str, *place, language: str = "", **more) -> float:
        """The same as a piece of the document with this role, such as ``P``, in this language if not in the page's."""
        with self.text_piece(role, writable(text), language):
            return self.text_at(text, *place, language=language, **more)

    def below(self, role: str, text: str, size: float, colour, after: float, family=TEXT, language="") -> None:
        """The same over the whole width, below what was printed last; ``after`` in mm is the space that follows."""
        top = self.get_y()
        height = self.paragraph(role, text, MARGIN, top, WHOLE, size, colour, family=family, language=language)
        self.set_y(top + height + after)

    def address(
        self, address: str, x: float, y: float, width: float, size: float, at_right: bool | None = None, colour=ACCENT
    ) -> float:
        """An address that leads there, in full; returns its height."""
        with self.part("Link"):
            with self.marked("Link"):
                height = self.text_at(address, x, y, width, size, colour, at_right)
            self.link_area(x, y, width, height, address)
        return height

    def hairline(self, y: float) -> None:
        if not self.is_measuring:
            with self.decoration():
                self.set_draw_color(*LINE)
                self.line(MARGIN, y, WIDTH - MARGIN, y)

    def beside(self, label: float, x: float, width: float) -> tuple[float, float, float]:
        """The left sides of a label and its text in a column, and the width of the text."""
        wide = width - label - GAP
        return (x + wide + GAP, x, wide) if self.is_rtl else (x, x + label + GAP, wide)

    @property
    def made(self) -> str:
        day = date_format(self.today, "DATE_FORMAT")
        return _("Printed from Cities of Solidarity on %(day)s. CC BY 4.0.") % {"day": day}

    @property
    def foot_top(self) -> float:
        return HEIGHT - FOOT


def writable(text: str) -> str:
    """The text, words that none of the typefaces can write replaced by a mark: a word with holes is worse than none."""
    if not letters_missing(text):
        return text
    return "\n".join(
        " ".join(MARK.strip() if letters_missing(word) else word for word in line.split(" "))
        for line in text.split("\n")
    )
