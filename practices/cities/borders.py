"""The countries that lie in a part of the map. The world as a whole has its land alone (``atlas.land``)."""

from array import array
from collections.abc import Iterable
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from practices.cities.atlas import Point, ViewBox

COUNTRIES_FILE = Path(__file__).parent.parent / "data" / "countries.txt"
# A border that is cut off at the edge of the picture is drawn out of sight. In map units.
BEYOND = 2

Ring = list[tuple[float, float]]


class Country(NamedTuple):
    """``path`` is the ``d`` of an SVG path, in map units."""

    path: str
    is_here: bool


class Outline(NamedTuple):
    """A ring in tenths of a map unit: x and y in turn; and the box around it."""

    numbers: array
    left: int
    top: int
    right: int
    bottom: int


@cache
def outlines() -> list[list[Outline]]:
    """Per country, its rings. Natural Earth 1:50 million, public domain; written by the build_land command."""
    lines = COUNTRIES_FILE.read_text("ascii").splitlines()
    return [[outline(ring) for ring in line.split(";")] for line in lines]


def outline(steps: str) -> Outline:
    """From the first point and the steps to each next one, as the file has them."""
    numbers = [int(number) for number in steps.split()]
    xs, ys = list(accumulate(numbers[::2])), list(accumulate(numbers[1::2]))
    flat = array("h", [number for point in zip(xs, ys, strict=True) for number in point])
    return Outline(flat, min(xs), min(ys), max(xs), max(ys))


def countries_in(box: ViewBox, here: Point | None = None) -> list[Country]:
    """What of each country lies in the box; ``is_here`` is the one around the point ``here``."""
    left, top = (box.x - BEYOND) * 10, (box.y - BEYOND) * 10
    right, bottom = (box.x + box.width + BEYOND) * 10, (box.y + box.height + BEYOND) * 10
    found = []
    for rings in outlines():
        near = [r for r in rings if r.right > left and r.left < right and r.bottom > top and r.top < bottom]
        points = [list(zip(ring.numbers[::2], ring.numbers[1::2], strict=True)) for ring in near]
        pieces = [cut_to(ring, left, top, right, bottom) for ring in points]
        if path := path_of(pieces):
            found.append(Country(path, here is not None and holds(points, (here[0] * 10, here[1] * 10))))
    return found


def cut_to(ring: Ring, left: float, top: float, right: float, bottom: float) -> list[tuple[int, int]]:
    for edge, side in ((left, 1), (right, -1)):
        ring = clipped(ring, edge, side)
    ring = [(y, x) for x, y in ring]
    for edge, side in ((top, 1), (bottom, -1)):
        ring = clipped(ring, edge, side)
    return [(round(x), round(y)) for y, x in ring]


def clipped(ring: Ring, edge: float, side: int) -> Ring:
    """Sutherland and Hodgman's clipping (1974) at one upright line; ``side`` 1 keeps what lies right of it, -1 left."""
    kept: Ring = []
    for (x0, y0), (x1, y1) in pairwise([*ring[-1:], *ring]):
        was_in, is_in = (x0 - edge) * side >= 0, (x1 - edge) * side >= 0
        if was_in != is_in:
            kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
        if is_in:
            kept.append((x1, y1))
    return kept


def holds(rings: Iterable[Ring], point: Point) -> bool:
    """Whether the point lies inside, by the even-odd rule: a hole is outside."""
    x, y = point
    inside = False
    for ring in rings:
        for (x0, y0), (x1, y1) in pairwise([*ring[-1:], *ring]):
            if (y0 > y) != (y1 > y) and x < x0 + (x1 - x0) * (y - y0) / (y1 - y0):
                inside = not inside
    return inside


def path_of(rings: Iterable[list[tuple[int, int]]]) -> str:
    """One SVG path of all rings, which are in tenths of a map unit; relative steps, as they are short to write."""
    parts = []
    at = (0, 0)
    for points in rings:
        if len(points) < 3:
            continue
        steps = []
        for x, y in points:
            steps += [x - at[0], y - at[1]]
            at = (x, y)
        parts.append("m" + _numbers(steps) + "z")
        at = points[0]  # z goes back to the ring's first point
    return "".join(parts)


def _numbers(tenths: list[int]) -> str:
    """Numbers as short as SVG allows: 1.5 0.6 -2.0 becomes 1.5.6-2."""
    text = last = ""
    for value in tenths:
        number = f"{value / 10:.1f}".removesuffix(".0")
        if abs(value) < 10 and value:
            number = number.replace("0.", ".")
        told_apart = not text or number.startswith("-") or (number.startswith(".") and "." in last)
        text += number if told_apart else f" {number}"
        last = number
    return text
