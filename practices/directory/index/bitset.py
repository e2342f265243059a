"""Sets of positions kept as the bits of one whole number; position 0 is the lowest bit."""

from collections.abc import Iterable
from itertools import islice

# Bytes looked at in one step: numbers this short cost next to nothing.
CHUNK = 512
ONE = ord("1")


def bits_of(positions: Iterable[int], size: int) -> int:
    digits = bytearray(b"0") * (size + 1)
    for at in positions:
        digits[-1 - at] = ONE
    return int(digits, 2)


def positions_of(bits: int, start: int = 0, stop: int | None = None) -> list[int]:
    """The positions in the set from the smallest up; of these the ones ranked ``start`` to ``stop`` (not included)."""
    left = bits.bit_count() if stop is None else stop
    data, found, seen = bits.to_bytes(bits.bit_length() // 8 + 1, "little"), [], 0
    for offset in range(0, len(data), CHUNK):
        if seen >= left:
            break
        chunk = int.from_bytes(data[offset : offset + CHUNK], "little")
        count = chunk.bit_count()
        if seen + count <= start:
            seen += count
            continue
        while chunk:
            lowest = chunk & -chunk
            if seen >= start:
                found.append(offset * 8 + lowest.bit_length() - 1)
            chunk ^= lowest
            seen += 1
            if seen >= left:
                break
    return found


def members(ordered: Iterable[int], bits: int, start: int, stop: int) -> list[int]:
    """Those of the ordered positions that are in the set, ranked ``start`` to ``stop`` (not included)."""
    data = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    last = len(data) * 8
    return list(islice((at for at in ordered if at < last and data[at >> 3] >> (at & 7) & 1), start, stop))


def insert_bit(bits: int, at: int, there: int) -> int:
    """Insert bit ``there`` (0 or 1) at position ``at``, shifting the higher bits up by one."""
    below = bits & ((1 << at) - 1)
    return (bits >> at << (at + 1)) | (there << at) | below


def remove_bit(bits: int, at: int) -> int:
    """Remove the bit at position ``at``, shifting the higher bits down by one."""
    below = bits & ((1 << at) - 1)
    return (bits >> (at + 1) << at) | below
