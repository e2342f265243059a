"""Countries on a part of the map: what is drawn lies in the picture, and the right one is tinted."""

import re

import pytest
from django.core.management import call_command

from practices.cities.atlas import REGION_BOXES, WORLD, ViewBox, project, view_box
from practices.cities.borders import BEYOND, clipped, countries_in, holds, path_of
from practices.cities.maps import names_beside, world_map
from practices.models import City

BERLIN, WARSAW = (52.52, 13.41), (52.23, 21.01)


def corners(path):
    """The points of a path of relative steps."""
    numbers = [float(number) for number in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", path.replace("z", " "))]
    x = y = 0
    for part in path.split("z")[:-1]:
        steps = [float(number) for number in re.findall(r"-?\d*\.?\d+", part)]
        start = None
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            start = start or (x, y)
            yield x, y
        x, y = start
    assert numbers


@pytest.mark.parametrize("box", [view_box([project(*BERLIN)]), REGION_BOXES["western-asia"], REGION_BOXES["polynesia"]])
def test_only_what_lies_in_the_picture_is_drawn(box):
    seen = [point for country in countries_in(box) for point in corners(country.path)]
    assert seen
    assert all(box.x - BEYOND - 0.2 <= x <= box.x + box.width + BEYOND + 0.2 for x, _y in seen)
    assert all(box.y - BEYOND - 0.2 <= y <= box.y + box.height + BEYOND + 0.2 for _x, y in seen)


def test_the_country_around_a_city_is_told_apart():
    def here(place):
        point = project(*place)
        [country] = [country for country in countries_in(view_box([project(*BERLIN)]), point) if country.is_here]
        return country.path

    assert here(BERLIN) != here(WARSAW)
    at_sea = countries_in(view_box([project(*BERLIN)]), project(55.5, 4))
    assert at_sea and not any(country.is_here for country in at_sea)


def test_a_hole_is_outside():
    square, hole = [(0, 0), (9, 0), (9, 9), (0, 9)], [(3, 3), (3, 6), (6, 6), (6, 3)]
    assert holds([square, hole], (1, 1)) and not holds([square, hole], (4, 4)) and not holds([square], (10, 4))


def test_a_ring_is_cut_at_an_upright_line():
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    assert sorted(clipped(square, 2, 1)) == [(2, 0), (2, 4), (4, 0), (4, 4)]
    assert sorted(clipped(square, 2, -1)) == [(0, 0), (0, 4), (2, 0), (2, 4)]
    assert clipped(square, 5, 1) == []


def test_a_path_steps_from_ring_to_ring():
    assert path_of([[(10, 20), (20, 20), (20, 35)], [(0, 0), (1, 1)], [(10, 25), (12, 26), (9, 30)]]) == (
        "m1 2 1 0 0 1.5zm0 .5.2.1-.3.4z"
    )


def test_the_world_has_its_land_alone_and_a_city_has_its_name():
    berlin = City(name="Berlin", country="DE", slug="berlin-de", latitude=BERLIN[0], longitude=BERLIN[1])
    world = world_map([berlin])
    assert (world.box, world.countries, world.names) == (WORLD, [], ())
    around = world_map([berlin], around=berlin)
    assert [name.text for name in around.names] == ["Berlin"] and sum(
        country.is_here for country in around.countries
    ) == 1


def test_on_the_world_a_name_waits_beside_its_dot_on_the_side_that_has_room():
    places = (("A", -90), ("B", 120), ("B", 170), ("Sant'Alessio in Aspromonte", 40))
    cities = [City(name=name, country="DE", slug="a-city", latitude=0, longitude=at) for name, at in places]
    dots = world_map(cities).dots
    assert [(dot.name, dot.is_named_before) for dot in dots] == [
        ("A, Germany", False),
        ("B, Germany", False),
        ("B, Germany", True),
        ("Sant'Alessio in Aspromonte, Germany", True),
    ]


@pytest.mark.parametrize(("share", "anchor"), [(0.1, "start"), (0.5, "start"), (0.9, "end")])
def test_a_name_stands_where_there_is_room(share, anchor):
    berlin = City(name="Berlin", country="DE", slug="berlin-de", latitude=BERLIN[0], longitude=BERLIN[1])
    [dot] = world_map([berlin], around=berlin).dots
    box = ViewBox(dot.x - 100 * share, dot.y - 20, 100, 60)
    assert names_beside(dot, "Berlin", box, is_here=True)[0].anchor == anchor


def test_the_builder_draws_countries_too(tmp_path):
    (tmp_path / "map.json").write_text(
        '{"transform": {"scale": [1, 1], "translate": [0, 0]}, "arcs": [[[0, 0], [10, 0], [0, 10], [-10, 0], [0, -10]]],'
        ' "objects": {"land": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]},'
        ' "countries": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]}}}'
    )
    files = {"output": tmp_path / "land", "countries_output": tmp_path / "countries"}
    call_command("build_land", tmp_path / "map.json", tmp_path / "map.json", **files, verbosity=0)
    x, y = project(0, 0)
    assert (tmp_path / "countries").read_text().startswith(f"{round(x * 10)} {round(y * 10)} ")
