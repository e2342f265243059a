"""What a million practices, ten million supports and twenty million views a day need, worked out of docs/performance.md.

``python -m tests.bench.capacity`` prints the tables, ``--write`` puts them into docs/capacity.md; a test holds that they are
of the present figures. Nothing is measured here, and no figure is typed: assumptions are, and are called so.
"""

import argparse
import re
import sys
from math import ceil, log10
from pathlib import Path
from typing import NamedTuple

from citysolidarity.management.commands.bench import put

DOCS = Path(__file__).parents[2] / "docs"
FIGURES, PAGE = DOCS / "performance.md", DOCS / "capacity.md"
START, END = "<!-- tables: written by python -m tests.bench.capacity --write -->", "<!-- end of the tables -->"
PRACTICES, SUPPORTS, VIEWS = 1_000_000, 10_000_000, 20_000_000
# Assumptions.
BUSIEST_HOUR = 0.10  # of a day's views
PEAK = 2.0  # within that hour, against its mean
USE = 0.5  # of a core, so that nobody waits for others
BASE_MB = 120  # of a process without an index: 350 MB for three, docs/operate.md, "Figures"
SHARES = {"kept": 0.45, "anew": 0.40, "filter": 0.10, "search": 0.05}
MATCHED = 0.1  # of all practices, by the words of a search
SAME, LINE, LOGARITHM = "taken as the same", "straight line", "by the logarithm"
ASSUMED, ARITHMETIC = "assumed", "arithmetic"


class Figures(NamedTuple):
    """What docs/performance.md says today."""

    text: str

    @classmethod
    def read(cls) -> "Figures":
        return cls(FIGURES.read_text("utf-8"))

    def goal(self, number: str, size: int) -> float:
        return float(self._one(rf"^\| {number} \|[^|]*\| {size:,} \| ([^|]+) \|"))

    def processor(self, row: str) -> list[float]:
        """Milliseconds at 1,000, 10,000 and 100,000 practices."""
        cells = self._one(rf"^\| {re.escape(row)} \|(.*)\|$").split("|")
        return [float(cell.partition("–")[0]) for cell in cells]

    @property
    def server(self) -> float:
        """Milliseconds of the server's own work for each request."""
        return float(self._one(r"some ([\d.]+) ms a request"))

    def count(self, row: str) -> float:
        """Seconds of the daily count."""
        return float(self._one(rf"^\| {re.escape(row)} \| [\d,]+ \| ([\d.]+) \|"))

    @property
    def supports(self) -> int:
        return int(self._one(r"^([\d,]+) supports of").replace(",", ""))

    def anew(self, kind: str) -> float:
        """Rate of such pages rendered anew / that of an empty view."""
        return float(self._one(rf"^\| {re.escape(kind)} \|[^|]*\|[^|]*\|[^|]*\| ([\d.]+) \|"))

    def room(self, row: str) -> int:
        return int(self._one(rf"^\| {re.escape(row)}[^|]*\| [\d,]+ \| ([\d,]+) \|").replace(",", ""))

    @property
    def ranking(self) -> tuple[float, int]:
        """Milliseconds, and how many matches were ranked in them."""
        ms, matches = re.search(r"Of ([\d.]+) ms for ([\d,]+) matches", self.text).groups()
        return float(ms), int(matches.replace(",", ""))

    def _one(self, pattern: str) -> str:
        return re.search(pattern, self.text, re.MULTILINE)[1]


def line(at: tuple[int, float], then: tuple[int, float], where: int) -> float:
    """On the straight line through two measured points."""
    (x, y), (further, higher) = at, then
    return higher + (higher - y) / (further - x) * (where - further)


class Row(NamedTuple):
    what: str
    source: str
    measured: str
    needed: str
    how: str


