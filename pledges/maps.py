"""The signatories on the map: each dot leads to a signature, and shows how well it is known."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import pgettext

from pledges.selection import SignatorySelection
from practices.facets import Counts, Group
from practices.maps import Map, RegionLink, region_links, world_map
from practices.vocabularies import SUBREGIONS


def signatory_map(signatures: Sequence, *, region: tuple[str, ...] = ()) -> Map:
    """The signatures that have a place, each with its city at hand; zoomed where one region is chosen."""
    by_city = {signature.city.get_absolute_url(): signature for signature in signatures}
    drawn = world_map([signature.city for signature in signatures], region=region)
    return replace(drawn, dots=[signed_dot(dot, by_city[dot.url]) for dot in drawn.dots])


def signed_dot(dot, signature):
    """The dot of a city as that of its signature: its address, its standing in words, and as its class."""
    said = (str(signature.standing.label), signature.signed_in_words)
    label = f"{signature.city}: {pgettext('list separator', ', ').join(said)}"
    return replace(dot, url=signature.get_absolute_url(), label=label, kind=signature.standing.value)


def regions(selection: SignatorySelection, groups: Iterable[Group]) -> list[RegionLink]:
    """The world and every region with signatories, as addresses of the same selection."""
    options = next(group.options for group in groups if group.name == "region")
    counted = {SUBREGIONS.numbers[option.code]: option.count for option in options}
    return region_links(selection, Counts(numbers=counted))
