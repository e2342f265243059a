"""Sheets of A4 in the site's typefaces, for texts in any script."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unicodedata import combining

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import Align, TextDirection, WrapMode, XPos, YPos
from fpdf.line_break import Fragment

from citysolidarity.drawing import typefaces
from citysolidarity.drawing.qr_code import modules
from citysolidarity.drawing.structure import Element, Structure, with_structure
from citysolidarity.drawing.typesetting import has_letters_from_right, reads_from_right

# The colours of design/README.md, as they are printed.
NIGHT, SUN, ACCENT, TEAL = (22, 35, 59), (242, 180, 65), (194, 65, 12), (15, 94, 99)
PAPER, INK, MUTED, LINE = (251, 247, 240), (28, 34, 51), (90, 96, 114), (227, 220, 207)
WIDTH, HEIGHT = 210, 297  # millimetres of A4
POINT = 0.3528  # millimetres


class Paper(FPDF):
    """A PDF that finds the typefaces of each text, joins Arabic letters and orders them."""

    def __init__(self, folder: Path, margin: float):
        """``folder`` must exist until the PDF is finished: fonts are read from it. ``margin`` in millimetres."""
        super().__init__(format="A4")
        self.folder = folder
        self.set_margins(margin, margin)
        self.set_auto_page_break(False)
        self.set_author(_("Cities of Solidarity"))
        self.set_text_shaping(use_shaping_engine=True)
        self.lengths: dict[tuple[str, str], float] = {}
        self.structure = Structure()
        self.is_measuring = False

    def height_of(self, draw: Callable[[], None]) -> float:
        """The height in mm that ``draw`` would take from here on; it prints nothing."""
        top, structure = self.get_y(), self.structure
        self.structure, self.is_measuring = Structure(), True
        draw()
        height = self.get_y() - top
        self.structure, self.is_measuring = structure, False
        self.set_y(top)
        return height

    def finished(self) -> bytes:
        return with_structure(bytes(self.output()), self.structure)

    @contextmanager
    def part(self, role: str, **more) -> Iterator[Element]:
        """What the block draws belongs to an element of this role, such as ``Table``; more as in Element."""
        with self.structure.element(role, **more) as element:
            yield element

    @contextmanager
    def piece(self, role: str, **more) -> Iterator[None]:
        """What the block draws is itself an element, such as a paragraph. It holds no other piece."""
        with self.structure.element(role, **more), self.marked(role):
            yield

    @contextmanager
    def text_piece(self, role: str, text: str, language: str = "") -> Iterator[None]:
        """The same for a text. Letters that run from the right are drawn in the order of the eye: the text is told, too."""
        with self.piece(role, language=language, spoken=text if has_letters_from_right(text) else ""):
            yield

    @contextmanager
    def marked(self, role: str) -> Iterator[None]:
        """What the block draws is content of the element that is open."""
        piece = self.structure.next_piece(self.page)
        self.operate(f"/{role} <</MCID {piece.number}>> BDC")
        yield
        self.operate("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What the block draws says nothing: lines, grounds, a mark. It is not read aloud."""
        self.operate("/Artifact BMC")
        yield
        self.operate("EMC")

    def operate(self, operators: str) -> None:
        """Write operators of the page's content that fpdf2 has no method for."""
        if self.is_measuring:
            return
        self.pages[self.page].contents.extend(f"{operators}\n".encode())

    def link_area(self, x: float, y: float, width: float, height: float, address: str) -> None:
        """A rectangle in mm that leads to the address; it belongs to the open element, which has to be a ``Link``."""
        if self.is_measuring:
            return
        self.link(x, y, width, height, address)
        self.structure.next_link(self.page, address)

    def _parse_chars(self, text: str, markdown: bool, **more) -> Iterator[Fragment]:
        """The pieces that are shaped, each by itself; fpdf2's own end at every vowel mark.

        A mark belongs to the script of the letter before it (Unicode calls that "inherited"), and so does what follows:
        shaped alone, the letters around it would not join.
        """
        pieces: list[Fragment] = []
        for piece in super()._parse_chars(text, markdown, **more):
            before = pieces[-1] if pieces else None
            marked = before and any(map(combining, (before.characters[-1], piece.characters[0])))
            if marked and before.font.fontkey == piece.font.fontkey:
                before.characters += piece.characters
            else:
                pieces.append(piece)
        yield from pieces

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
        with self.direction(reads_from_right(text, language or get_language())):
            self.multi_cell(width, size * height * POINT, text, align=align, **more)

    def broken(self, text: str, family: str, size: float, width: float, language: str = "") -> list[str]:
        """Break the text into lines of at most ``width`` mm; a word that is longer is broken, too.

        A line that ends between two words ends in a space, or else a reader would hear them as one. Each word is measured
        once: the library's own method shapes every line again for every letter.
        """
        self.typeset(text, family, size, language)
        space = self.length("n n") - 2 * self.length("n")
        lines = []
        for paragraph in text.split("\n"):
            line, taken = "", 0.0
            for word, begins in self.pieces(paragraph, width):
                length = self.length(word)
                if line and taken + space + length > width:
                    lines.append(f"{line} " if begins else line)
                    line, taken = "", 0.0
                line, taken = (f"{line} {word}", taken + space + length) if line else (word, length)
            lines.append(f"{line} ")
        lines[-1] = lines[-1].rstrip()
        return lines

    def pieces(self, text: str, width: float) -> Iterator[tuple[str, bool]]:
        """The words of a text; one longer than ``width`` mm, such as an address, in parts. True where a word begins."""
        for word in text.split():
            begins = True
            while self.length(word) > width:
                part = max(1, int(len(word) * width / self.length(word)))
                while part > 1 and self.length(word[:part]) > width:
                    part -= 1
                # Such as a web address: after its last / or else -, unless more than half of the line would stay empty.
                part = next((cut for sign in "/-" if 2 * (cut := word.rfind(sign, 0, part) + 1) > part), part)
                yield word[:part], begins
                word, begins = word[part:], False
            yield word, begins

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
        if self.is_measuring:
            return
        self.c_margin = 0
        with self.direction(rtl):
            for at, line in enumerate(lines):
                # A space at the end of a line hangs over the edge of the column.
                hanging = self.get_string_width(" ") if line.endswith(" ") and rtl != at_right else 0
                self.name_font_again()
                self.set_xy(x - (hanging if rtl else 0), y + at * step)
                self.cell(width + hanging, step, line, align=Align.R if at_right else Align.L)

    @contextmanager
    def direction(self, rtl: bool) -> Iterator[None]:
        """In which direction the texts of the block begin; by itself the library goes by the first letter of each."""
        self.text_shaping["direction"] = TextDirection.RTL if rtl else TextDirection.LTR
        yield
        self.text_shaping["direction"] = None

    def qr_code(self, text: str, x: float, y: float, side: float) -> None:
        """Draw a text as a QR code of this width in mm, its quiet zone included."""
        if self.is_measuring:
            return
        rows = modules(text)
        module = side / len(rows)
        self.set_fill_color(*INK)
        for at, row in enumerate(rows):
            start = 0
            while start < len(row):
                end = start + 1
                while end < len(row) and row[end] == row[start]:
                    end += 1
                if row[start]:
                    self.rect(x + start * module, y + at * module, (end - start) * module, module, style="F")
                start = end

    def box_of(self, x: float, y: float, width: float, height: float) -> dict[str, dict]:
        """Where a picture lies, as the attributes of its element; the arguments in mm from the top left."""
        left, top, right, bottom = (round(self.k * side, 1) for side in (x, self.h - y, x + width, self.h - y - height))
        return {"Layout": {"BBox": [left, bottom, right, top], "Placement": "Block"}}

    def mark(self, x: float, y: float, radius: float) -> None:
        """The site's mark: two circles beside each other, with their middle at this position."""
        for shift, colour in ((-0.457, ACCENT), (0.457, SUN)):
            self.set_fill_color(*colour)
            self.circle(x + shift * radius, y, radius, style="F")
