"""Sheets of A4 in the site's typefaces, whatever script a text is in. Knows nothing of what is printed."""

from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, WrapMode, XPos, YPos

from citysolidarity import typefaces

# The colours of design/README.md, as they are printed.
NIGHT, SUN, ACCENT, TEAL = (22, 35, 59), (242, 180, 65), (194, 65, 12), (15, 94, 99)
PAPER, INK, MUTED, LINE = (251, 247, 240), (28, 34, 51), (90, 96, 114), (227, 220, 207)
WIDTH, HEIGHT = 210, 297  # millimetres of A4
POINT = 0.3528  # millimetres
SITE_NAME = "Cities of Solidarity"


class Paper(FPDF):
    """A PDF that finds the typefaces each text needs, joins Arabic letters and puts them in order."""

    def __init__(self, folder: Path, margin: float):
        """``folder`` must be there until the sheets are finished: fonts are read from it. ``margin`` in millimetres."""
        super().__init__(format="A4")
        self.folder = folder
        self.set_margins(margin, margin)
        self.set_auto_page_break(False)
        self.set_author(SITE_NAME)
        self.set_text_shaping(use_shaping_engine=True)

    def typeset(self, text: str, family: str, size: float) -> None:
        """Chooses the family, with all the others that the text needs; ``size`` in points."""
        further = typefaces.further_for(text, family) or []
        for one in (family, *further):
            if one not in self.fonts:
                self.add_font(one, fname=typefaces.write_file(one, self.folder))
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
        **more,
    ) -> None:
        """Prints a text from where the pen stands, ``size`` in points, ``width`` in mm (0: up to the margin).

        The pen ends at the left margin below.
        """
        self.typeset(text, family, size)
        self.set_text_color(*colour)
        more = {"wrapmode": WrapMode.WORD} | more
        self.multi_cell(
            width, size * height * POINT, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT, **more
        )  # fmt: skip

    def mark(self, x: float, y: float, radius: float) -> None:
        """The site's mark: two circles beside each other, their middle at this place."""
        for shift, colour in ((-0.457, ACCENT), (0.457, SUN)):
            self.set_fill_color(*colour)
            self.circle(x + shift * radius, y, radius, style="F")
