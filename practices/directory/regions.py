from dataclasses import dataclass

from django.utils.translation import gettext as _

from practices.directory.selection import Selection
from practices.vocabularies import SUBREGIONS
from practices.vocabularies.facets import Counts


@dataclass(frozen=True)
class RegionLink:
    label: str
    url: str
    current: bool
    count: int = 0  # of what the page lists; the world's stands in its heading


def region_links(selection: Selection, counts: Counts) -> list[RegionLink]:
    chosen = selection.codes("region")
    world = RegionLink(_("World"), selection.with_only("region", ()).query() or "?", not chosen)
    return [world] + [
        RegionLink(label, selection.with_only("region", (code,)).query(), chosen == (code,), counts.of("region", code))
        for code, label in SUBREGIONS.choices
        if counts.of("region", code) or code in chosen
    ]
