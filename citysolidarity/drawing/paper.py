"""Sheets of A4 in the site's typefaces, for texts in any script."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, TextDirection, WrapMode, XPos, YPos

from citysolidarity.drawing import typefaces

# The colours of design/README.md, as they are printed.
NIGHT, SUN, ACCENT, TEAL = (22, 35, 59), (242, 180, 65), (194, 65, 12), (15, 94, 99)
PAPER, INK, MUTED, LINE = (251, 247, 240), (28, 34, 51), (90, 96, 114), (227, 220, 207)
WIDTH, HEIGHT = 210, 297  # millimetres of A4
POINT = 0.3528  # millimetres
SITE_NAME = "Cities of Solidarity"


class Paper(FPDF):
    """A PDF that finds the typefaces of each text, joins Arabic letters and orders them."""

    def __init__(self, folder: Path, margin: float):
        """``folder`` must exist until the PDF is finished: fonts are read from it. ``margin`` in millimetres."""
        super().__init__(format="A4")
        self.folder = folder
        self.set_margins(margin, margin)
        self.set_auto_page_break(False)
        self.set_author(SITE_NAME)
        self.set_text_shaping(use_shaping_engine=True)
        self.lengths: dict[tuple[str, str], float] = {}

    def name_font_again(self) -> None:
        """Let the next text name its font.

        After a line that begins in a fallback font fpdf2 does not, and the next line is drawn with the wrong glyphs.
        """
        self.current_font_is_set_on_page = False

    def typeset(self, text: str, family: str, size: float, language: str = "") -> None:
        """Set the family and its fallbacks for a text; ``size`` in points, ``language`` if known."""
        further = typefaces.further_for(text, family, language) or []
        for name in (family, *further):
            if name not in self.fonts:
                self.add_font(name, fname=typefaces.write_file(name, self.folder))
        self.set_fallback_fonts(further, exact_match=False)
        self.set_font(family, size=size)

    def lines(
        self,
        text: str,
        family: str,
        size: float,
        colour,
        *,
        align=Align.L,
        width: float = 0,
        height: float = 1.3,
        language: str = "",
        **more,
    ) -> None:
        """Print a text at the current position; ``size`` in points, ``width`` in mm (0: up to the margin).

        The position is then the left margin below.
        """
        self.typeset(text, family, size, language)
        self.name_font_again()
        self.set_text_color(*colour)
        more = {"wrapmode": WrapMode.WORD, "new_x": XPos.LMARGIN, "new_y": YPos.NEXT} | more
        self.multi_cell(width, size * height * POINT, text, align=align, **more)

    def broken(self, text: str, family: str, size: float, width: float) -> list[str]:
        """Break the text into lines of at most ``width`` mm; a word that is longer is broken, too.

        Each word is measured once: the library's own method shapes every line again for every letter.
        """
        self.typeset(text, family, size)
        space = self.length("n n") - 2 * self.length("n")
        lines = []
        for paragraph in text.split("\n"):
            line, taken = "", 0.0
            for word in self.pieces(paragraph, width):
                length = self.length(word)
                if line and taken + space + length > width:
                    lines.append(line)
                    line, taken = "", 0.0
                line, taken = (f"{line} {word}", taken + space + length) if line else (word, length)
            lines.append(line)
        return lines

    def pieces(self, text: str, width: float) -> Iterator[str]:
        """The words of a text; one longer than ``width`` mm, such as an address, in parts."""
        for word in text.split():
            while self.length(word) > width:
                part = max(1, int(len(word) * width / self.length(word)))
                while part > 1 and self.length(word[:part]) > width:
                    part -= 1
                yield word[:part]
                word = word[part:]
            yield word

    def length(self, word: str) -> float:
        """The length of a word in mm, in the current font."""
        key = word, self.font_family
        if key not in self.lengths:
            self.lengths[key] = self.get_string_width(word) / self.font_size_pt
        return self.lengths[key] * self.font_size_pt

    def put(
        self, lines: Iterable[str], x: float, y: float, width: float, step: float, *, rtl: bool, at_right: bool
    ) -> None:
        """Print lines in the current font, ``step`` mm apart, at the left or right of a column ``width`` mm wide."""
        self.text_shaping["direction"] = TextDirection.RTL if rtl else TextDirection.LTR
        self.c_margin = 0
        for at, line in enumerate(lines):
            self.name_font_again()
            self.set_xy(x, y + at * step)
            self.cell(width, step, line, align=Align.R if at_right else Align.L)
        self.text_shaping["direction"] = None

    def mark(self, x: float, y: float, radius: float) -> None:
        """The site's mark: two circles beside each other, with their middle at this position."""
        for shift, colour in ((-0.457, ACCENT), (0.457, SUN)):
            self.set_fill_color(*colour)
            self.circle(x + shift * radius, y, radius, style="F")
