"""The goals of the performance notes, and one table of what was found beside them."""

from dataclasses import dataclass

# Number → what it is about; "≥" or "≤"; the goal by size, None for every size.
GOALS: dict[str, tuple[str, str, dict[int | None, float]]] = {
    "P1": ("filter page put together anew from kept cards / empty view: rate", "≥", {None: 0.45}),
    "P1b": ("the same: median time / the empty view's", "≤", {None: 2.0}),
    "P1n": ("filter page with cards nobody asked for before / empty view: rate", "≥", {}),
    "P2": ("filter page / plain ORM list of 20, no facets: rate", "≥", {1_000: 10}),
    "P2b": ("filter page / django-filter with counts: rate", "≥", {1_000: 250}),
    "P3": ("page asked for before / empty view: rate", "≥", {None: 0.80}),
    "P3b": ("304 / empty view: rate", "≥", {None: 0.80}),
    "P4": ("rate of the whole mix / that at 1,000", "≥", {10_000: 0.80, 100_000: 0.50}),
    "P5": ("facet counts by index / by the best SQL: speed", "≥", {1_000: 10, 10_000: 30, 100_000: 40}),
    "P6a": ("search, facets, 20 keys / tantivy: speed, words asked before", "≥", {1_000: 4, 10_000: 1.5, 100_000: 1}),
    "P6b": ("the same / SQLite FTS5", "≥", {1_000: 5}),
    "P6c": ("the same / DuckDB", "≥", {1_000: 10}),
    "P6s": ("the same / the SQL statements", "≥", {}),
    "P6n": ("search, facets, 20 keys / tantivy: speed, new words", "≥", {}),
    "P7": ("best match / ts_rank on the full vector: speed", "≥", {None: 2.5}),
    "P8": ("a misspelt search read and corrected: ms", "≤", {None: 5}),
    "P9": ("seconds until a save is on the public page, worst of several", "≤", {None: 0.25}),
    "P9b": ("rate with a save each second / without", "≥", {1_000: 0.75, 10_000: 0.75}),
    "P10": ("the last button of a signature / an empty view: speed", "≥", {None: 0.20}),
    "P11": ("zstd: share it adds to the median time of a filter page", "≤", {None: 0.08}),
    "P12": ("megabytes an index, its cards and its pages take in a worker", "≤", {10_000: 15}),
    "P13": ("statements of the first filter page of a process", "≤", {None: 3}),
    "P13b": ("statements of a filter page when a look is due", "≤", {None: 1}),
    "P13c": ("statements of a kept practice or city page when a look is due", "≤", {None: 2}),
    "P14": ("pages of practices / empty view: rate", "≥", {None: 0.45}),
    "P14b": ("pages of cities / empty view: rate", "≥", {None: 0.45}),
    "P14c": ("pages of signatories / empty view: rate", "≥", {None: 0.45}),
    "P15": ("a list of the API / empty view: rate", "≥", {None: 0.3}),
    "click": ("a filter click, one visitor: median ms", "≤", {100_000: 50}),
    "sql": ("filter page / the same by SQL alone: rate", "≥", {}),
    "static": ("static file / empty view: rate", "≥", {}),
}
ELSEWHERE = (
    "Held by tests in every run: P8, the right word first (tests/practices/search/test_spelling.py); P10, nothing lost or"
    " doubled (tests/faults); P13 (tests/citysolidarity/caching/test_queries.py); the index equals SQL"
    " (tests/practices/directory/test_index.py)."
)


@dataclass(frozen=True)
class Line:
    """One figure at one size."""

    number: str
    size: int
    value: float

    @property
    def goal(self) -> float | None:
        goals = GOALS[self.number][2]
        return goals.get(self.size, goals.get(None))

    @property
    def verdict(self) -> str:
        """Met, or missed by how much."""
        if self.goal is None:
            return ""
        sense = GOALS[self.number][1]
        if (self.value >= self.goal) if sense == "≥" else (self.value <= self.goal):
            return "met"
        return f"missed by {abs(self.value / self.goal - 1):.0%}"


def table(lines: list[Line]) -> str:
    """The one table, in Markdown."""
    found = ["| goal | what | practices | found | goal | |", "|---|---|--:|--:|--:|---|"]
    order = list(GOALS)
    for line in sorted(lines, key=lambda line: (order.index(line.number), line.size)):
        what, sense, _goals = GOALS[line.number]
        goal = f"{sense} {line.goal:g}" if line.goal is not None else "–"
        found.append(f"| {line.number} | {what} | {line.size:,} | {line.value:.3g} | {goal} | {line.verdict} |")
    return "\n".join(found)
