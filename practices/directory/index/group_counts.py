"""The sets once more, with the practices of each country side by side: so countries are counted by cutting a number up.

Of all facet values two thirds are countries and regions, and counting bits takes most of the time of a large directory.
The positions of a country fill whole bytes; what is left over in its last byte belongs to nobody.
"""

from array import array
from collections.abc import Callable, Iterable
from operator import itemgetter

from practices.directory.index.bitset import bits_of, positions_of
from practices.directory.index.facet_sets import FacetSets, union

# Below it, counting country by country is as fast.
LEAST = 5_000


class GroupedSets(FacetSets):
    """The same sets as ``sets``, of ``size`` practices, by country."""

    apart = ("region", "country")

    def __init__(self, sets: FacetSets, size: int):
        countries, regions = sets.values["country"], sets.values["region"]
        self.size = size
        self.parts: list[tuple[int, int]] = []  # the first byte of each country, and the one after its last
        order: list[int] = []  # the position of each new position; ``size`` where it is nobody's
        placed = 0
        for bits in countries.values():
            start = len(order)
            order += positions_of(bits)
            order += [size] * (-len(order) % 8)
            self.parts.append((start // 8, len(order) // 8))
            placed |= bits
        order += positions_of(sets.everything & ~placed)
        self.length = len(order)
        self.place = array("I", bytes(4 * size + 4))
        for place, at in enumerate(order):
            self.place[at] = place
        # A set is written as digits, its highest position first; behind them stands a zero for what is nobody's.
        self.digits = array("I", (size - 1 - at if at < size else size for at in reversed(order)))
        self.latest = 0, (0,) * len(countries)
        pick = itemgetter(*self.digits)  # faster, and larger: for this once
        super().__init__(
            {tag: self.moved(bits, pick) for tag, bits in sets.bits.items()}, self.moved(sets.everything, pick)
        )
        self.tags = list(countries)
        self.members = {
            region: itemgetter(*parts)
            for region, bits in regions.items()
            if len(parts := [at for at, country in enumerate(countries.values()) if country & bits]) > 1
            and not bits ^ union(country for country in countries.values() if country & bits)
        }

    def moved(self, bits: int, pick: Callable[[bytes], Iterable[int]] | None = None) -> int:
        """A set of positions as the set of the same practices' places here."""
        if bits.bit_count() * 8 < self.size:
            return bits_of(map(self.place.__getitem__, positions_of(bits)), self.length)
        data = f"{bits:0{self.size}b}0".encode()
        return int(bytes(pick(data) if pick else map(data.__getitem__, self.digits)), 2)

    def tally(self, name: str, rest: int) -> Iterable[tuple[int, int]]:
        if name == "country":
            return zip(self.tags, self.by_country(rest), strict=True)
        if name == "region":
            counts = self.by_country(rest)
            return (
                (tag, sum(self.members[tag](counts)) if tag in self.members else (bits & rest).bit_count())
                for tag, bits in self.values["region"].items()
            )
        return super().tally(name, rest)

    def by_country(self, rest: int) -> tuple[int, ...]:
        """How many practices of a set each country has. The latest answer is kept: the regions ask for the same."""
        counted_set, counts = self.latest
        if counted_set != rest:
            data = rest.to_bytes(self.length // 8 + 1, "little")
            counts = tuple([int.from_bytes(data[first:last], "little").bit_count() for first, last in self.parts])
            self.latest = rest, counts
        return counts
