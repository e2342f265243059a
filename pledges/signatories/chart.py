"""How the number of signatories grew, as a line and as rows of a table.

Points are what sources say of UNHCR's whole list; years are the signatures that this directory knows by name at the
end of each: the table alone tells them, since a picture of few beside many would show what we do not know. Everything
is in units of the SVG's viewBox.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from pledges.dates import FIRST_YEAR
from pledges.models import Milestone

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 36, 34
STEPS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
MOST_LINES = 4
ROOM_OF_LABEL = 90


@dataclass(frozen=True)
class KnownYear:
    """``count`` signatures are known by name at its end; ``is_now`` for the current one. ``middle`` is where its name stands."""

    number: int
    count: int
    is_now: bool
    middle: str


@dataclass(frozen=True)
class Point:
    milestone: Milestone
    x: str
    y: str
    label_y: str
    anchor: str  # SVG's text-anchor of the label
    label: str = ""


@dataclass(frozen=True)
class ScaleLine:
    count: int
    y: str
    text_y: str


@dataclass(frozen=True)
class Chart:
    """The ``undated`` signatures are in no year."""

    years: list[KnownYear]
    points: list[Point]
    lines: list[ScaleLine]
    undated: int
    box: str = f"0 0 {WIDTH} {HEIGHT}"
    left: int = LEFT
    right: int = WIDTH - RIGHT
    scale_x: int = LEFT - 8
    foot: int = HEIGHT - BOTTOM
    year_y: int = HEIGHT - 10

    @property
    def newest(self) -> Milestone:
        return self.points[-1].milestone

    @property
    def story(self) -> str:
        """The text alternative of the points."""
        milestones = [
            _("%(count)s signatories %(day)s") % {"count": point.milestone.wording, "day": point.milestone.date_text}
            for point in self.points
        ]
        return f"{pgettext('list separator', '; ').join(milestones)}." if milestones else ""


def growth(milestones: Iterable[Milestone], days: Iterable[date | None], today: date) -> Chart | None:
    """``days`` has one entry for each signature known by name: the last day possible, None where no day is known.

    Returns None where there is neither a milestone nor a date.
    """
    milestones, days = list(milestones), list(days)
    dated = sorted(day for day in days if day)
    if not milestones and not dated:
        return None
    first = min([FIRST_YEAR, *(day.year for day in dated[:1]), *(milestone.on.year for milestone in milestones)])
    years = range(first, today.year + 1)
    most = max((milestone.count for milestone in milestones), default=1)
    step = next((step for step in STEPS if most / step <= MOST_LINES), STEPS[-1])
    top = step * -(-most // step)

    span = (WIDTH - LEFT - RIGHT) / len(years)
    room = HEIGHT - TOP - BOTTOM

    def height(count: int) -> float:
        return room * count / top

    def known(year: int) -> KnownYear:
        count, middle = sum(day.year <= year for day in dated), LEFT + span * (year - first + 0.5)
        return KnownYear(year, count, year == today.year, f"{middle:.1f}")

    def point(milestone: Milestone) -> Point:
        x = LEFT + span * (milestone.on.year - first + (milestone.on.timetuple().tm_yday - 1) / 366)
        y = HEIGHT - BOTTOM - height(milestone.count)
        # The line rises: what stands on the left of a point lies below it, and its label covers nothing there.
        # On the right of the first ones it lies above: their labels stand below them.
        anchor, beside = ("end", -13) if x > LEFT + ROOM_OF_LABEL else ("start", 24)
        return Point(milestone, f"{x:.1f}", f"{y:.1f}", f"{y + beside:.1f}", anchor)

    def line(count: int) -> ScaleLine:
        y = HEIGHT - BOTTOM - height(count)
        return ScaleLine(count, f"{y:.1f}", f"{y + 5:.1f}")

    chart = Chart(
        years=[known(year) for year in years],
        points=with_labels([point(milestone) for milestone in milestones]),
        lines=[line(count) for count in range(0, top + 1, step)],
        undated=len(days) - len(dated),
    )
    return mirrored(chart) if get_language_bidi() else chart


def mirrored(chart: Chart) -> Chart:
    """The years from right to left. In such a page SVG's anchors "start" and "end" change sides of themselves."""

    def across(x: str) -> str:
        return f"{WIDTH - float(x):.1f}"

    return replace(
        chart,
        years=[replace(year, middle=across(year.middle)) for year in chart.years],
        points=[replace(point, x=across(point.x)) for point in chart.points],
        left=WIDTH - chart.left,
        right=WIDTH - chart.right,
        scale_x=WIDTH - chart.scale_x,
    )


def with_labels(points: list[Point]) -> list[Point]:
    """The last point and, from there back, each that lies far enough from the next label bear their numbers."""
    labelled, left_of = [], float("inf")
    for point in reversed(points):
        if float(point.x) <= left_of - ROOM_OF_LABEL:
            point, left_of = replace(point, label=point.milestone.wording), float(point.x)
        labelled.append(point)
    return labelled[::-1]
