from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import pgettext

from pledges.signatories.selection import SignatorySelection
from practices.cities.maps import Map, world_map
from practices.directory.regions import RegionLink, region_links
from practices.vocabularies import SUBREGIONS
from practices.vocabularies.facets import Counts, Group


def signatory_map(signatures: Sequence, *, region: tuple[str, ...] = (), close: bool = False) -> Map:
    """The signatures with their cities loaded; zoomed where one region is chosen, or ``close`` to all of them."""
    by_city = {signature.city.get_absolute_url(): signature for signature in signatures}
    cities = world_map([signature.city for signature in signatures], region=region, close=close)
    return replace(cities, dots=[signature_dot(dot, by_city[dot.url]) for dot in cities.dots])


def signature_dot(dot, signature):
    """A city's dot with the URL, label and standing of its signature."""
    facts = (str(signature.standing.label), signature.signed_in_words)
    label = f"{signature.city}: {pgettext('list separator', ', ').join(facts)}"
    return replace(dot, url=signature.get_absolute_url(), label=label, kind=signature.standing.value)


def regions(selection: SignatorySelection, groups: Iterable[Group]) -> list[RegionLink]:
    """Links to the world and to every region with signatories, in the same selection."""
    options = next(group.options for group in groups if group.name == "region")
    numbers = {SUBREGIONS.numbers[option.code]: option.count for option in options}
    return region_links(selection, Counts(numbers=numbers))
