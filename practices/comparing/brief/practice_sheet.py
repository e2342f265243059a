"""A practice on one sheet of paper: what there is no room for is cut, and marked with where to read on."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citysolidarity.drawing.paper import ACCENT, INK, MUTED, WIDTH
from citysolidarity.drawing.typefaces import HEADING, TEXT
from citysolidarity.drawing.typesetting import reads_from_right
from practices.comparing.brief.content import Brief, BriefPart
from practices.comparing.brief.sheet import GAP, MARGIN, SIZES, WHOLE, BriefPaper

# Millimetres.
LABEL, NARROW_LABEL, QR_CODE = 34, 30, 19
LONG_TITLE = 70  # characters
FEW_SOURCES = 4
PRECISE = 40  # characters by which a cut may be shorter than it had to be


class PracticeSheet:
    """``level`` is that of the practice's heading: 1 where it is the only practice."""

    def __init__(self, paper: BriefPaper, level: int):
        self.paper, self.level = paper, level

    def draw(self, brief: Brief) -> None:
        self.paper.new_sheet()
        self.head(brief)
        brief, size = self.fitted(brief, self.paper.foot_top - 4 - self.paper.get_y())
        self.body(brief, size)
        self.foot(brief)

    def head(self, brief: Brief) -> None:
        title_size = 19 if len(brief.title) < LONG_TITLE else 16
        self.paper.below("P", brief.place, 10.5, ACCENT, 1)
        self.paper.below(f"H{self.level}", brief.title, title_size, INK, 2, HEADING, brief.language)
        self.paper.below("P", brief.summary, 11.5, INK, 4, TEXT, brief.language)

    def fitted(self, brief: Brief, room: float) -> tuple[Brief, float]:
        """The brief as it goes on the page, and the size of its type in points; ``room`` in millimetres."""
        for size in SIZES:
            if self.height_of(brief, size) <= room:
                return brief, size
        size = SIZES[-1]
        least, most = 0, brief.length
        while most - least > PRECISE:
            tried = (least + most) // 2
            fits = self.height_of(brief.shortened(tried, FEW_SOURCES), size) <= room
            least, most = (tried, most) if fits else (least, tried)
        return brief.shortened(least, FEW_SOURCES), size

    def height_of(self, brief: Brief, size: float) -> float:
        return self.paper.height_of(partial(self.body, brief, size))

    def body(self, brief: Brief, size: float) -> None:
        self.facts(brief.facts, size)
        for part in [*brief.texts, brief.ask]:
            language = brief.language if part.written else ""
            self.row(part.label, size, partial(self.paper.paragraph, "P", part.text, language=language))
        if brief.sources:
            self.row(_("Sources"), size, partial(self.sources, brief))

    def facts(self, facts: list[BriefPart], size: float) -> None:
        """Short facts in two columns, each beside its label."""
        half = (WHOLE - GAP) / 2
        top = self.paper.get_y()
        with self.paper.part("L"):
            for first in range(0, len(facts), 2):
                heights = []
                for at, part in enumerate(facts[first : first + 2]):
                    x = MARGIN + (half + GAP) * ((1 - at) if self.paper.is_rtl else at)
                    heights.append(self.fact(part, x, top, half, size - 0.5))
                top += max(heights) + 0.6
        self.paper.set_y(top + 3)

    def fact(self, part: BriefPart, x: float, y: float, width: float, size: float) -> float:
        label_x, text_x, wide = self.paper.beside(NARROW_LABEL, x, width)
        with self.paper.part("LI"):
            label = self.paper.paragraph("Lbl", part.label, label_x, y, NARROW_LABEL, size, MUTED, self.paper.is_rtl)
            return max(label, self.paper.paragraph("LBody", part.text, text_x, y, wide, size, INK, self.paper.is_rtl))

    def row(self, label: str, size: float, draw: Callable[[float, float, float, float], float]) -> None:
        """A heading under a hairline, and what ``draw(x, y, width, size)`` prints beside it; that returns its height."""
        paper, top, padding = self.paper, self.paper.get_y(), size * 0.13
        label_x, text_x, wide = paper.beside(LABEL, MARGIN, WHOLE)
        paper.hairline(top)
        role = f"H{self.level + 1}"
        height = paper.paragraph(role, label, label_x, top + padding, LABEL, size, MUTED, paper.is_rtl)
        paper.set_y(top + max(height, draw(text_x, top + padding, wide, size)) + 2 * padding)

    def sources(self, brief: Brief, x: float, y: float, width: float, size: float) -> float:
        """Each source with its address in full."""
        paper, top = self.paper, y
        with paper.part("L"):
            for source in brief.sources_shown:
                with paper.part("LI"), paper.part("LBody"):
                    y += paper.paragraph("P", source.text, x, y, width, size, language=source.language)
                    y += paper.address(source.address, x, y, width, size - 0.5, reads_from_right(source.text))
        if left := brief.sources_left_out:
            more = ngettext(
                "%(count)d more source: see the web address below",
                "%(count)d more sources: see the web address below",
                left,
            )
            y += paper.paragraph("P", more % {"count": left}, x, y, width, size)
        return y - top

    def foot(self, brief: Brief) -> None:
        """Where the latest version is read, in letters and as a QR code at the end of the line."""
        paper, top = self.paper, self.paper.foot_top
        paper.hairline(top - 1.5)
        width = WHOLE - QR_CODE - GAP
        x, code_x = (MARGIN + QR_CODE + GAP, MARGIN) if paper.is_rtl else (MARGIN, WIDTH - MARGIN - QR_CODE)
        more = _("Shortened at […]. Latest version:") if brief.is_cut else _("Latest version:")
        y = top + paper.paragraph("P", more, x, top, width, 8.5, MUTED, paper.is_rtl)
        y += paper.address(brief.address, x, y, width, 9, paper.is_rtl)
        paper.paragraph("P", paper.made, x, y, width, 8.5, MUTED, paper.is_rtl)
        place = paper.box_of(code_x, top - 1, QR_CODE, QR_CODE)
        description = _("QR code with the address %(address)s") % {"address": brief.address}
        with paper.piece("Figure", description=description, attributes=place):
            paper.qr_code(brief.address, code_x, top - 1, QR_CODE)
