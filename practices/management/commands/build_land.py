"""Draw the world's land once, so that no page has to."""

import gzip
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from practices.atlas import CUT, LAND_FILE, WORLD, project

Ring = list[tuple[float, float]]  # (longitude, latitude) in degrees, the last equal to the first


class Command(BaseCommand):
    """Writes practices/data/land.svgpath from a TopoJSON file."""

    help = (
        "Draws the world's land as one SVG path in the Equal Earth projection. Needs land-110m.json of the npm "
        "package world-atlas (`npm pack world-atlas`): Natural Earth's data, which is in the public domain."
    )

    def add_arguments(self, parser):
        parser.add_argument("topojson", type=Path)
        parser.add_argument("--output", type=Path, default=LAND_FILE)

    def handle(self, *, topojson: Path, output: Path, **options):
        try:
            topology = json.loads(topojson.read_text(encoding="utf-8"))
            rings = land_rings(topology)
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise CommandError(f"{topojson} is not a TopoJSON file with an object named land: {error!r}") from error
        path = svg_path(piece for ring in rings for piece in cut(ring))
        output.write_text(path + "\n", encoding="ascii")
        self.stdout.write(f"{output.name}: {len(path):,} bytes, {len(gzip.compress(path.encode())):,} with gzip")


def land_rings(topology: dict) -> list[Ring]:
    """Every ring of the object `land`, holes included (they turn the other way), decoded to degrees."""
    (x_scale, y_scale), (x_start, y_start) = (topology["transform"][key] for key in ("scale", "translate"))
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * x_scale + x_start, y * y_scale + y_start))
        arcs.append(arc)
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings += [_joined(arcs, indexes) for polygon in polygons for indexes in polygon]
    return rings


def _joined(arcs: list[Ring], indexes: list[int]) -> Ring:
    ring: Ring = []
    for index in indexes:
        # TopoJSON: ~i is arc i walked backwards, and each arc begins where the one before ended.
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += points[1:] if ring else points
    return ring


def cut(ring: Ring) -> list[Ring]:
    """The ring's pieces on the sheet, longitudes from CUT to CUT + 360.

    A ring that crosses the sheet's edge would otherwise draw a line across the map.
    """
    unrolled = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((unrolled[-1][0] - longitude) / 360)
        unrolled.append((longitude + 360 * turns, latitude))
    if abs(unrolled[-1][0] - unrolled[0][0]) > 180:
        return []  # Antarctica alone goes all the way round; it is below the sheet.
    pieces = []
    for turns in (-1, 0, 1):
        shifted = [(longitude + 360 * turns, latitude) for longitude, latitude in unrolled]
        piece = _clipped(_clipped(shifted, CUT, 1), CUT + 360, -1)
        if piece:
            pieces.append(piece)
    return pieces


def _clipped(ring: Ring, edge: float, side: int) -> Ring:
    """Sutherland and Hodgman's clipping (1974) at one meridian; `side` 1 keeps the east, -1 the west."""
    kept: Ring = []
    for (x0, y0), (x1, y1) in zip(ring[-1:] + ring[:-1], ring, strict=True):
        was_in, is_in = (x0 - edge) * side >= 0, (x1 - edge) * side >= 0
        if was_in != is_in:
            kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
        if is_in:
            kept.append((x1, y1))
    return kept


def svg_path(rings) -> str:
    """One path of all rings, in tenths of a map unit; relative steps, as they are short to write."""
    parts = []
    at = (0, 0)
    for ring in rings:
        points = _on_the_sheet(ring)
        if len(points) < 3 or min(y for _, y in points) > WORLD.height * 10:
            continue
        steps = []
        for x, y in points:
            steps += [x - at[0], y - at[1]]
            at = (x, y)
        parts.append("m" + _numbers(steps) + "z")
        at = points[0]  # z goes back to the ring's first point
    return "".join(parts)


def _on_the_sheet(ring: Ring) -> list[tuple[int, int]]:
    east = CUT + 360
    points: list[tuple[int, int]] = []
    for longitude, latitude in ring:
        # A point on the eastern edge is the same meridian as the western one: keep it on its own side.
        x, y = project(latitude, min(longitude, east - 1e-9))
        point = round(x * 10), round(y * 10)
        if not points or point != points[-1]:
            points.append(point)
    while len(points) > 1 and points[-1] == points[0]:
        points.pop()
    return points


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
