"""What a load did, and every row that it could not take."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tqdm import tqdm

from practices.loading.json_lines import BadLine, read_line
from practices.loading.row import Row

# What can become of a record, in the order in which it is told.
# "kept" was edited here and differs from the file; "retired" was moved or withdrawn here.
OUTCOMES = ("new", "replaced", "kept", "retired", "unchanged")


class LoadReport:
    """Collects problems and outcomes; ``show_progress`` draws a bar where stderr is a terminal."""

    def __init__(self, *, show_progress: bool = False):
        self.show_progress = show_progress
        self.files: list[str] = []
        self.outcomes: dict[str, Counter] = {}
        self.named: dict[str, dict[str, str]] = {}
        self.first_lines: dict[tuple[str, str, object], int] = {}  # (file, what, value) → where it stands first
        self._problems: list[tuple[str, int, str]] = []
        self._by_line: dict[tuple[str, int], list[str]] = {}

    def rows(self, path: Path, label: str, *, optional: bool = False) -> Iterator[Row]:
        """The records of a file in UTF-8, one JSON object a line; blank lines are passed over.

        ``label`` stands before the progress bar ("Cities"). Lines that are no JSON object are
        reported and left out. So is a missing file, unless it is ``optional``.
        """
        self.files.append(path.name)
        try:
            lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
        except FileNotFoundError:
            if not optional:
                self.wrong(path.name, 0, "the file is missing")
            return
        except OSError as error:
            self.wrong(path.name, 0, f"the file cannot be read ({error.strerror})")
            return
        numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
        for number, line in self.watched(numbered, label):
            try:
                values = read_line(line)
            except BadLine as problem:
                self.wrong(path.name, number, str(problem))
            else:
                yield Row(self, path.name, number, values)

    def watched(self, rows: list, label: str, unit: str = " rows") -> Iterable:
        """The rows (or what ``unit`` names), with a progress bar on a terminal where ``show_progress`` asks for it."""
        quiet = None if self.show_progress else True  # None: tqdm draws on a terminal only
        return tqdm(rows, desc=label, unit=unit, disable=quiet)

    def wrong(self, file: str, line: int, sentence: str) -> None:
        """Notes one problem; ``line`` counts from 1, and 0 stands for the file as a whole."""
        self._problems.append((file, line, sentence))
        self._by_line.setdefault((file, line), []).append(sentence)

    def problems_of(self, file: str, line: int) -> list[str]:
        return self._by_line.get((file, line), [])

    def is_sound(self, file: str, line: int) -> bool:
        return (file, line) not in self._by_line

    def count(self, what: str, outcome: str, number: int = 1, *, name: str = "") -> None:
        """Counts records of a kind ("practices") under one of OUTCOMES; ``name`` says which record it is."""
        if outcome not in OUTCOMES:
            raise ValueError(f"{outcome!r} is none of {OUTCOMES}")
        self.outcomes.setdefault(what, Counter())[outcome] += number
        if name:
            self.named.setdefault(what, {})[name] = outcome

    @property
    def edited(self) -> dict[str, list[str]]:
        """Of each kind the names of the records that were kept as edited here."""
        kept = {what: [name for name in names if names[name] == "kept"] for what, names in self.named.items()}
        return {what: names for what, names in kept.items() if names}

    @property
    def problems(self) -> list[str]:
        """Every problem as a line to print, in the order of the files and their lines."""
        ordered = sorted(self._problems, key=lambda problem: (self.files.index(problem[0]), problem[1]))
        return [f"{file} line {line}: {text}" if line else f"{file}: {text}" for file, line, text in ordered]

    @property
    def summary(self) -> str:
        """One line, such as ``198 cities (all new), 96 practices (95 unchanged, 1 kept)``."""
        return ", ".join(f"{counts.total():,} {what} ({_in_words(counts)})" for what, counts in self.outcomes.items())


def _in_words(counts: Counter) -> str:
    outcomes = [outcome for outcome in OUTCOMES if counts[outcome]]
    if len(outcomes) == 1:
        return f"all {outcomes[0]}"
    return ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in outcomes) or "none"
