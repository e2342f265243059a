"""Numbers from month to month as bars of an SVG, in units of its viewBox, and as rows of a table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from babel.numbers import format_compact_decimal
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 16, 34
GAP = 0.25  # of a month's width, between two bars
MONTHS = 24  # of the chart; the table has them all
LABELS = 6
LEAST = 10  # at the top of the scale
MOST_LINES = 4
COMPACT = 10_000  # from here on the scale says "20K": the numbers themselves would not fit beside it


@dataclass(frozen=True)
class MonthBar:
    """The number of a month; ``label`` is empty for those between."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    label: str


@dataclass(frozen=True)
class MonthLine:
    count: int
    label: str
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


def month_chart(numbers: list[tuple[date, int]], in_words: Callable[[int], str]) -> MonthChart:
    """``numbers`` has each month's first day once, in order and without a gap, and at least one month."""
    shown = numbers[-MONTHS:]
    most = max(LEAST, *(number for _month, number in shown))
    step = step_for(most)
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
        return MonthLine(count, on_the_scale(count, top), f"{y:.1f}", f"{y + 5:.1f}")

    return MonthChart(
        bars=[bar(at, month, number) for at, (month, number) in enumerate(shown)],
        lines=[line(count) for count in range(0, top + 1, step)],
        rows=[(date_format(month, "YEAR_MONTH_FORMAT"), in_words(number)) for month, number in reversed(numbers)],
    )


def step_for(most: int) -> int:
    """Between two lines: the least of 10, 20, 50, 100 and so on that needs at most MOST_LINES."""
    power = 10
    while power * 5 * MOST_LINES < most:
        power *= 10
    return next(power * times for times in (1, 2, 5) if power * times * MOST_LINES >= most)


def on_the_scale(count: int, top: int) -> str:
    return format_compact_decimal(count, locale=get_language() or "en") if top >= COMPACT else str(count)


def months(first: date, last: date) -> Iterable[date]:
    """The first days of the months from one to the other, both included."""
    while first <= last:
        yield first
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
