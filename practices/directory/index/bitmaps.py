"""The selection index: one whole number for each facet value, whose bits are the practices that have it.

A practice's position is its rank in the order "newest"; the other orders are permutations of the positions. Counting a
value under a selection is one AND and one count of bits. An index is never changed: ``updated`` gives a new one.
"""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from operator import mul

from practices.directory.index import group_counts as grouped
from practices.directory.index.bitset import bits_of, insert_bit, members, positions_of, remove_bit
from practices.directory.index.facet_sets import NEVER, FacetSets, within
from practices.directory.index.group_counts import GroupedSets
from practices.directory.index.rows import LANGUAGES, IndexRow
from practices.directory.index.scores import groups, ranked
from practices.models.entries.queryset import FRESHNESS_WEIGHTS
from practices.vocabularies import FRESHNESS
from practices.vocabularies.facets import Counts
from practices.vocabularies.orders import COLUMN_SORTS, tags_in_order
from practices.vocabularies.orders import YEAR as YEAR_COLUMN

DAY = 24 * 60 * 60 * 1_000_000  # microseconds
YEAR = 365 * DAY  # as queryset.YEAR
CONFIRMED = "confirmed"
ENDED = 0  # no tag: those known to be over. A year of beginning is kept as a negative tag.


class Matches:
    """The practices that match some words: ``positions`` in the order of the best match, ``bits`` the same as a set."""

    def __init__(self, positions: Iterable[int], size: int):
        self.positions = array("I", positions)
        self.bits = bits_of(self.positions, size)
        self.size = size
        self.weight = len(self.positions) + size + size // 16 + 50  # what it takes in memory, in positions
        self._moved: tuple[GroupedSets, int] | None = None

    @cached_property
    def ranks(self) -> array:
        ranks = array("I", bytes(4 * self.size))
        for rank, at in enumerate(self.positions):
            ranks[at] = rank
        return ranks

    def ranked(self, bits: int, part: slice) -> list[int]:
        if are_few(bits, part, len(self.positions)):
            return sorted(positions_of(bits), key=self.ranks.__getitem__)[part]
        return members(self.positions, bits, part.start, part.stop)

    def moved(self, to: GroupedSets) -> int:
        if not self._moved or self._moved[0] is not to:
            self._moved = to, to.moved(self.bits)
        return self._moved[1]


