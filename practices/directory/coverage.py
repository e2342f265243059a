"""What the directory knows for whom: every theme crossed with every population, the zeros included."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from practices.directory.selection import Selection
from practices.vocabularies import POPULATIONS, THEMES

# Shades of the table, from the palest to that of the largest count.
SHADES = 4


@dataclass(frozen=True)
class Cell:
    """One theme for one population: what it stands for, how many practices, the address of exactly that list, its shade."""

    label: str
    count: int
    url: str
    shade: int


@dataclass(frozen=True)
class CoverageRow:
    code: str
    label: str
    whole: Cell
    cells: list[Cell]


@dataclass(frozen=True)
class Grid:
    """``counts`` maps (theme code, population code) to a number; "" stands for any: an entry may be in several."""

    counts: Mapping[tuple[str, str], int]

    @property
    def populations(self) -> list[tuple[str, str]]:
        return POPULATIONS.choices

    @property
    def foot(self) -> list[Cell]:
        return [self.cell("", code) for code in POPULATIONS.codes]

    @property
    def whole(self) -> Cell:
        return self.cell("", "")

    @property
    def rows(self) -> list[CoverageRow]:
        return [
            CoverageRow(theme, label, self.cell(theme, ""), [self.cell(theme, code) for code in POPULATIONS.codes])
            for theme, label in THEMES.choices
        ]

    @property
    def gaps(self) -> int:
        return sum(not cell.count for row in self.rows for cell in row.cells)

    @cached_property
    def most(self) -> int:
        return max(1, *(count for (theme, population), count in self.counts.items() if theme and population), 1)

    def cell(self, theme: str, population: str) -> Cell:
        count = self.counts.get((theme, population), 0)
        chosen = {name: (code,) for name, code in (("theme", theme), ("population", population)) if code}
        shade = min(SHADES, ceil(SHADES * count / self.most))
        labels = [vocabulary.label(code) for vocabulary, code in ((THEMES, theme), (POPULATIONS, population)) if code]
        label = pgettext("list separator", ", ").join(labels) or _("All practices")
        return Cell(label, count, Selection(chosen=chosen).query(), shade)
