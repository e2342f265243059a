"""Maps of cities: which dots, how large, and which part of the world."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from practices.cities import atlas
from practices.cities.borders import Country, countries_in
from practices.models import City

# A dot's radius as a share of the map's width: small where many stand together, large on a map of one
# city, which is drawn beside a text. A city with several practices is drawn larger.
ON_THE_WORLD, IN_A_REGION, ALONE = 0.0036, 0.0075, 0.022
OF_NEIGHBOURS = 0.5  # of the radius of the city that the map is about
LARGER = 1.3
# Cities that lie further apart are shown on the world, whose land is drawn with fewer points. In map units.
FAR_APART = 400
# Of the map's width: some 14 pixels in the column beside a text.
SIZE_OF_NAME = 0.047
SIZE_OF_NEIGHBOUR, MOST_NEIGHBOURS = 0.036, 8
SIZE_WHERE_POINTED = 0.026  # of the name of a dot that one points at
# The width of a letter as a share of its height, generously.
WIDTH_OF_LETTER = 0.62


@dataclass(frozen=True)
class Map:
    """``countries`` are drawn on a part of the world; the world as a whole shows its land alone."""

    box: atlas.ViewBox
    dots: list[atlas.Dot]
    label: str
    countries: list[Country]
    names: tuple["Name", ...] = ()

    @property
    def height_where_pointed(self) -> str:
        """How high the names are that stand beside the dots one points at, in map units."""
        return f"{self.box.width * SIZE_WHERE_POINTED:.1f}"


@dataclass(frozen=True)
class Name:
    """What stands beside a dot. Sizes in map units; ``anchor`` is SVG's text-anchor."""

    text: str
    left: float
    baseline: float
    size: float
    anchor: str = "start"
    is_here: bool = False

    # For templates: a float would be printed as 12,5 where a language writes it so, and SVG would break.
    @property
    def x(self) -> str:
        return f"{self.left:.2f}"

    @property
    def y(self) -> str:
        return f"{self.baseline:.2f}"

    @property
    def height(self) -> str:
        return f"{self.size:.2f}"

    @property
    def start(self) -> float:
        """Its left edge, whichever end it is anchored at."""
        return self.left - self.width if self.anchor == "end" else self.left

    @property
    def width(self) -> float:
        return len(self.text) * self.size * WIDTH_OF_LETTER

    def hides(self, other: "Name") -> bool:
        beside = self.start + self.width < other.start or other.start + other.width < self.start
        return not beside and abs(self.baseline - other.baseline) < max(self.size, other.size)

    def covers(self, dot: atlas.Dot) -> bool:
        is_level = self.baseline - self.size < dot.y + dot.r and dot.y - dot.r < self.baseline + self.size * 0.3
        return is_level and self.start < dot.x + dot.r and dot.x - dot.r < self.start + self.width


def world_map(
    cities: Iterable[City], *, region: tuple[str, ...] = (), around: City | None = None, close: bool = False
) -> Map | None:
    """A map of the cities that have a place; zoomed to one ``region``, ``around`` one city, or ``close`` to all of them.

    Around a city, its name stands beside it, and the names of its neighbours where there is room.
    None where the city to show has no place.
    """
    placed = [city for city in cities if city.latitude is not None]
    points = [atlas.project(city.latitude, city.longitude) for city in placed]
    box, radius = atlas.WORLD, ON_THE_WORLD
    if around is not None:
        if around.latitude is None:
            return None
        here = atlas.project(around.latitude, around.longitude)
        box, radius = atlas.view_box([here]), ALONE
        placed = [city for city, point in zip(placed, points, strict=True) if point in box]
    elif len(region) == 1:
        box, radius = atlas.REGION_BOXES[region[0]].including(points), IN_A_REGION
    elif close and points and (near := atlas.view_box(points)).width < FAR_APART:
        box, radius = near, IN_A_REGION
    dots = [dot(city, radius * box.width) for city in placed]
    label = ngettext("Map of %(count)d city", "Map of %(count)d cities", len(placed)) % {"count": len(placed)}
    countries = [] if box == atlas.WORLD else countries_in(box, here if around else None)
    if around is None:
        letter, east = box.width * SIZE_WHERE_POINTED * WIDTH_OF_LETTER, box.x + box.width
        dots = [
            replace(dot, is_named_before=dot.x + letter * (len(dot.name) + 1) > east) for dot in atlas.spread(dots, box)
        ]
        return Map(box, dots, label, countries)
    dots = [
        replace(dot, kind=f"{dot.kind} here") if city.pk == around.pk else replace(dot, r=dot.r * OF_NEIGHBOURS)
        for city, dot in zip(placed, dots, strict=True)
    ]
    dots = atlas.spread(dots, box)
    return Map(box, dots, label, countries, tuple(names_around(around, placed, dots, box)))


def names_around(around: City, cities: list[City], dots: list[atlas.Dot], box: atlas.ViewBox) -> list[Name]:
    """The names that have room: that of the city first, then of its neighbours as they come."""
    pairs = sorted(zip(cities, dots, strict=True), key=lambda pair: pair[0].pk != around.pk)
    names: list[Name] = []
    for city, dot in pairs:
        others = [other for other in dots if other is not dot]
        for name in names_beside(dot, city.translated_name, box, is_here=city.pk == around.pk):
            fits = box.x < name.start and name.start + name.width < box.x + box.width
            if name.is_here or (fits and not any(map(name.hides, names)) and not any(map(name.covers, others))):
                names.append(name)
                break
        if len(names) > MOST_NEIGHBOURS:
            break
    return names


def names_beside(dot: atlas.Dot, text: str, box: atlas.ViewBox, *, is_here: bool) -> list[Name]:
    """On each side of the dot; first on the one with more room."""
    size = box.width * (SIZE_OF_NAME if is_here else SIZE_OF_NEIGHBOUR)
    sides = [Name(text, dot.x + side * dot.r * 1.6, dot.y + size * 0.35, size, anchor, is_here)
             for side, anchor in ((1, "start"), (-1, "end"))]  # fmt: skip
    return sides[::-1] if dot.x > box.x + box.width * 0.6 else sides


def dot(city: City, radius: float) -> atlas.Dot:
    """A city on the map; cities that signed and cities with practices differ in colour and in words.

    ``radius`` in map units; ``city`` may carry ``practice_count``.
    """
    count = getattr(city, "practice_count", 0)
    facts = []
    if count:
        facts.append(ngettext("%(count)d practice", "%(count)d practices", count) % {"count": count})
    if city.is_signed:
        facts.append(_("signed the statement"))
    label = f"{city}: {pgettext('list separator', ', ').join(facts)}" if facts else str(city)
    kind = "practice"
    if city.is_signed:
        kind = "both" if count else "signed"
    x, y = atlas.project(city.latitude, city.longitude)
    r = radius * LARGER if count > 1 else radius
    return atlas.Dot(x=x, y=y, r=r, label=label, url=city.get_absolute_url(), kind=kind, name=str(city))
