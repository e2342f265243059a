"""The half of the earth that has a place in its middle, as seen from far away: the orthographic projection."""

from collections.abc import Iterator
from functools import cache

import numpy as np

from practices.cities.atlas import CENTRAL_MERIDIAN, SCALE, TOP, Point, plane_height, plane_slope
from practices.cities.borders import outlines

# Of the radius: points of a coast that are closer are one. On a globe of 7 centimetres, a sixth of a millimetre.
FINE = 0.005
# Degrees: from one line of the graticule to the next, and from one point of a line to the next.
LINES_APART, POINTS_APART = 30, 5


class Globe:
    """Turned to a place, in degrees north and east. Points lie in a circle of radius 1, x to the right and y down."""

    def __init__(self, latitude: float, longitude: float):
        north, east = np.radians((latitude, longitude))
        self.axes = np.array(
            [
                (-np.sin(east), np.cos(east), 0),
                (np.sin(north) * np.cos(east), np.sin(north) * np.sin(east), -np.cos(north)),
                (np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)),
            ]
        )

    def seen(self, places: np.ndarray) -> np.ndarray:
        """x, y and nearness of places (n, 3) on the unit sphere; what is less near than 0 lies behind."""
        return places @ self.axes.T

    def land(self) -> Iterator[list[Point]]:
        """The rings of all countries. What lies behind is drawn out to the edge, so that each ring stays closed."""
        for ring in coasts():
            seen = self.seen(ring)
            behind = seen[:, 2] < 0
            if not behind.all():
                seen[behind] /= np.linalg.norm(seen[behind, :2], axis=1, keepdims=True)
                yield seen[:, :2].tolist()

    def graticule(self) -> Iterator[list[Point]]:
        """The lines of latitude and longitude, each in the pieces that lie on this side."""
        north, east = np.arange(-90, 91, POINTS_APART), np.arange(-180, 181, POINTS_APART)
        for degrees in range(-180, 180, LINES_APART):
            yield from self.pieces(on_sphere(north, np.full_like(north, degrees)))
        for degrees in range(LINES_APART - 90, 90, LINES_APART):
            yield from self.pieces(on_sphere(np.full_like(east, degrees), east))

    def pieces(self, line: np.ndarray) -> Iterator[list[Point]]:
        piece: list[Point] = []
        for x, y, nearness in [*self.seen(line).tolist(), (0, 0, -1)]:
            if nearness >= 0:
                piece.append((x, y))
            elif piece:
                yield piece
                piece = []


@cache
def coasts() -> list[np.ndarray]:
    """The rings of all countries as places on the unit sphere, without points too close to be told apart."""
    rings = [np.array(ring.numbers, float).reshape(-1, 2) / 10 for rings in outlines() for ring in rings]
    places = [apart(on_sphere(*unproject(ring[:, 0], ring[:, 1]))) for ring in rings]
    return [ring for ring in places if len(ring) > 2]


def unproject(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Units of the map (``atlas.project``) back to degrees north and east, by Newton's method."""
    height = TOP - y / SCALE
    theta = height.copy()
    for _step in range(6):  # more than a float can tell apart
        theta -= (plane_height(theta) - height) / plane_slope(theta)
    east = np.degrees((x - 500) / SCALE * np.sqrt(3) * plane_slope(theta) / (2 * np.cos(theta))) + CENTRAL_MERIDIAN
    return np.degrees(np.arcsin(2 / np.sqrt(3) * np.sin(theta))), east


def on_sphere(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """Degrees to places (n, 3) on the unit sphere."""
    north, east = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)


def apart(places: np.ndarray) -> np.ndarray:
    """The places without those that lie within FINE of the one kept before them."""
    kept, last = [], None
    for at, (x, y, z) in enumerate(places.tolist()):
        if last is None or (x - last[0]) ** 2 + (y - last[1]) ** 2 + (z - last[2]) ** 2 > FINE**2:
            kept.append(at)
            last = x, y, z
    return places[kept]
