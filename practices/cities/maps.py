"""Maps of cities: which dots, how large, and which part of the world."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from practices.cities import atlas
from practices.cities.borders import Country, countries_in
from practices.models import City

# A dot's radius as a share of the map's width: small where many stand together, large on a map of one
# city, which is drawn beside a text. A city with several practices is drawn larger.
ON_THE_WORLD, IN_A_REGION, ALONE = 0.0036, 0.0075, 0.022
LARGER = 1.3
# Cities that lie further apart are shown on the world, whose land is drawn with fewer points. In map units.
FAR_APART = 400
# Of the map's width: some 14 pixels in the column beside a text.
SIZE_OF_NAME = 0.047


@dataclass(frozen=True)
class Map:
    """``countries`` are drawn on a part of the world; the world as a whole shows its land alone."""

    box: atlas.ViewBox
    dots: list[atlas.Dot]
    label: str
    countries: list[Country]
    name: "Name | None" = None


@dataclass(frozen=True)
class Name:
    """What stands beside the one dot of a map. Sizes in map units; ``anchor`` is SVG's text-anchor."""

    text: str
    x: str
    y: str
    size: str
    anchor: str


def world_map(
    cities: Iterable[City], *, region: tuple[str, ...] = (), around: City | None = None, close: bool = False
) -> Map | None:
    """A map of the cities that have a place; zoomed to one ``region``, ``around`` one city, or ``close`` to all of them.

    None where the city to show has no place.
    """
    placed = [city for city in cities if city.latitude is not None]
    points = [atlas.project(city.latitude, city.longitude) for city in placed]
    box, radius = atlas.WORLD, ON_THE_WORLD
    if around is not None:
        if around.latitude is None:
            return None
        box, radius = atlas.view_box([atlas.project(around.latitude, around.longitude)]), ALONE
    elif len(region) == 1:
        box, radius = atlas.REGION_BOXES[region[0]].including(points), IN_A_REGION
    elif close and points and (near := atlas.view_box(points)).width < FAR_APART:
        box, radius = near, IN_A_REGION
    dots = [dot(city, radius * box.width) for city in placed]
    label = ngettext("Map of %(count)d city", "Map of %(count)d cities", len(placed)) % {"count": len(placed)}
    countries = [] if box == atlas.WORLD else countries_in(box, around and points[0])
    name = around and name_beside(dots[0], around.translated_name, box)
    return Map(box, atlas.spread(dots, box), label, countries, name)


def name_beside(dot: atlas.Dot, text: str, box: atlas.ViewBox) -> Name:
    is_right = dot.x > box.x + box.width * 0.6
    x = dot.x + (-dot.r * 1.6 if is_right else dot.r * 1.6)
    size = box.width * SIZE_OF_NAME
    return Name(text, f"{x:.2f}", f"{dot.y + size * 0.35:.2f}", f"{size:.2f}", "end" if is_right else "start")


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
    return atlas.Dot(x=x, y=y, r=r, label=label, url=city.get_absolute_url(), kind=kind)
