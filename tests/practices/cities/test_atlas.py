"""Places lie where they should on the map, and every city on it can be seen."""

import gzip
import json
import random
import re
from itertools import combinations, pairwise
from math import dist, radians, sin

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.template import Context, Template
from django.utils.translation import override

from practices.cities.atlas import (
    FARTHEST_MOVE,
    LAND_FILE,
    REGION_BOXES,
    SEPARATION,
    SMALLEST_WIDTH,
    WORLD,
    Dot,
    ViewBox,
    equal_earth,
    land,
    project,
    spread,
    view_box,
)
from practices.vocabularies.countries import REGIONS, region_of

CITIES = [
    city
    for city in map(json.loads, (settings.BASE_DIR / "fixtures" / "cities.jsonl").read_text("utf-8").splitlines())
    if city["latitude"] is not None
]


def place(city):
    return project(city["latitude"], city["longitude"])


def subpaths():
    """The drawn path's rings as absolute points, read as SVG reads them."""
    x = y = 0.0
    for ring in re.findall(r"m([^z]+)z", land()):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+(?:\.\d+)?|\.\d+)", ring)]
        points = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        x, y = points[0]
        yield points


def holds_land(latitude, longitude):
    px, py = project(latitude, longitude)
    inside = False
    for points in subpaths():
        for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
            if (y0 > py) != (y1 > py) and px < x0 + (x1 - x0) * (py - y0) / (y1 - y0):
                inside = not inside
    return inside


# --- the projection ---------------------------------------------------------


def test_the_sheet_has_the_proportions_that_the_authors_publish():
    """Šavrič, Patterson and Jenny: 2.05458 times as wide as high, poles 0.59247 as long as the equator."""
    width, height = equal_earth(0, 180)[0], equal_earth(90, 0)[1]
    assert width == pytest.approx(2.7066299836, abs=1e-9)
    assert width / height == pytest.approx(2.05458, abs=1e-5)
    assert equal_earth(90, 180)[0] / width == pytest.approx(0.59247, abs=1e-5)


def test_the_projection_keeps_areas():
    """A cell of 2 by 2 degrees has the same area on the sheet as on the globe, wherever it is."""
    for latitude, longitude in [(0, 0), (45, 100), (-60, -170), (80, 30)]:
        corners = [equal_earth(latitude + dy, longitude + dx) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        drawn = abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*corners, corners[0]]))) / 2
        true = radians(2) * (sin(radians(latitude + 1)) - sin(radians(latitude - 1)))
        assert drawn == pytest.approx(true, rel=2e-3)


def test_north_and_south_east_and_west_mirror_each_other():
    assert equal_earth(0, 0) == (0, 0)
    for latitude, longitude in [(10, 20), (52.5, 13.4), (90, 180)]:
        x, y = equal_earth(latitude, longitude)
        for south, west in ((1, -1), (-1, 1), (-1, -1)):
            assert equal_earth(south * latitude, west * longitude) == pytest.approx((west * x, south * y))


def test_berlin_is_north_east_of_dakar():
    (berlin_x, berlin_y), (dakar_x, dakar_y) = project(52.52, 13.405), project(14.69, -17.45)
    assert berlin_x > dakar_x and berlin_y < dakar_y


def test_a_longitude_counts_the_same_after_a_turn_round_the_globe():
    assert project(-13.8, 188.2) == project(-13.8, -171.8)


@pytest.mark.parametrize("latitude", [90.1, -91, float("nan")])
def test_a_place_beyond_the_poles_is_refused(latitude):
    with pytest.raises(ValueError, match="between -90 and 90"):
        project(latitude, 0)


def test_every_city_lies_on_the_sheet():
    assert len(CITIES) > 190
    assert all(place(city) in WORLD for city in CITIES)


# --- the land ---------------------------------------------------------------


def test_the_land_is_light_enough_to_send_with_a_page():
    assert len(gzip.compress(land().encode())) <= 11_500
    assert set(land()) <= set("mz-. 0123456789")


def test_no_line_crosses_the_map_where_the_sheet_is_cut():
    longest = max(dist(a, b) for points in subpaths() for a, b in pairwise([*points, points[0]]))
    assert 10 < longest < 60


def test_the_land_stays_on_the_sheet():
    points = [point for ring in subpaths() for point in ring]
    assert len(points) > 4000
    assert all(0 <= x <= WORLD.width for x, _ in points)
    assert min(y for _, y in points) > 0
    assert WORLD.height - 30 < max(y for _, y in points) < WORLD.height


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(50, 10), (0, 25), (-25, 135), (40, -100), (-10, -55), (66, 179), (66, -177), (75, -40)]
)
def test_there_is_land_where_there_is_land(latitude, longitude):
    assert holds_land(latitude, longitude)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(35, 18), (42, 51), (30, -40), (0, -140), (-30, 80), (43, 35), (60, -86), (66, -169)]
)
def test_there_is_sea_where_there_is_sea(latitude, longitude):
    """The Caspian and the Black Sea, Hudson Bay and the Bering Strait among them."""
    assert not holds_land(latitude, longitude)


