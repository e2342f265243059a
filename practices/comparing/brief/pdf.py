"""The briefs as a PDF: one sheet A4 for each practice, in the language and direction of the page."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from citysolidarity.drawing.paper import ACCENT, HEIGHT, INK, LINE, MUTED, NIGHT, PAPER, POINT, SITE_NAME, WIDTH, Paper
from citysolidarity.drawing.typefaces import HEADING, TEXT, letters_missing
from citysolidarity.drawing.typesetting import reads_from_right
from practices.comparing.brief.content import Brief, BriefPart
from practices.comparing.brief.shortening import MARK

# Millimetres.
MARGIN, BAND, FOOT = 18, 15, 19
LABEL, NARROW_LABEL, GAP = 34, 30, 4
WHOLE = WIDTH - 2 * MARGIN
LONG_TITLE = 70  # characters
# Points, the largest that fits is taken; smaller would be hard to read on paper.
SIZES = (10.5, 10, 9.5, 9, 8.5)
FEW_SOURCES = 4
LEADING = 1.36
PRECISE = 40  # characters by which a cut may be shorter than it had to be


def draw(briefs: Iterable[Brief], today: date) -> bytes:
    """The PDF; what a sheet has no room for is cut, and marked with where to read on."""
    briefs = list(briefs)
    with TemporaryDirectory() as folder:
        sheet = BriefSheet(Path(folder), today)
        sheet.set_lang(get_language())
        sheet.set_title(_("Brief") + ": " + "; ".join(brief.title for brief in briefs))
        for brief in briefs:
            sheet.print_brief(brief)
        return bytes(sheet.output())


class BriefSheet(Paper):
    def __init__(self, folder: Path, today: date):
        super().__init__(folder, MARGIN)
        self.today = today
        self.is_rtl = get_language_bidi()

    def print_brief(self, brief: Brief) -> None:
        self.add_page()
        self.band()
        self.head(brief)
        fitted, size = self.fitted(brief, HEIGHT - FOOT - 4 - self.get_y())
        self.facts(fitted.facts, size)
        for part in rows(fitted):
            self.row(part, size)
        self.foot(fitted)

    def band(self) -> None:
        self.set_fill_color(*NIGHT)
        self.rect(0, 0, WIDTH, BAND, style="F")
        self.mark(WIDTH - MARGIN - 5 if self.is_rtl else MARGIN + 5, BAND / 2, 3.2)
        shift = 0 if self.is_rtl else 12
        self.text_at(SITE_NAME, MARGIN + shift, BAND / 2 - 2.6, WHOLE - 12, 11, PAPER, self.is_rtl, HEADING)
        self.set_y(BAND + 7)

    def head(self, brief: Brief) -> None:
        title_size = 19 if len(brief.title) < LONG_TITLE else 16
        for text, family, size, colour, after in (
            (brief.place, TEXT, 10.5, ACCENT, 1),
            (brief.title, HEADING, title_size, INK, 2),
            (brief.summary, TEXT, 11.5, INK, 4),
        ):
            top = self.get_y()
            self.set_y(top + self.text_at(text, MARGIN, top, WHOLE, size, colour, None, family) + after)

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
        return self.facts(brief.facts, size, dry=True) + sum(self.row(part, size, dry=True) for part in rows(brief))

    def facts(self, facts: list[BriefPart], size: float, dry: bool = False) -> float:
        """Short facts in two columns, each under its label; returns the height in mm, printing nothing if ``dry``."""
        top, height, half = self.get_y(), 0.0, (WHOLE - GAP) / 2
        for first in range(0, len(facts), 2):
            beside = []
            for at, part in enumerate(facts[first : first + 2]):
                x = MARGIN + (half + GAP) * ((1 - at) if self.is_rtl else at)
                beside.append(self.pair(part, x, top + height, half, NARROW_LABEL, size - 0.5, dry))
            height += max(beside) + 0.6
        height += 3
        self.set_y(top if dry else top + height)
        return height

    def row(self, part: BriefPart, size: float, dry: bool = False) -> float:
        """A label beside its text, under a hairline; returns the height in mm, printing nothing if ``dry``."""
        top, padding = self.get_y(), size * 0.13
        if not dry:
            self.set_draw_color(*LINE)
            self.line(MARGIN, top, WIDTH - MARGIN, top)
        height = self.pair(part, MARGIN, top + padding, WHOLE, LABEL, size, dry) + 2 * padding
        self.set_y(top if dry else top + height)
        return height

    def pair(self, part: BriefPart, x: float, y: float, width: float, label: float, size: float, dry: bool) -> float:
        """A label and its text within a column; returns the height of the taller one."""
        wide = width - label - GAP
        label_x, text_x = (x + wide + GAP, x) if self.is_rtl else (x, x + label + GAP)
        return max(
            self.text_at(part.label, label_x, y, label, size, MUTED, self.is_rtl, dry=dry),
            self.text_at(part.text, text_x, y, wide, size, INK, None, dry=dry),
        )

    def text_at(self, text, x, y, width, size, colour, at_right=None, family=TEXT, *, dry=False) -> float:
        """A text in a column, at the side that its own letters ask for unless one is given; returns its height."""
        text = writable(text)
        lines = self.broken(text, family, size, width)
        step = size * (LEADING if family == TEXT else 1.2) * POINT
        if not dry:
            self.set_text_color(*colour)
            rtl = reads_from_right(text)
            self.put(lines, x, y, width, step, rtl=rtl, at_right=rtl if at_right is None else at_right)
        return step * len(lines)

    def foot(self, brief: Brief) -> None:
        top = HEIGHT - FOOT
        self.set_draw_color(*LINE)
        self.line(MARGIN, top - 1.5, WIDTH - MARGIN, top - 1.5)
        more = _("Latest version:")
        if brief.is_cut:
            more = _("Shortened at […]. Latest version:")
        made = _("Printed from Cities of Solidarity on %(day)s. CC BY 4.0.")
        made %= {"day": date_format(self.today, "DATE_FORMAT")}
        for text, size, colour in ((more, 8.5, MUTED), (brief.address, 9, ACCENT), (made, 8.5, MUTED)):
            height = self.text_at(text, MARGIN, top, WHOLE, size, colour, self.is_rtl)
            if text == brief.address:
                self.link(MARGIN, top, WHOLE, height, brief.address)
            top += height


def rows(brief: Brief) -> list[BriefPart]:
    sources = list(brief.sources_shown)
    if left := brief.sources_left_out:
        more = ngettext(
            "%(count)d more source: see the web address below",
            "%(count)d more sources: see the web address below",
            left,
        )
        sources.append(more % {"count": left})
    return [*brief.texts, brief.ask, BriefPart(_("Sources"), "\n".join(sources))]


def writable(text: str) -> str:
    """The text, words that none of the typefaces can write replaced by a mark: a word with holes is worse than none."""
    if not letters_missing(text):
        return text
    return "\n".join(
        " ".join(MARK.strip() if letters_missing(word) else word for word in line.split(" "))
        for line in text.split("\n")
    )
