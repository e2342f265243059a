"""A paper of the kit as a PDF to print: as many sheets of A4 as it takes."""

from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import get_language

from citysolidarity.drawing.paper import INK, MUTED
from citysolidarity.drawing.typefaces import HEADING
from pledges.kit.blocks import Block
from practices.comparing.brief.sheet import MARGIN, WHOLE, BriefPaper

SIZE = 11  # points
HEADING_SIZES = {2: 15, 3: 12}
LABEL, AFTER, BEFORE_FOOT = 5, 2.4, 6  # millimetres


def draw(title: str, blocks: list[Block], today: date) -> bytes:
    with TemporaryDirectory() as folder:
        paper = BriefPaper(Path(folder), today)
        paper.set_lang(get_language())
        paper.set_title(title)
        paper.new_sheet()
        paper.below("H1", title, 22, INK, 4, HEADING)
        for is_list, part in groupby(blocks, key=lambda block: bool(block.label)):
            if is_list:
                with paper.part("L"):
                    add_all(paper, list(part), item)
            else:
                add_all(paper, list(part), paragraph)
        foot(paper)
        return paper.finished()


def add_all(paper: BriefPaper, blocks: list[Block], draw_one) -> None:
    for at, block in enumerate(blocks):
        height = paper.height_of(partial(draw_one, paper, block))
        # A heading stays with what it stands above.
        if block.level and at + 1 < len(blocks):
            height += paper.height_of(partial(draw_one, paper, blocks[at + 1]))
        if paper.get_y() + height > paper.foot_top - BEFORE_FOOT:
            foot(paper)
            paper.new_sheet()
        draw_one(paper, block)


def paragraph(paper: BriefPaper, block: Block) -> None:
    if block.level:
        paper.set_y(paper.get_y() + 3)
        size = HEADING_SIZES[block.level]
        paper.below(f"H{block.level}", block.text, size, INK, 1.5, HEADING, language=block.language)
        return
    if block.text:
        paper.below("P", block.text, SIZE, INK, 0 if block.address else AFTER, language=block.language)
    if block.address:
        top = paper.get_y()
        paper.set_y(top + paper.address(block.address, MARGIN, top, WHOLE, SIZE, paper.is_rtl) + AFTER)


def item(paper: BriefPaper, block: Block) -> None:
    top = paper.get_y()
    label_x, text_x, width = paper.beside(LABEL, MARGIN, WHOLE)
    with paper.part("LI"):
        paper.paragraph("Lbl", block.label, label_x, top, LABEL, SIZE, MUTED, paper.is_rtl)
        height = paper.paragraph(
            "LBody", block.text, text_x, top, width, SIZE, INK, paper.is_rtl, language=block.language
        )
    paper.set_y(top + height + AFTER)


def foot(paper: BriefPaper) -> None:
    paper.hairline(paper.foot_top - 1.5)
    paper.paragraph("P", paper.made, MARGIN, paper.foot_top, WHOLE, 8.5, MUTED, paper.is_rtl)
