"""Pages of a list whose total is already known; a page past the end is the last one."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil

from practices.selection import Selection


@dataclass(frozen=True)
class Page:
    """One page of a selection: where it starts, and the addresses around it."""

    selection: Selection
    total: int
    size: int

    @cached_property
    def last(self) -> int:
        return max(1, ceil(self.total / self.size))

    @cached_property
    def number(self) -> int:
        return min(self.selection.page, self.last)

    @property
    def slice(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)

    @property
    def first_shown(self) -> int:
        return self.slice.start + 1 if self.total else 0

    @property
    def last_shown(self) -> int:
        return min(self.slice.stop, self.total)

    @property
    def previous_url(self) -> str:
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self.url(self.number + 1) if self.number < self.last else ""

    @property
    def links(self) -> list[tuple[int, str]]:
        """``(number, address)`` of the first, the last and the pages around this one; address "" marks a gap."""
        near = sorted({1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)})
        found, before = [], 0
        for number in near:
            if number > before + 1:
                found.append((0, ""))
            found.append((number, self.url(number)))
            before = number
        return found

    def url(self, number: int) -> str:
        """The address of another page of the same search."""
        return self.selection.changed(page=number).query() or "?"
