"""The globe: the place lies in its middle, what is behind it is not shown, and the coasts are those of the map."""

from math import hypot

import numpy as np
import pytest

from practices.cities.atlas import project
from practices.cities.globe import Globe, on_sphere, unproject

PLACES = [(51.3, 7.7), (-36.8, 174.8), (64.1, -21.9), (-54.8, -68.3), (0, 179.9)]


@pytest.mark.parametrize("place", PLACES)
def test_the_map_is_unfolded_to_where_it_was(place):
    x, y = (np.array([number]) for number in project(*place))
    north, east = unproject(x, y)
    assert (north[0], (east[0] + 180) % 360 - 180) == pytest.approx(place, abs=0.005)


@pytest.mark.parametrize("place", PLACES)
def test_the_place_lies_in_the_middle_and_north_is_up(place):
    globe = Globe(*place)
    latitudes, longitudes = np.array([place[0], place[0] + 1, place[0]]), np.array([place[1], place[1], place[1] + 1])
    here, north, east = globe.seen(on_sphere(latitudes, longitudes))
    assert here == pytest.approx((0, 0, 1)) and north[1] < 0 < east[0]


@pytest.mark.parametrize("place", PLACES)
def test_all_that_is_drawn_lies_within_the_circle(place):
    globe = Globe(*place)
    land, lines = list(globe.land()), list(globe.graticule())
    assert land and len(lines) >= 15
    assert max(hypot(x, y) for ring in land + lines for x, y in ring) <= 1 + 1e-9


def test_land_is_there_where_there_is_land_and_not_in_the_ocean():
    def on_land(latitude, longitude):
        return sum(surrounds(ring) for ring in Globe(latitude, longitude).land()) % 2 == 1

    assert on_land(51.3, 7.7) and on_land(-25, 134) and on_land(31.9, 35.9)
    assert not on_land(0, -150) and not on_land(45, -40)


def surrounds(ring) -> bool:
    """Whether the middle of the globe lies within the ring, by the sides that a ray to the right crosses."""
    sides = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum((y1 > 0) != (y2 > 0) and x1 - y1 * (x2 - x1) / (y2 - y1) > 0 for (x1, y1), (x2, y2) in sides) % 2 == 1
