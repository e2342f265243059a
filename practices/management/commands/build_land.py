"""Draw the world's land and its countries once, so that no page has to."""

import gzip
import json
from itertools import pairwise
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from practices.cities.atlas import CUT, LAND_FILE, WORLD, project
from practices.cities.borders import COUNTRIES_FILE, Ring, clipped, path_of

# Of rings in degrees: (longitude, latitude), the last point equal to the first.


class Command(BaseCommand):
    """Writes practices/data/land.svgpath and countries.txt from TopoJSON files."""

    help = (
        "Draws the world's land as one SVG path in the Equal Earth projection, and the countries as rings. Needs "
        "land-110m.json and countries-50m.json of the npm package world-atlas (`npm pack world-atlas`): Natural "
        "Earth's data, which is in the public domain. Their borders imply no opinion."
    )

    def add_arguments(self, parser):
        parser.add_argument("land", type=Path)
        parser.add_argument("countries", type=Path, nargs="?")
        parser.add_argument("--output", type=Path, default=LAND_FILE)
        parser.add_argument("--countries-output", type=Path, default=COUNTRIES_FILE)

    def handle(self, *, land: Path, countries: Path | None, output: Path, countries_output: Path, **options):
        path = path_of(points for rings in read(land, "land") for points in on_the_sheet(rings))
        self.write(output, path + "\n")
        if countries:
            lines = [drawn for rings in read(countries, "countries") if (drawn := in_steps(on_the_sheet(rings)))]
            self.write(countries_output, "\n".join(lines) + "\n")

    def write(self, file: Path, text: str) -> None:
        file.write_text(text, encoding="ascii")
        self.stdout.write(f"{file.name}: {len(text):,} bytes, {len(gzip.compress(text.encode())):,} with gzip")


def read(file: Path, name: str) -> list[list[Ring]]:
    try:
        return rings_of(json.loads(file.read_text(encoding="utf-8")), name)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CommandError(f"{file} is not a TopoJSON file with an object named {name}: {error!r}") from error


def rings_of(topology: dict, name: str) -> list[list[Ring]]:
    """Per geometry of the object, every ring, holes included (they turn the other way), decoded to degrees."""
    (x_scale, y_scale), (x_start, y_start) = (topology["transform"][key] for key in ("scale", "translate"))
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * x_scale + x_start, y * y_scale + y_start))
        arcs.append(arc)
    found = []
    for geometry in topology["objects"][name]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        found.append([_joined(arcs, indexes) for polygon in polygons for indexes in polygon])
    return found


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
        piece = clipped(clipped(shifted, CUT, 1), CUT + 360, -1)
        if piece:
            pieces.append(piece)
    return pieces


def on_the_sheet(rings: list[Ring]) -> list[list[tuple[int, int]]]:
    """The rings in tenths of a map unit, without those too small to see or below the sheet."""
    pieces = [_projected(piece) for ring in rings for piece in cut(ring)]
    return [points for points in pieces if len(points) >= 3 and min(y for _x, y in points) <= WORLD.height * 10]


def _projected(ring: Ring) -> list[tuple[int, int]]:
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


def in_steps(rings: list[list[tuple[int, int]]]) -> str:
    """A line of countries.txt: of each ring the first point, then the steps from point to point."""
    lines = []
    for ring in rings:
        steps = [*ring[0]]
        for (x0, y0), (x1, y1) in pairwise(ring):
            steps += [x1 - x0, y1 - y0]
        lines.append(" ".join(map(str, steps)))
    return ";".join(lines)
