"""How the residents' number grew from month to month, as a chart and as rows of a table, in units of the SVG's viewBox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from pledges.models import SupportMonth

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 16, 34
GAP = 0.25  # of a month's width, between two bars
MONTHS = 24  # of the chart; the table has them all
LABELS = 6
STEPS = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
MOST_LINES = 4


@dataclass(frozen=True)
class MonthBar:
    """The number at the end of a month; ``label`` is empty for those between."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    label: str


@dataclass(frozen=True)
class MonthLine:
    count: int
    y: str
    text_y: str


@dataclass(frozen=True)
class MonthChart:
    """``rows`` are (month, number in words) of every month, the latest first."""

    bars: list[MonthBar]
    lines: list[MonthLine]
    rows: list[tuple[str, str]]
    box: str = f"0 0 {WIDTH} {HEIGHT}"
    label_y: int = HEIGHT - 10

    @property
    def left(self) -> int:
        return mirrored(LEFT)

    @property
    def right(self) -> int:
        return mirrored(WIDTH - RIGHT)

    @property
    def scale_x(self) -> int:
        return mirrored(LEFT - 8)

    @property
    def story(self) -> str:
        """The text alternative of the chart."""
        month, number = self.rows[0]
        return _("%(month)s: %(number)s") % {"month": month, "number": number}


def mirrored(x, width=0):
    """In a page from right to left the months run so, too."""
    return WIDTH - x - width if get_language_bidi() else x


def in_words(told: int) -> str:
    """A sum over cities, which is rounded down."""
    if not told:
        return _("no city has ten residents yet")
    return ngettext("at least %(count)d resident", "at least %(count)d residents", told) % {"count": told}


def growth_by_month(counted: Iterable[SupportMonth]) -> MonthChart | None:
    """A month in which nothing was counted stays as the one before; None where nothing was counted yet."""
    told = {row.month: row.told for row in counted}
    if not told:
        return None
    numbers: list[tuple[date, int]] = []
    for month in months(min(told), max(told)):
        numbers.append((month, told.get(month, numbers[-1][1] if numbers else 0)))
    shown = numbers[-MONTHS:]
    most = max(10, *(number for _month, number in shown)) if len(shown) > 1 else max(10, shown[0][1])
    step = next((step for step in STEPS if most / step <= MOST_LINES), STEPS[-1])
    top = step * -(-most // step)
    span, room = (WIDTH - LEFT - RIGHT) / len(shown), HEIGHT - TOP - BOTTOM
    every = -(-len(shown) // LABELS)

    def bar(at: int, month: date, number: int) -> MonthBar:
        width, height = span * (1 - GAP), room * number / top
        x = mirrored(LEFT + span * (at + GAP / 2), width)
        sizes = (x, HEIGHT - BOTTOM - height, width, height, x + width / 2)
        label = date_format(month, "M y") if (len(shown) - 1 - at) % every == 0 else ""
        return MonthBar(*(f"{size:.1f}" for size in sizes), label)

    def line(count: int) -> MonthLine:
        y = HEIGHT - BOTTOM - room * count / top
        return MonthLine(count, f"{y:.1f}", f"{y + 5:.1f}")

    return MonthChart(
        bars=[bar(at, month, number) for at, (month, number) in enumerate(shown)],
        lines=[line(count) for count in range(0, top + 1, step)],
        rows=[(date_format(month, "YEAR_MONTH_FORMAT"), in_words(number)) for month, number in reversed(numbers)],
    )


def months(first: date, last: date) -> Iterable[date]:
    while first <= last:
        yield first
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
