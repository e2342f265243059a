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

# Radii as shares of the map's width, so that a dot is as large on a region's map as on the world's;
# a map around one city is drawn small, beside a text.
RADIUS, LARGER, ALONE = 0.0036, 0.0046, 0.022


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
    if around is not None and around.latitude is None:
        return None
    placed = [city for city in cities if city.latitude is not None]
    box = atlas.WORLD
    if around is not None:
        box = atlas.view_box([atlas.project(around.latitude, around.longitude)])
    elif len(region) == 1:
        box = atlas.REGION_BOXES[region[0]].including([atlas.project(city.latitude, city.longitude) for city in placed])
    dots = [dot(city, box, alone=around is not None) for city in placed]
    return Map(box, atlas.spread(dots, box), _("Map of %(count)d cities") % {"count": len(placed)})


def dot(city: City, box: atlas.ViewBox, *, alone: bool = False) -> atlas.Dot:
    """A city on the map; cities that signed and cities with practices differ in colour and in words."""
    count = getattr(city, "practice_count", None)
    said = []
    if count:
        said.append(ngettext("%(count)d practice", "%(count)d practices", count) % {"count": count})
    if city.is_signed:
        said.append(_("signed the statement"))
    label = f"{city}: {pgettext('list separator', ', ').join(said)}" if said else str(city)
    kind = "practice"
    if city.is_signed:
        kind = "both" if count else "signed"
    share = ALONE if alone else LARGER if count and count > 1 else RADIUS
    x, y = atlas.project(city.latitude, city.longitude)
    return atlas.Dot(x=x, y=y, r=share * box.width, label=label, url=city.get_absolute_url(), kind=kind)


def region_links(selection: Selection, counts: Counts) -> list[RegionLink]:
    """The world and every region with practices, as addresses of the same search."""
    chosen = selection.codes("region")
    world = RegionLink(_("World"), selection.with_only("region", ()).query() or "?", not chosen)
    return [world] + [
        RegionLink(label, selection.with_only("region", (code,)).query(), chosen == (code,))
        for code, label in SUBREGIONS.choices
        if counts.of("region", code) or code in chosen
    ]
