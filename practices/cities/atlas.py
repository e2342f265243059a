"""The map: where a place lies on it, which part of it to show, dots that don't hide each other."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path

Point = tuple[float, float]

# Equal Earth: B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection",
# International Journal of Geographical Information Science 33 (2019), pp. 454-465, first published 2018.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796

# The sheet is cut through the Bering Strait, so that Russia stays in one piece and no city is near the edge.
CENTRAL_MERIDIAN = 11
CUT = CENTRAL_MERIDIAN - 180

LAND_FILE = Path(__file__).parent.parent / "data" / "land.svgpath"


def equal_earth(latitude: float, longitude: float) -> Point:
    """Degrees to the projection's own plane: radius 1, x to the east, y to the north, (0, 0) in the middle."""
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    return 2 * radians(longitude) * cos(theta) / (sqrt(3) * plane_slope(theta)), plane_height(theta)


def plane_height(theta: float) -> float:
    """How far north of the equator the projection puts a parametric latitude in radians."""
    t2 = theta * theta
    return theta * (_A1 + _A2 * t2 + t2**3 * (_A3 + _A4 * t2))


def plane_slope(theta: float) -> float:
    """The derivative of plane_height."""
    t2 = theta * theta
    return _A1 + 3 * _A2 * t2 + t2**3 * (7 * _A3 + 9 * _A4 * t2)


# The equator is 1000 units long; Greenland's top is just below the upper edge, Antarctica below the lower one.
SCALE = 500 / equal_earth(0, 180)[0]
TOP = equal_earth(84.5, 0)[1]
_BOTTOM = equal_earth(-57, 0)[1]


def project(latitude: float, longitude: float) -> Point:
    """Degrees north and east to units of the map, x to the right and y down; ValueError beyond the poles."""
    if not -90 <= latitude <= 90:
        raise ValueError(f"latitude {latitude} is not between -90 and 90")
    east_of_cut = (longitude - CUT) % 360
    x, y = equal_earth(latitude, east_of_cut - 180)
    return round(500 + SCALE * x, 2), round(SCALE * (TOP - y), 2)


@dataclass(frozen=True)
class ViewBox:
    """A part of the map, in its units; printed as SVG's viewBox wants it."""

    x: float
    y: float
    width: float
    height: float

    def __str__(self) -> str:
        return " ".join(f"{value:.1f}".removesuffix(".0") for value in (self.x, self.y, self.width, self.height))

    def __contains__(self, point: Point) -> bool:
        x, y = point
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height

    def including(self, points: Iterable[Point], *, margin: float = 0.06) -> "ViewBox":
        """This box, or a larger one of the same shape if some point would lie outside it."""
        points = list(points)
        if all(point in self for point in points):
            return self
        corners = [(self.x, self.y), (self.x + self.width, self.y + self.height)]
        return view_box(points + corners, margin=margin, aspect=self.width / self.height)


WORLD = ViewBox(0, 0, 1000, round(SCALE * (TOP - _BOTTOM), 1))

# Some 1,300 km: enough coast around a single city to see where in the world it is.
SMALLEST_WIDTH = 75


def view_box(points: Iterable[Point], *, margin: float = 0.12, aspect: float = 1.5) -> ViewBox:
    """The part of the map that holds `points` (in map units), as `width / height == aspect`.

    `margin` is the space left free on each side, as a share of the points' own
    extent. Never narrower than SMALLEST_WIDTH; the whole world for no points.
    """
    points = list(points)
    if not points:
        return WORLD
    xs, ys = zip(*points, strict=True)
    padding = 1 + 2 * margin
    width = max((max(xs) - min(xs)) * padding, (max(ys) - min(ys)) * padding * aspect, SMALLEST_WIDTH)
    height = width / aspect
    left = _kept_within(WORLD.x, WORLD.width, (min(xs) + max(xs) - width) / 2, width)
    top = _kept_within(WORLD.y, WORLD.height, (min(ys) + max(ys) - height) / 2, height)
    return ViewBox(left, top, width, height)


def _kept_within(start: float, length: float, wanted: float, size: float) -> float:
    """Where a stretch of `size` begins: as wanted, but on the sheet if it fits there, else centred on it."""
    if size >= length:
        return start + (length - size) / 2
    return min(max(wanted, start), start + length - size)