def test_the_builder_draws_a_ring_across_the_cut_as_two_pieces(tmp_path):
    """A square from 170° W to 168° W, written the way TopoJSON writes it, straddles the cut at 169° W."""
    square = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {"land": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]}},
        "arcs": [[[-170, 0], [2, 0], [0, 2], [-2, 0], [0, -2]]],
    }
    (tmp_path / "land.json").write_text(json.dumps(square))
    call_command("build_land", tmp_path / "land.json", output=tmp_path / "out", verbosity=0)
    pieces = re.findall(r"m(-?[\d.]+)", (tmp_path / "out").read_text())
    assert len(pieces) == 2
    assert LAND_FILE.exists()


def test_the_builder_names_a_file_it_cannot_read(tmp_path):
    (tmp_path / "wrong.json").write_text("{}")
    with pytest.raises(CommandError, match=r"wrong\.json is not a TopoJSON file"):
        call_command("build_land", tmp_path / "wrong.json", output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


# --- the boxes --------------------------------------------------------------


def test_a_box_prints_as_svg_wants_it():
    assert str(ViewBox(0, 1.25, 1000, 435.06)) == "0 1.2 1000 435.1"


def test_a_box_holds_its_points_with_room_around_them():
    points = [(300, 100), (420, 160)]
    box = view_box(points, margin=0.1, aspect=1.5)
    assert box.width / box.height == pytest.approx(1.5)
    assert box.x <= 300 - 12 and box.x + box.width >= 420 + 12
    assert box.y <= 100 - 6 and box.y + box.height >= 160 + 6


def test_a_single_city_does_not_fill_the_map():
    box = view_box([(500, 200)])
    assert box.width == SMALLEST_WIDTH
    assert (500, 200) in box


def test_a_box_near_the_edge_stays_on_the_sheet():
    box = view_box([(995, 3)])
    assert box.x + box.width == WORLD.width and box.y == 0


def test_no_city_at_all_shows_the_world():
    assert view_box([]) == WORLD


def test_every_region_has_a_box_of_one_shape():
    assert set(REGION_BOXES) == set(REGIONS)
    assert {round(box.width / box.height, 3) for box in REGION_BOXES.values()} == {1.5}


def test_every_city_of_the_directory_lies_in_its_regions_box():
    outside = [c["name"] for c in CITIES if place(c) not in REGION_BOXES[region_of(c["country"])]]
    assert outside == []


def test_a_regions_box_grows_only_for_a_city_outside_it():
    box = REGION_BOXES["eastern-europe"]
    assert box.including([project(44.4, 26.1)]) is box
    vladivostok, bucharest = project(43.1, 131.9), project(44.4, 26.1)
    larger = box.including([vladivostok, bucharest])
    assert vladivostok in larger and bucharest in larger
    assert larger.width / larger.height == pytest.approx(1.5)


# --- the dots ---------------------------------------------------------------


def dots_of_the_directory():
    return [Dot(*place(city), r=2.4, label=city["name"], url=f"/{city['name']}/") for city in CITIES]


def distances(dots):
    return [dist((a.x, a.y), (b.x, b.y)) for a, b in combinations(dots, 2)]


def test_no_city_of_the_directory_hides_another_on_the_world_map():
    before, after = dots_of_the_directory(), spread(dots_of_the_directory(), WORLD)
    assert min(distances(before)) < 0.1
    assert min(distances(after)) >= 0.95 * SEPARATION * WORLD.width


def test_large_dots_do_not_overlap_where_there_is_room():
    box = REGION_BOXES["western-europe"]
    radius = 0.0065 * box.width
    large = [Dot(*place(city), r=radius, label=city["name"]) for city in CITIES if place(city) in box]
    assert len(large) > 30
    assert min(distances(large)) < radius
    assert min(distances(spread(large, box))) >= 0.95 * 2 * radius


def test_no_dot_is_moved_farther_than_it_may():
    for box in (WORLD, *REGION_BOXES.values()):
        before = dots_of_the_directory()
        moves = [dist((a.x, a.y), (b.x, b.y)) for a, b in zip(before, spread(before, box), strict=True)]
        assert 0 < max(moves) <= FARTHEST_MOVE * box.width + 1e-6


def test_dots_on_one_spot_are_all_seen():
    dots = [Dot(500, 200, 2.4, label=str(n)) for n in range(7)]
    assert min(distances(spread(dots, WORLD))) >= 0.95 * SEPARATION * WORLD.width


def test_dots_with_room_between_them_stay_where_they_are():
    dots = [Dot(100, 100, 2.4, "one"), Dot(120, 100, 2.4, "two")]
    assert spread(dots, WORLD) == dots
    assert spread([], WORLD) == []


def test_the_same_dots_give_the_same_picture_in_any_order():
    dots = dots_of_the_directory()
    shuffled = random.Random(7).sample(dots, len(dots))
    assert spread(dots, WORLD) == spread(dots, WORLD)
    assert set(spread(shuffled, WORLD)) == set(spread(dots, WORLD))
    assert [dot.label for dot in spread(shuffled, WORLD)] == [dot.label for dot in shuffled]


def test_a_dot_prints_its_numbers_the_same_in_every_language():
    with override("fr"):
        text = Template("{{ dot.cx }} {{ dot.cy }} {{ dot.cr }} {{ box }}").render(
            Context({"dot": Dot(1234.5, 0.25, 2.4, "Genève"), "box": ViewBox(0.5, 0, 1000, 1)})
        )
    assert text == "1234.50 0.25 2.40 0.5 0 1000 1"
