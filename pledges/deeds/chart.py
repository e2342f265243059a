"""What became of the commitments, year by year: a stacked bar for each year in which cities were asked.

Everything is in units of the SVG's viewBox.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from pledges.vocabularies import Progress

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 12, 12, 28, 34
WIDEST = 90  # of a bar
SILENT = "silent"
# From the foot of a bar upwards.
KINDS = {
    Progress.DONE.value: Progress.DONE.label,
    Progress.UNDER_WAY.value: Progress.UNDER_WAY.label,
    Progress.CHANGED.value: Progress.CHANGED.label,
    Progress.DROPPED.value: Progress.DROPPED.label,
    SILENT: gettext_lazy("No answer yet"),
}


@dataclass(frozen=True)
class Part:
    kind: str
    label: str
    count: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Year:
    year: int
    total: int
    parts: list[Part]
    middle: str
    number_y: str
    counts: list[int]


@dataclass(frozen=True)
class ProgressChart:
    years: list[Year]
    box: str = f"0 0 {WIDTH} {HEIGHT}"
    year_y: int = HEIGHT - 10
    foot: int = HEIGHT - BOTTOM
    width: int = WIDTH

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(kind, str(label)) for kind, label in KINDS.items()]

    @property
    def label(self) -> str:
        """The text alternative: the newest year in words; the table has the others."""
        newest = self.years[-1]
        parts = [f"{KINDS[part.kind]}: {part.count}" for part in newest.parts]
        return _("In %(year)d: %(parts)s.") % {"year": newest.year, "parts": ", ".join(parts)}


def progress(questions: Iterable[tuple[int, str]]) -> ProgressChart | None:
    """``questions`` are (year, state) pairs, the state "" where there is no answer; None where nothing was asked."""
    counts = Counter((year, state or SILENT) for year, state in questions)
    if not counts:
        return None
    years = range(min(year for year, _kind in counts), max(year for year, _kind in counts) + 1)
    most = max(sum(counts[year, kind] for kind in KINDS) for year in years)
    span = (WIDTH - LEFT - RIGHT) / len(years)
    width = min(span * 0.78, WIDEST)
    room = HEIGHT - TOP - BOTTOM

    def bar(year: int) -> Year:
        middle = LEFT + span * (year - years[0] + 0.5)
        foot, parts = HEIGHT - BOTTOM, []
        for kind, label in KINDS.items():
            if count := counts[year, kind]:
                height = room * count / most
                foot -= height
                sizes = (middle - width / 2, foot, width, height)
                parts.append(Part(kind, str(label), count, *(f"{size:.1f}" for size in sizes)))
        numbers = [counts[year, kind] for kind in KINDS]
        return Year(year, sum(numbers), parts, f"{middle:.1f}", f"{foot - 8:.1f}", numbers)

    chart = ProgressChart([bar(year) for year in years])
    return mirrored(chart) if get_language_bidi() else chart


def mirrored(chart: ProgressChart) -> ProgressChart:
    """The years from right to left."""

    def across(x: str, width: str = "0") -> str:
        return f"{WIDTH - float(x) - float(width):.1f}"

    return replace(
        chart,
        years=[
            replace(
                year,
                middle=across(year.middle),
                parts=[replace(part, x=across(part.x, part.width)) for part in year.parts],
            )
            for year in chart.years
        ],
    )
