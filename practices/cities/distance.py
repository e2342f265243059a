"""How far two places are apart."""

from math import asin, cos, radians, sin, sqrt

RADIUS = 6371.0  # of the Earth, in kilometres
DEGREE = 111.0  # the least kilometres in a degree of latitude, rounded down


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The way along the surface of a sphere, by the haversine formula; all in degrees. Wrong by half a percent at most."""
    north, east = radians(other_latitude - latitude), radians(other_longitude - longitude)
    half = sin(north / 2) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(half)))
