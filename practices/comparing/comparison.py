"""A comparison: which practices the address names, in its order, four at the most."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.http import QueryDict

# More columns than this can't be read side by side.
MOST = 4
# Names looked at; an address may hold anything.
LONGEST = 40


def named(values: Iterable[str]) -> tuple[str, ...]:
    """The addresses of practices among the values of ``p``, each once, in their order."""
    return tuple(dict.fromkeys(value for value in values if slug_re.fullmatch(value) and len(value) <= 80))[:LONGEST]


type Search = tuple[tuple[str, str], ...]
# What an address of the directory may say beside the practices; more was not made by its form.
MOST_PAIRS, LONGEST_VALUE = 60, 200


def search_of(parameters: QueryDict) -> Search:
    """What else the address says: the search from which the visitor came, and goes back to."""
    pairs = [(name, value) for name, values in parameters.lists() for value in values if name not in ("p", "page")]
    return tuple((name, value) for name, value in pairs[:MOST_PAIRS] if value and len(name + value) <= LONGEST_VALUE)


def query(slugs: Iterable[str], search: Search = ()) -> str:
    pairs = [*search, *(("p", slug) for slug in slugs)]
    return f"?{urlencode(pairs)}" if pairs else ""


@dataclass(frozen=True)
class Comparison:
    """``shown`` are compared; ``left_out`` would have been too many; ``unknown`` counts names of no public practice.

    ``search`` is what the directory showed when they were chosen.
    """

    shown: list
    left_out: list
    unknown: int
    search: Search = ()

    @classmethod
    def of(cls, slugs: tuple[str, ...], practices: Iterable, search: Search = ()):
        by_slug = {practice.slug: practice for practice in practices}
        public = [by_slug[slug] for slug in slugs if slug in by_slug]
        return cls(public[:MOST], public[MOST:], len(slugs) - len(public), search)

    @property
    def query(self) -> str:
        """The practices alone: what this page shows to anybody."""
        return query(practice.slug for practice in self.shown)

    @property
    def query_with_search(self) -> str:
        return query((practice.slug for practice in self.shown), self.search)

    @property
    def has_translations(self) -> bool:
        return any(practice.translation for practice in self.shown)

    @property
    def is_full(self) -> bool:
        return len(self.shown) >= MOST

    @property
    def columns(self) -> list[tuple]:
        slugs = [practice.slug for practice in self.shown]
        return [
            (practice, query((other for other in slugs if other != practice.slug), self.search) or "?")
            for practice in self.shown
        ]
