"""Ordering a set by points: every tag is worth some, a practice has the sum of its tags'.

The sums of all practices are kept as the columns of a table of binary digits, each column one whole number with a bit
for each practice, and are added column by column: no practice is looked at by itself.
"""

from collections.abc import Iterable, Iterator

from practices.directory.index.bitset import positions_of


def groups(bits: int, worth: Iterable[tuple[int, int]]) -> Iterator[int]:
    """The set cut into sets of equal sums, the highest sum first; ``worth`` are (set, points of each in it)."""
    columns: list[int] = []
    for members, points in worth:
        add(columns, members & bits, points)
    return split(bits, columns, len(columns) - 1)


def add(columns: list[int], members: int, points: int) -> None:
    """Adds points to the sums of these members; ``columns[0]`` holds the ones, then the twos, the fours …"""
    digit = 0
    while points:
        if points & 1:
            carry, at = members, digit
            while carry:
                if at == len(columns):
                    columns.append(0)
                columns[at], carry = columns[at] ^ carry, columns[at] & carry
                at += 1
        points >>= 1
        digit += 1
        while len(columns) < digit:
            columns.append(0)


def split(bits: int, columns: list[int], at: int) -> Iterator[int]:
    """The set by the digits from this column down, the larger sums first."""
    if not bits:
        return
    if at < 0:
        yield bits
        return
    yield from split(bits & columns[at], columns, at - 1)
    yield from split(bits & ~columns[at], columns, at - 1)


def ranked(found: Iterable[int], part: slice) -> list[int]:
    """The positions that stand at ``part`` when the sets follow each other, each from its lowest position up."""
    positions, before = [], 0
    for bits in found:
        count = bits.bit_count()
        if before + count > part.start:
            positions += positions_of(bits, max(0, part.start - before), min(count, part.stop - before))
        before += count
        if before >= part.stop:
            break
    return positions
