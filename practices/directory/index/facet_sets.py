"""Sets of practices, one for each facet value, and counting them: one AND and one count of bits for each."""

from collections.abc import Iterable, Mapping
from functools import cache, reduce
from operator import and_, or_

from practices.vocabularies.facets import BY_NAME, FACETS, Counts, bounds

NEVER = 1 << 62


class FacetSets:
    """``bits``: tag number → the set of practices that have it; a year of beginning is kept as a negative tag."""

    apart: tuple[str, ...] = ()  # facets that are counted in another way

    def __init__(self, bits: dict[int, int], everything: int):
        self.bits = bits
        self.everything = everything
        self.values: dict[str, dict[int, int]] = {facet.name: {} for facet in FACETS}  # tag number → set
        for tag, value in bits.items():
            if name := facet_of(tag):
                self.values[name][tag] = value
        self.replace("", {})

    def replace(self, name: str, sets: dict[int, int]) -> None:
        """Other sets for the values of a facet; "" for none."""
        self.bits = self.bits | sets
        self.values = self.values | ({name: sets} if name else {})
        # What is counted one by one, in one row: each step is one call for all of them.
        self.in_a_row = merged(sets for name, sets in self.values.items() if name not in self.apart)

    def started_between(self, since: int | None, until: int | None) -> int:
        """The set of practices begun in these years, both included; None leaves that side open."""
        if since is None and until is None:
            return self.everything
        first, last = since or -NEVER, until or NEVER
        return union(bits for tag, bits in self.bits.items() if tag < 0 and first <= -tag <= last)

    def chosen(self, codes_of: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
        return {
            facet.name: union(self.bits.get(facet.vocabulary.numbers[code], 0) for code in codes)
            for facet in FACETS
            if (codes := codes_of.get(facet.name))
        }

    def counts(self, base: int, chosen: Mapping[str, int]) -> Counts:
        """Every facet counted within ``base`` under what is chosen, but without its own choice."""
        whole = within(base, chosen)
        numbers, without = dict(counted(self.in_a_row, whole)), {}
        for name in self.apart:
            numbers.update(self.tally(name, whole))
        for name in chosen:
            rest = within(base, {other: bits for other, bits in chosen.items() if other != name})
            without[name] = rest.bit_count()
            numbers.update(self.tally(name, rest))
        return Counts(whole.bit_count(), numbers, without)

    def tally(self, name: str, rest: int) -> Iterable[tuple[int, int]]:
        return counted(self.values[name], rest)


def counted(sets: Mapping[int, int], rest: int) -> Iterable[tuple[int, int]]:
    return zip(sets, map(int.bit_count, map(rest.__and__, sets.values())), strict=True)


def merged(several: Iterable[dict[int, int]]) -> dict[int, int]:
    return {tag: bits for sets in several for tag, bits in sets.items()}


def within(base: int, chosen: Mapping[str, int]) -> int:
    return reduce(and_, chosen.values(), base)


def union(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


@cache
def facet_of(tag: int) -> str:
    """The name of the facet that a tag number belongs to; "" for none."""
    return next((name for name in BY_NAME if bounds(name)[0] <= tag <= bounds(name)[1]), "")
