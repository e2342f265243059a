"""The opening page on paper: one row for each practice, what they share, and lines that the officer fills in."""

from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _

from citysolidarity.drawing.paper import ACCENT, INK, MUTED, WIDTH
from citysolidarity.drawing.typefaces import HEADING, TEXT
from practices.comparing.brief.content import BriefPart
from practices.comparing.brief.cover import Cover, CoverRow
from practices.comparing.brief.sheet import GAP, MARGIN, SIZES, WHOLE, BriefPaper
from practices.comparing.brief.shortening import cut

# Millimetres. The columns: what, where, one fact.
COLUMNS = (WHOLE * 0.5, WHOLE * 0.22, WHOLE * 0.28 - 2 * GAP)
LABEL, PROPOSAL, PROPOSAL_HEAD = 50, 13, 16
TEAL_SOFT, TEAL_LINE = (226, 240, 239), (122, 154, 152)  # the panel that the reader fills in
# Characters of a summary, the most that fits is taken.
SUMMARIES = (1_000, 160, 90, 0)


class CoverSheet:
    def __init__(self, paper: BriefPaper):
        self.paper = paper

    def draw(self, cover: Cover) -> None:
        paper = self.paper
        paper.new_sheet()
        paper.below("P", cover.prepared, 11, ACCENT, 2)
        paper.below("H1", cover.title, 25 if len(cover.title) < 60 else 20, INK, 5, HEADING)
        height = PROPOSAL_HEAD + PROPOSAL * len(cover.proposals)
        panel = paper.foot_top - 5 - height
        cover, size = self.fitted(cover, panel - 6 - paper.get_y())
        self.body(cover, size)
        self.proposals(cover, panel, height)
        paper.hairline(paper.foot_top - 1.5)
        paper.paragraph("P", paper.made, MARGIN, paper.foot_top, WHOLE, 8.5, MUTED, paper.is_rtl)

    def fitted(self, cover: Cover, room: float) -> tuple[Cover, float]:
        """The cover as it goes on the page, and the size of its type in points; ``room`` in millimetres."""
        for most in SUMMARIES:
            rows = [replace(row, summary=cut(row.summary, most) if most else "") for row in cover.rows]
            cover = replace(cover, rows=rows)
            for size in SIZES[1:]:
                if self.paper.height_of(partial(self.body, cover, size)) <= room:
                    return cover, size
        return cover, SIZES[-1]

    def body(self, cover: Cover, size: float) -> None:
        self.table(cover.rows, size)
        if cover.common:
            self.common(cover.common, size)

    def table(self, rows: list[CoverRow], size: float) -> None:
        paper = self.paper
        with paper.part("Table"):
            top, heights = paper.get_y(), []
            with paper.part("THead"), paper.part("TR"):
                for label, x, width in zip((_("What"), _("Where"), _("Key fact")), self.lefts(), COLUMNS, strict=True):
                    with paper.part("TH", attributes={"Table": {"Scope": "Column"}}):
                        heights.append(paper.paragraph("P", label, x, top, width, 8.5, MUTED, paper.is_rtl))
            paper.set_y(top + max(heights) + 1.2)
            with paper.part("TBody"):
                for row in rows:
                    self.row(row, size)
        paper.hairline(paper.get_y())

    def lefts(self) -> list[float]:
        """The left side of each column, which stand from the right where the page is read so."""
        shifts = [0, COLUMNS[0] + GAP, COLUMNS[0] + COLUMNS[1] + 2 * GAP]
        if self.paper.is_rtl:
            return [WIDTH - MARGIN - shift - width for shift, width in zip(shifts, COLUMNS, strict=True)]
        return [MARGIN + shift for shift in shifts]

    def row(self, row: CoverRow, size: float) -> None:
        paper, top = self.paper, self.paper.get_y() + 2
        paper.hairline(top - 2)
        (what, where, fact), (wide, middle, narrow) = self.lefts(), COLUMNS
        bottoms = []
        with paper.part("TR"):
            with paper.part("TH", attributes={"Table": {"Scope": "Row"}}):
                y = top + paper.paragraph(
                    "P", row.title, what, top, wide, size + 1.5, INK, family=HEADING, language=row.language
                )
                if row.summary:
                    y += 0.6 + paper.paragraph("P", row.summary, what, y + 0.6, wide, size, language=row.language)
                bottoms.append(y)
            with paper.part("TD"):
                y = top + paper.paragraph("P", row.city, where, top, middle, size + 0.5, INK, paper.is_rtl, HEADING)
                bottoms.append(y + paper.paragraph("P", row.place, where, y, middle, size, MUTED, paper.is_rtl))
            with paper.part("TD"):
                y = top + paper.paragraph("P", row.fact, fact, top, narrow, size, language=row.fact_language)
                if row.cost:
                    y += 0.6 + paper.paragraph("P", row.cost, fact, y + 0.6, narrow, size, MUTED, paper.is_rtl)
                bottoms.append(y)
        paper.set_y(max(bottoms) + 2)

    def common(self, parts: list[BriefPart], size: float) -> None:
        paper = self.paper
        paper.set_y(paper.get_y() + 5)
        paper.below("H2", _("What they have in common"), 13, INK, 1.5, HEADING)
        with paper.part("L"):
            for part in parts:
                top = paper.get_y()
                label_x, text_x, wide = paper.beside(LABEL, MARGIN, WHOLE)
                with paper.part("LI"):
                    label = paper.paragraph("Lbl", part.label, label_x, top, LABEL, size, MUTED, paper.is_rtl)
                    text = paper.paragraph("LBody", part.text, text_x, top, wide, size, INK, paper.is_rtl)
                paper.set_y(top + max(label, text) + 0.8)

    def proposals(self, cover: Cover, top: float, height: float) -> None:
        """A panel with a numbered line for each proposal."""
        paper, inner = self.paper, 6
        with paper.decoration():
            paper.set_fill_color(*TEAL_SOFT)
            paper.rect(MARGIN, top, WHOLE, height, style="F", round_corners=True, corner_radius=2)
        left, width = MARGIN + inner, WHOLE - 2 * inner
        paper.paragraph("H2", _("What we propose"), left, top + 4, width, 13, INK, paper.is_rtl, HEADING)

        with paper.part("L", attributes={"List": {"ListNumbering": "Decimal"}}):
            for at, number in enumerate(cover.proposals):
                bottom = top + PROPOSAL_HEAD + at * PROPOSAL + 6
                with paper.part("LI"):
                    paper.paragraph("Lbl", f"{number}.", left, bottom - 5.5, width, 10, INK, paper.is_rtl, TEXT)
                with paper.decoration():
                    paper.set_draw_color(*TEAL_LINE)
                    paper.line(left, bottom, left + width, bottom)