def work(figures: Figures) -> tuple[list[Row], dict[str, float]]:
    """Milliseconds of a core for each kind of request at a million practices."""
    server, empty = figures.server, figures.processor("empty view")[2]
    kept = figures.processor("page asked for before, or 304")[2] + server
    tenth, whole = figures.processor("filter page put together anew, cards kept (P1)")[1:]
    filtered = line((10_000, tenth), (100_000, whole), PRACTICES) + server
    anew = (empty + server) / figures.anew("practices")
    ms, matches = figures.ranking
    ranked = ms * PRACTICES * MATCHED / matches
    first, third = figures.goal("P8", 10_000), figures.goal("P8", 100_000)
    read = third + (third - first) * log10(PRACTICES / 100_000)
    search = read + ranked + filtered
    rows = [
        Row("a page that was asked for before", "processor time", f"{kept:.2f} ms at 100,000", f"{kept:.2f} ms", SAME),
        Row("an entry's page rendered anew", "`bench --supports`, practices", f"{anew:.0f} ms at 1,000", f"{anew:.0f} ms", SAME),
        Row("a filter page put together anew", "processor time, P1", f"{whole + server:.2f} ms at 100,000", f"{filtered:.1f} ms", LINE),
        Row("a misspelt search read", "P8", f"{third:.1f} ms at 100,000", f"{read:.1f} ms", LOGARITHM),
        Row(
            f"a new search ranked, with {MATCHED:.0%} of all entries found", "P7’s notes", f"{ms:g} ms for {matches:,}",
            f"{ranked:.0f} ms for {PRACTICES * MATCHED:,.0f}", LINE,
        ),
    ]  # fmt: skip
    return rows, {"kept": kept, "anew": anew, "filter": filtered, "search": search}


def tables(figures: Figures) -> str:
    rows, cost = work(figures)
    a_second = VIEWS / 86_400
    peak = VIEWS * BUSIEST_HOUR / 3_600 * PEAK
    busy = {kind: peak * share * cost[kind] / 1_000 for kind, share in SHARES.items()}
    cores = sum(busy.values())
    wanted = ceil(cores / USE)
    tenth, whole = figures.goal("P12", 10_000), figures.goal("P12", 100_000)
    index = line((10_000, tenth), (100_000, whole), PRACTICES)
    each = index + BASE_MB
    practice, support = figures.room("a practice"), figures.room("a support")
    counts = {name: figures.count(name) for name in ("the first count, of all cities", "where nothing has changed")}
    factor = SUPPORTS / figures.supports
    needs = [
        Row("views a second, mean of the day", "–", "–", f"{a_second:,.0f}", ARITHMETIC),
        Row(f"views a second, {PEAK:g} times the mean of an hour with {BUSIEST_HOUR:.0%} of the day", "–", "–", f"{peak:,.0f}", ASSUMED),
        Row("cores that these keep busy, with no CDN", "the two tables above", "–", f"{cores:.1f}", LINE),
        Row(f"cores of web hosts, {USE:.0%} used", "likewise", "–", f"{wanted}", ASSUMED),
        Row("memory of the index in each process", "P12", f"{whole:,.0f} MB at 100,000", f"{index / 1_000:.1f} GB", LINE),
        Row("memory of web hosts, a process a core", "P12, docs/operate.md", "–", f"{each * wanted / 1_000:,.0f} GB", LINE),
        Row("disk for practices", "`bench --room`", f"{practice:,} bytes each", f"{practice * PRACTICES / 1e9:,.0f} GB", LINE),
        Row("disk for supports", "`bench --room`", f"{support:,} bytes each", f"{support * SUPPORTS / 1e9:,.0f} GB", LINE),
        *[
            Row(f"the daily count: {name}", "`bench --supports 100000`", f"{seconds:g} s", f"{seconds * factor:,.0f} s", LINE)
            for name, seconds in counts.items()
        ],
    ]  # fmt: skip
    shares = [
        Row(name, "–", f"{SHARES[kind]:.0%} of views", f"{busy[kind]:.1f} cores at the peak", ASSUMED)
        for kind, name in {
            "kept": "pages that were asked for before", "anew": "entries’ pages that nobody asked for lately",
            "filter": "filter pages", "search": "searches that nobody made before",
        }.items()
    ]  # fmt: skip
    heads = {
        "## What one request costs": ("what", "figure", "measured", f"at {PRACTICES:,}", "how"),
        "## What is asked": ("what", "", "assumed", "follows", "how"),
        "## What it needs": ("what", "figure", "measured", "needed", "how"),
    }
    parts = [
        f"{heading}\n\n| {' | '.join(head)} |\n|---|---|--:|--:|---|\n"
        + "\n".join(f"| {' | '.join(row)} |" for row in found)
        for (heading, head), found in zip(heads.items(), (rows, shares, needs), strict=True)
    ]
    return "\n\n".join(parts)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.capacity", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/capacity.md")
    found = tables(Figures.read())
    if parser.parse_args().write:
        put(PAGE, found, START, END)
    sys.stdout.write(f"{found}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
