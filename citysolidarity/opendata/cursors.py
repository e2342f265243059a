"""Parts of a list, one after the other, while the list changes between two requests.

A cursor says behind which row the next part begins, and where that row stood. Where it stands there no more it is looked
for; where it is gone, one row is rather told twice than left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from citysolidarity.opendata.parameters import CURSOR, LIMIT


@dataclass(frozen=True)
class Part:
    """The keys of a part of the list, how many the list has, and the address of the next part (None at the end)."""

    keys: list[int]
    total: int
    next: str | None


def part_of(request: HttpRequest, total: int, keys_of: Callable[[slice], list[int]]) -> Part:
    """The part that the address asks for; ``keys_of`` gives the keys of the rows that stand at a slice of the list."""
    limit = int(request.GET.get("limit") or LIMIT.schema["default"])
    start = _start(request.GET.get("cursor", ""), total, keys_of)
    keys = keys_of(slice(start, start + limit))
    end = start + len(keys)
    return Part(keys, total, _address(request, f"{end}-{keys[-1]}") if keys and end < total else None)


def _start(cursor: str, total: int, keys_of: Callable[[slice], list[int]]) -> int:
    if not cursor:
        return 0
    position, last = map(int, cursor.split("-"))
    if 0 < position <= total and keys_of(slice(position - 1, position)) == [last]:
        return position
    everything = keys_of(slice(0, total))
    return everything.index(last) + 1 if last in everything else max(0, min(position - 1, total))


def _address(request: HttpRequest, cursor: str) -> str:
    pairs = [(name, value) for name, values in request.GET.lists() for value in values if name != CURSOR.name]
    return f"{settings.SITE_URL}{request.path}?{urlencode([*pairs, (CURSOR.name, cursor)])}"
