"""Maps of cities: which dots, how large, and which part of the world."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from practices import atlas
from practices.facets import Counts
from practices.models import City
from practices.selection import Selection
from practices.vocabularies import SUBREGIONS

# A dot's radius as a share of the map's width: small where many stand together, large on a map of one
# city, which is drawn beside a text. A city with several practices is drawn larger.
ON_THE_WORLD, IN_A_REGION, ALONE = 0.0036, 0.0075, 0.022
LARGER = 1.3


@dataclass(frozen=True)
class Map:
    """What the map template draws."""

    box: atlas.ViewBox
    dots: list[atlas.Dot]
    label: str


@dataclass(frozen=True)
class RegionLink:
    """A way to see one region of the world, or all of it."""

    label: str
    url: str
    current: bool


def world_map(cities: Iterable[City], *, region: tuple[str, ...] = (), around: City | None = None) -> Map | None:
    """A map of the cities that have a place; zoomed to one ``region``, or ``around`` one city.

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
    dots = [dot(city, radius * box.width) for city in placed]
    label = ngettext("Map of %(count)d city", "Map of %(count)d cities", len(placed)) % {"count": len(placed)}
    return Map(box, atlas.spread(dots, box), label)


def dot(city: City, radius: float) -> atlas.Dot:
    """A city on the map; cities that signed and cities with practices differ in colour and in words.

    ``radius`` in map units; ``city`` may carry ``practice_count``.
    """
    count = getattr(city, "practice_count", 0)
    said = []
    if count:
        said.append(ngettext("%(count)d practice", "%(count)d practices", count) % {"count": count})
    if city.is_signed:
        said.append(_("signed the statement"))
    label = f"{city}: {pgettext('list separator', ', ').join(said)}" if said else str(city)
    kind = "practice"
    if city.is_signed:
        kind = "both" if count else "signed"
    x, y = atlas.project(city.latitude, city.longitude)
    r = radius * LARGER if count > 1 else radius
    return atlas.Dot(x=x, y=y, r=r, label=label, url=city.get_absolute_url(), kind=kind)


def region_links(selection: Selection, counts: Counts) -> list[RegionLink]:
    """The world and every region with practices, as addresses of the same search."""
    chosen = selection.codes("region")
    world = RegionLink(_("World"), selection.with_only("region", ()).query() or "?", not chosen)
    return [world] + [
        RegionLink(label, selection.with_only("region", (code,)).query(), chosen == (code,))
        for code, label in SUBREGIONS.choices
        if counts.of("region", code) or code in chosen
    ]