# Latitudes and longitudes that show a region well: south, west, north, east. Where a region reaches
# far beyond where most of its people live (Russia's east, French Polynesia across the sheet's edge)
# the box is the part most cities are in; ViewBox.including makes room for the others.
_BOUNDS = {
    "northern-africa": (14, -16, 37, 37),
    "sub-saharan-africa": (-35, -18, 21, 51),
    "latin-america-and-the-caribbean": (-55, -112, 32, -36),
    "northern-america": (24, -150, 68, -54),
    "central-asia": (36, 47, 55, 86),
    "eastern-asia": (20, 76, 52, 146),
    "south-eastern-asia": (-11, 92, 27, 141),
    "southern-asia": (5, 45, 39, 97),
    "western-asia": (12, 26, 43, 60),
    "eastern-europe": (42, 13, 60, 50),
    "northern-europe": (50, -23, 70, 30),
    "southern-europe": (35, -9, 47, 28),
    "western-europe": (43, -4, 55, 16),
    "australia-and-new-zealand": (-47, 113, -11, 179),
    "melanesia": (-23, 132, 0, 180),
    "micronesia": (-1, 131, 20, 178),
    "polynesia": (-23, 174, -5, 190),
}


def _region_box(south: float, west: float, north: float, east: float) -> ViewBox:
    middle = (south + north) / 2
    return view_box([project(y, x) for y in (south, middle, north) for x in (west, east)], margin=0.04)


REGION_BOXES = {slug: _region_box(*bounds) for slug, bounds in _BOUNDS.items()}


@cache
def land() -> str:
    """The world's land as the `d` of one SVG path, in map units: 10 kB gzipped, so print it once a page.

    Natural Earth 1:110 million, public domain; written by the build_land command.
    """
    return LAND_FILE.read_text(encoding="ascii").strip()


@dataclass(frozen=True)
class Dot:
    """A city on the map. `x`, `y`, `r` in map units; `kind` is the CSS class, such as "practice" or "signed".

    `name` is what a map without names shows beside the dot one points at, on its left where `is_named_before`.
    """

    x: float
    y: float
    r: float
    label: str
    url: str = ""
    kind: str = ""
    name: str = ""
    is_named_before: bool = False

    # For templates: a float would be printed as 12,5 where a language writes it so, and SVG would break.
    @property
    def cx(self) -> str:
        return f"{self.x:.2f}"

    @property
    def cy(self) -> str:
        return f"{self.y:.2f}"

    @property
    def cr(self) -> str:
        return f"{self.r:.2f}"


# Shares of the box's width, so that they are the same to the eye at every zoom.
SEPARATION = 0.007
FARTHEST_MOVE = 0.016


def spread(dots: Iterable[Dot], box: ViewBox) -> list[Dot]:
    """The dots in the order given, gently moved apart where they would hide each other on a map of `box`.

    Where there is room, dots no longer overlap and their middles are at least
    SEPARATION of the box's width apart; no dot is moved by more than FARTHEST_MOVE
    of that width. The same dots give the same picture, in whatever order they come.
    300 cities take some 60 ms.
    """
    dots = list(dots)
    gap, farthest = SEPARATION * box.width, FARTHEST_MOVE * box.width
    order = sorted(range(len(dots)), key=lambda i: (dots[i].x, dots[i].y, dots[i].label, dots[i].url))
    homes = [(dots[i].x, dots[i].y) for i in order]
    places = [list(home) for home in homes]
    radii = [max(dots[i].r, gap / 2) for i in order]
    for _ in range(90):
        missing = _push_apart(places, radii)
        for place, home in zip(places, homes, strict=True):
            _hold_back(place, home, farthest)
        if missing < gap / 100:
            break
    moved = dict(zip(order, places, strict=True))
    return [
        replace(dot, x=moved[i][0], y=moved[i][1]) if moved[i] != [dot.x, dot.y] else dot for i, dot in enumerate(dots)
    ]


def _push_apart(places: list[list[float]], radii: list[float]) -> float:
    """Moves every pair that overlaps apart, each by half of what is missing; returns the most that was missing."""
    worst = 0.0
    widest = 2 * max(radii, default=0)
    by_x = sorted(range(len(places)), key=lambda i: (places[i][0], i))
    for rank, i in enumerate(by_x):
        for j in by_x[rank + 1 :]:
            dx = places[j][0] - places[i][0]
            if dx >= widest:
                break
            gap = radii[i] + radii[j]
            dy = places[j][1] - places[i][1]
            distance = hypot(dx, dy)
            if distance >= gap:
                continue
            worst = max(worst, gap - distance)
            push = (gap - distance) / 2
            if distance < 1e-9:
                # The golden angle: dots on one spot leave it in directions that never repeat.
                dx, dy, distance = cos(2.399963 * (i + j)), sin(2.399963 * (i + j)), 1.0
            push /= distance
            places[i][0] -= dx * push
            places[i][1] -= dy * push
            places[j][0] += dx * push
            places[j][1] += dy * push
    return worst


def _hold_back(place: list[float], home: Point, farthest: float) -> None:
    dx, dy = place[0] - home[0], place[1] - home[1]
    distance = hypot(dx, dy)
    if distance > farthest:
        place[0] = home[0] + dx * farthest / distance
        place[1] = home[1] + dy * farthest / distance