class Bitmaps(FacetSets):
    """Everything the directory asks about its practices at one version, except their texts."""

    def __init__(self, number: int, rows: list[IndexRow], bits: dict[int, int], orders: dict[str, array]):
        self.number = number
        self.rows = rows
        self.position = {row.pk: at for at, row in enumerate(rows)}
        super().__init__(bits, (1 << len(rows)) - 1)
        self.orders = orders
        self.tentative = 0  # an earlier version may not be updated to one before this
        self.current = 0  # not over, and confirmed within two years
        self.fresh_from, self.fresh_until = 0, 0  # the time for which the bits of freshness hold
        self.day = 0  # UTC, in days since 1970: the one for whose beginning ``currency`` holds
        self._currency: array | None = None
        self._grouped: GroupedSets | None = None

    @classmethod
    def build(cls, number: int, rows: Iterable[IndexRow]) -> "Bitmaps":
        rows = sorted(rows, key=lambda row: row.newest)
        size = len(rows) // 8 + 1
        data_of: dict[int, bytearray] = {}
        for at, row in enumerate(rows):
            place, bit = at >> 3, 1 << (at & 7)
            for tag in tags_of(row):
                if tag not in data_of:
                    data_of[tag] = bytearray(size)
                data_of[tag][place] |= bit
        bits = {tag: int.from_bytes(data, "little") for tag, data in data_of.items()}
        rows = [row._replace(tags=()) for row in rows]
        return cls(number, rows, bits, {CONFIRMED: order_of(CONFIRMED, rows)})

    def updated(self, number: int, changed: Mapping[int, IndexRow | None]) -> "Bitmaps":
        """The index at a later version; ``changed`` maps keys to their rows, None where no longer public."""
        rows, bits, orders = list(self.rows), dict(self.bits), dict(self.orders)
        positions = sorted((self.position[pk] for pk in changed if pk in self.position), reverse=True)
        for at in positions:
            del rows[at]
            bits = {tag: remove_bit(value, at) for tag, value in bits.items()}
            orders = {
                name: array("I", [position - (position > at) for position in order if position != at])
                for name, order in orders.items()
            }
        for row in filter(None, changed.values()):
            at = bisect_left(rows, row.newest, key=lambda other: other.newest)
            rows.insert(at, row._replace(tags=()))
            tags = set(tags_of(row))
            bits = {tag: insert_bit(bits.get(tag, 0), at, tag in tags) for tag in {*bits, *tags}}
            orders = {
                name: array("I", [position + (position >= at) for position in order]) for name, order in orders.items()
            }
            for name, order in orders.items():
                insort(order, at, key=key_of(name, rows))
        return Bitmaps(number, rows, {tag: value for tag, value in bits.items() if value}, orders)

    def at_time(self, now: int) -> "Bitmaps":
        """This index, its bits of freshness right for ``now`` (microseconds since 1970)."""
        if not self.fresh_from <= now < self.fresh_until:
            self._derive_freshness(now)
        if self.day != now // DAY:
            self.day, self._currency = now // DAY, None
        return self

    def _by_freshness(self, now: int) -> tuple[list[int], dict[int, int]]:
        """Where in the order of confirmation the fresh end and the due, at a moment; and tag → those who are as fresh."""
        order, ended = self.orders[CONFIRMED], self.bits.get(ENDED, 0)
        edges = [
            bisect_right(order, years * YEAR - now - 1, key=lambda at: -(self.rows[at].confirmed or -NEVER))
            for years in (1, 2)
        ]
        fresh, due = (bits_of(order[first:last], len(order)) for first, last in pairwise([0, *edges]))
        numbers = FRESHNESS.numbers
        return edges, {
            numbers["fresh"]: fresh & ~ended,
            numbers["due"]: due & ~ended,
            numbers["unconfirmed"]: self.everything & ~(fresh | due | ended),
            numbers["ended"]: ended,
        }

    def _derive_freshness(self, now: int) -> None:
        """Freshness follows from the day of confirmation and the clock (queryset.by_freshness)."""
        edges, derived = self._by_freshness(now)
        self.replace("freshness", derived)
        if self._grouped:
            self._grouped.replace("freshness", {tag: self._grouped.moved(bits) for tag, bits in derived.items()})
        self.current = derived[FRESHNESS.numbers["fresh"]] | derived[FRESHNESS.numbers["due"]]
        self.fresh_from = now
        self.fresh_until = min(
            (
                self.rows[self.orders[CONFIRMED][edge - 1]].confirmed + years * YEAR
                for years, edge in enumerate(edges, start=1)
                if edge
            ),
            default=NEVER,
        )

    def matches(
        self, keys: Iterable[int], ranks: Iterable[float], reordered: Callable | None = None, most: int = 0
    ) -> Matches:
        """The practices of these keys by their ranks, of which freshness takes a little; equals the newest first.

        The first ``most`` positions stand as ``reordered(positions, ranks)`` says, where there is such a function.
        """
        # Thousands of practices may fit: each step here is one call for all of them.
        positions = list(map(self.position.get, keys))
        if None in positions:
            ranked_positions = [(at, rank) for at, rank in zip(positions, ranks, strict=True) if at is not None]
            positions, ranks = [at for at, _rank in ranked_positions], [rank for _at, rank in ranked_positions]
        ranked = dict(zip(positions, map(mul, ranks, map(self.currency.__getitem__, positions)), strict=True))
        best = sorted(sorted(positions), key=ranked.__getitem__, reverse=True)
        if reordered and best:
            best[:most] = reordered(best[:most], [ranked[at] for at in best[:most]])
        return Matches(best, len(self.rows))

    @property
    def currency(self) -> array:
        """What the freshness of each practice leaves of its rank (queryset.freshness_weight)."""
        if self._currency is None:
            factors = array("d", [1.0]) * len(self.rows)
            _edges, by_freshness = self._by_freshness(self.day * DAY)
            for code, factor in FRESHNESS_WEIGHTS.items():
                for at in positions_of(by_freshness[FRESHNESS.numbers[code]]):
                    factors[at] = factor
            self._currency = factors
        return self._currency

    def find(
        self, since: int | None, until: int | None, codes_of: Mapping, matches: Matches | None
    ) -> tuple[int, Counts]:
        """The set that is begun in these years, has the chosen codes and matches, and every facet counted under it."""
        base, chosen = self.started_between(since, until), self.chosen(codes_of)
        if matches:
            base &= matches.bits
        whole = within(base, chosen)
        if not self.grouped:
            return whole, self.counts(base, chosen)
        base, chosen = self.grouped.started_between(since, until), self.grouped.chosen(codes_of)
        if matches:
            base &= matches.moved(self.grouped)
        return whole, self.grouped.counts(base, chosen)

    @property
    def grouped(self) -> GroupedSets | None:
        """The same sets by country, where there are many practices; made when first asked for."""
        if self._grouped is None and len(self.rows) >= grouped.LEAST:
            self._grouped = GroupedSets(self, len(self.rows))
        return self._grouped

    def keys(self, bits: int, order: str, matches: Matches | None, part: slice, language: str = "") -> list[int]:
        """Those of a set that stand at ``part`` of it; by city, as the names are in ``language``."""
        if order == "city":
            order = f"city {language if language in LANGUAGES else LANGUAGES[0]}"
        if order == "match" and matches:
            positions = matches.ranked(bits, part)
        elif order in ("current", "match"):
            positions = self._current_first(bits, part)
        elif order in COLUMN_SORTS:
            positions = ranked(self._by_column(bits, order), part)
        elif order == CONFIRMED or order.startswith("city "):
            positions = self._in_order(order, bits, part)
        else:
            positions = positions_of(bits, part.start, part.stop)
        return [self.rows[at].pk for at in positions]

    def _current_first(self, bits: int, part: slice) -> list[int]:
        """What a city confirmed in the last two years before all else, each the newest first (queryset.sunk)."""
        risen = bits & self.current
        above = risen.bit_count()
        found = list(positions_of(risen, part.start, part.stop)) if part.start < above else []
        if part.stop > above:
            found += positions_of(bits & ~self.current, max(part.start - above, 0), part.stop - above)
        return found

    def _by_column(self, bits: int, sort: str) -> Iterator[int]:
        """The set cut into sets of one value each, in this order; what is not known last (queryset.in_column)."""
        if sort.removeprefix("-") == YEAR_COLUMN:
            tags = sorted((tag for tag in self.bits if tag < 0), reverse=not sort.startswith("-"))
        else:
            tags = tags_in_order(sort)
        for tag in tags:
            yield bits & self.bits.get(tag, 0)
            bits &= ~self.bits.get(tag, 0)
        yield bits

    def most_like(self, bits: int, points: Mapping[int, int], part: slice, last: Iterable[int] = ()) -> list[int]:
        """The keys at ``part`` of a set, most points first, equals as in "current"; ``points``: what each tag is worth.

        The practices whose keys are in ``last`` stand after all others, in the same order.
        """
        worth = [(self.bits[tag], worth) for tag, worth in points.items() if tag in self.bits]
        own = sum(1 << self.position[pk] for pk in set(last) if pk in self.position)
        halves = (group for half in (bits & ~own, bits & own) for group in groups(half, worth))
        equals = (part_of_group for group in halves for part_of_group in (group & self.current, group & ~self.current))
        return [self.rows[at].pk for at in ranked(equals, part)]

    def tags_of(self, keys: list[int]) -> dict[int, list[int]]:
        """Key → the tags of that practice."""
        places = {self.position[pk]: pk for pk in keys if pk in self.position}
        members, tags = sum(1 << at for at in places), {pk: [] for pk in places.values()}
        for tag, bits in self.bits.items():
            for at in positions_of(bits & members):
                tags[places[at]].append(tag)
        return tags

    def _in_order(self, order: str, bits: int, part: slice) -> list[int]:
        if are_few(bits, part, len(self.rows)):
            return sorted(positions_of(bits), key=key_of(order, self.rows))[part]
        # Not every language is asked for: an order by city is made when it first is, and kept up from then on.
        if order not in self.orders:
            self.orders[order] = order_of(order, self.rows)
        return members(self.orders[order], bits, part.start, part.stop)


def are_few(bits: int, part: slice, length: int) -> bool:
    """Whether practices are sorted faster than they are met on a walk through all ``length``."""
    total = bits.bit_count()
    return total * total < part.stop * length


def key_of(order: str, rows: list[IndexRow]):
    """The function that sorts positions into this order, CONFIRMED or such as "city fr"; ties fall to the newest, which is
    the position itself."""
    if order == CONFIRMED:
        return lambda at: (-(rows[at].confirmed or -NEVER), at)
    language = LANGUAGES.index(order.removeprefix("city "))
    return lambda at: (rows[at].city[language], at)


def order_of(order: str, rows: list[IndexRow]) -> array:
    return array("I", sorted(range(len(rows)), key=key_of(order, rows)))


def tags_of(row: IndexRow) -> list[int]:
    """Under which numbers a row is kept: its tags, its year of beginning, its end."""
    tags = list(row.tags)
    if row.started is not None:
        tags.append(-row.started)
    if row.has_ended:
        tags.append(ENDED)
    return tags
