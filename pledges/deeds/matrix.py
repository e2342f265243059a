"""Promises by what cities show for each: practices, commitments, and pages that show what became of them.

A zero stands for what this directory does not know, not for what no city does.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pledges.deeds.scope import Scope
from pledges.models import Clause, Commitment, CommitmentQuestion, Deed, Signature
from pledges.vocabularies import Origin
from practices.vocabularies import GROUPS, POPULATIONS

# Upper bounds of the tints; a step of the middle is left out, where neither ink nor paper can be read on it.
TINTS = (4, 14, 29, 49)
# Those of the populations and groups of whom the promises and their gaps say most.
PEOPLE = (
    "refugees", "asylum-seekers", "idps", "stateless", "women", "older-people", "people-with-disabilities",
)  # fmt: skip


class What(NamedTuple):
    """A column: what is counted, and of which signatories ("" for all) where it is about practices."""

    code: str
    label: str
    is_practices: bool = False
    origin: str | None = None


PRACTICES = What("practices", _("Practices here"), is_practices=True)
SIGNED = What("practices-signed", _("Practices of cities that signed here"), is_practices=True, origin=Origin.ONLINE)
NAMED = What(
    "practices-named", _("Practices of cities named as signing UNHCR’s statement"), is_practices=True,
    origin=Origin.STATED,
)  # fmt: skip
OTHERS = What("practices-others", _("Practices of other cities"), is_practices=True, origin="")
COMMITMENTS = What("commitments", _("Commitments"))
PAGES = What("pages", _("Pages that show what was done"))
WHATS = {what.code: what for what in (PRACTICES, SIGNED, NAMED, OTHERS, COMMITMENTS, PAGES)}
FOR_MANY = (SIGNED, NAMED, OTHERS, COMMITMENTS, PAGES)
FOR_ONE_CITY = (PRACTICES, COMMITMENTS, PAGES)


class DeedRow(NamedTuple):
    """``by_editors`` is that no curator has decided: the editors of the starter directory have tied it."""

    clause: str
    practice: int
    city: int
    country: str
    people: frozenset[str]
    by_editors: bool


class PromiseRow(NamedTuple):
    """A commitment or an answered question with an address: ``key`` is its primary key."""

    clause: str
    key: int
    city: int
    country: str


@dataclass(frozen=True)
class Cell:
    """``tint`` is 0 for nothing, then 1 to 5."""

    count: int
    tint: int
    url: str
    label: str


@dataclass(frozen=True)
class Line:
    clause: Clause
    number: int
    cells: list[Cell]
    practices: int


@dataclass(frozen=True)
class Matrix:
    columns: list[str]
    lines: list[Line]

    @property
    def fields(self) -> int:
        return sum(len(line.cells) for line in self.lines)

    @property
    def empty(self) -> int:
        return sum(not cell.count for line in self.lines for cell in line.cells)


class Deeds:
    """All that is shown under the promises, for a scope; each kind is fetched when it is asked for (4 queries in all)."""

    def __init__(self, scope: Scope):
        self.scope = scope

    @cached_property
    def deeds(self) -> list[DeedRow]:
        rows = Deed.objects.shown().order_by("pk")
        if self.scope.city:
            rows = rows.filter(practice__city=self.scope.city)
        values = rows.values_list(
            "clause", "practice_id", "practice__city_id", "practice__city__country", "practice__populations",
            "practice__groups", "accepted_at",
        )  # fmt: skip
        return [
            DeedRow(clause, practice, city, country, frozenset([*populations, *groups]), accepted_at is None)
            for clause, practice, city, country, populations, groups, accepted_at in values
            if self.scope.holds(city, country)
        ]

    @cached_property
    def origins(self) -> dict[int, str]:
        """City → the origin of its public signature."""
        return dict(Signature.objects.public().order_by().values_list("city_id", "origin"))

    @cached_property
    def commitments(self) -> list[PromiseRow]:
        return self._rows(Commitment.objects.public().order_by("pk"), "")

    @cached_property
    def pages(self) -> list[PromiseRow]:
        """The accepted answers with an address."""
        answers = CommitmentQuestion.objects.filter(
            accepted_at__isnull=False, commitment__in=Commitment.objects.public()
        )
        return self._rows(answers.exclude(url="").order_by("pk"), "commitment__")

    def _rows(self, queryset, prefix: str) -> list[PromiseRow]:
        city = f"{prefix}signature__city"
        rows = queryset.values_list(
            F(f"{prefix}clause__code"), F("pk"), F(f"{city}_id"), F(f"{city}__country"), named=False
        )
        return [PromiseRow(*row) for row in rows if self.scope.holds(row[2], row[3])]

    def of(self, what: What) -> list:
        """The rows of a column."""
        if not what.is_practices:
            return self.commitments if what is COMMITMENTS else self.pages
        if what.origin is None:
            return self.deeds
        return [row for row in self.deeds if self.origins.get(row.city, "") == what.origin]

    def keys(self, clause: str, what: What, people: str = "") -> list[int]:
        """The primary keys behind one cell: of practices, commitments or answered questions."""
        rows = (row for row in self.of(what) if row.clause == clause)
        if what.is_practices:
            return [row.practice for row in rows if not people or people in row.people]
        return [row.key for row in rows]

    def tied_by_editors(self, clause: str = "") -> set[int]:
        """The practices that only the editors of the starter directory have tied, to this promise or to any."""
        return {row.practice for row in self.deeds if row.by_editors and clause in ("", row.clause)}

    def by_show(self, clauses: Iterable[Clause]) -> Matrix:
        """Promises by what is shown."""
        whats = FOR_ONE_CITY if self.scope.city else FOR_MANY
        counts = Counter((row.clause, what.code) for what in whats for row in self.of(what))
        columns = [(what.code, str(what.label), lambda code, what=what: self._url(code, what)) for what in whats]
        return self._matrix(clauses, columns, counts)

    def by_people(self, clauses: Iterable[Clause]) -> Matrix:
        """Promises by the people whom the practices reach."""
        counts = Counter((row.clause, people) for row in self.deeds for people in row.people)
        columns = [
            (code, label_of(code), lambda clause, code=code: self._url(clause, PRACTICES, people=code))
            for code in PEOPLE
        ]
        return self._matrix(clauses, columns, counts)

    def _matrix(self, clauses: Iterable[Clause], columns: list[tuple[str, str, Callable]], counts: Counter) -> Matrix:
        practices = Counter(row.clause for row in self.deeds)
        lines = [
            Line(
                clause,
                number,
                [
                    Cell(count := counts[clause.code, code], tint_of(count), url_of(clause.code), label)
                    for code, label, url_of in columns
                ],
                practices[clause.code],
            )
            for number, clause in enumerate(clauses, start=1)
        ]
        return Matrix([label for _code, label, _url in columns], lines)

    def _url(self, clause: str, what: What, **more: str) -> str:
        return reverse("deeds_list", args=[clause, what.code]) + self.scope.query(**more)


def label_of(people: str) -> str:
    vocabulary = POPULATIONS if people in POPULATIONS.codes else GROUPS
    return vocabulary.label(people)


def tint_of(count: int) -> int:
    return 0 if count == 0 else 1 + sum(count > bound for bound in TINTS)
