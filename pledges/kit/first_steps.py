"""After signing: for each promise of the statement, practices that fit the city."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from pledges.models import Clause
from pledges.vocabularies import themes_of
from practices.cities.similarity.profile import CitySimilarity, Profile
from practices.models import Practice

SHOWN = 2  # practices for each promise


@dataclass(frozen=True)
class FittingPractice:
    """``similarity`` is None where the visitor's city is not known."""

    practice: Practice
    similarity: CitySimilarity | None


@dataclass(frozen=True)
class Step:
    """``query`` is that of the directory with all practices for the promise."""

    clause: Clause
    practices: list[FittingPractice]
    query: str


def steps_for(clauses: Iterable[Clause], city: Profile) -> list[Step]:
    """Running practices for each promise, those of the most similar cities first; one query for each promise.

    No practice stands under two promises.
    """
    shown: set[int] = set()
    steps = []
    for clause in clauses:
        themes = themes_of(clause.code)
        practices = fitting(themes, city, shown) if themes else []
        shown |= {practice.pk for practice in practices}
        pairs = [*city.answers.pairs, *(("theme", theme) for theme in themes)]
        query = f"?{urlencode(pairs)}" if themes else ""
        steps.append(Step(clause, [with_similarity(practice, city) for practice in practices], query))
    return steps


def fitting(themes: tuple[str, ...], city: Profile, shown: set[int]) -> list[Practice]:
    running = Practice.objects.published().running().with_city().with_review().in_language()
    theirs = running.filter(themes__overlap=list(themes)).exclude(pk__in=shown | city.own)
    order = theirs.sorted_by("like", points=city.points) if city else theirs.sorted_by("newest")
    return list(order[:SHOWN])


def with_similarity(practice: Practice, city: Profile) -> FittingPractice:
    return FittingPractice(practice, city.compared_with(practice.tags) if city else None)
