"""A comparison: which practices the address names, in its order, four at the most."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.validators import slug_re

# More columns than this can't be read side by side.
MOST = 4
# Names looked at; an address may hold anything.
LONGEST = 40


def named(values: Iterable[str]) -> tuple[str, ...]:
    """The addresses of practices among the values of ``p``, each once, in their order."""
    return tuple(dict.fromkeys(value for value in values if slug_re.fullmatch(value) and len(value) <= 80))[:LONGEST]


def query(slugs: Iterable[str]) -> str:
    pairs = [("p", slug) for slug in slugs]
    return f"?{urlencode(pairs)}" if pairs else ""


@dataclass(frozen=True)
class Comparison:
    """``shown`` are compared; ``left_out`` would have been too many; ``unknown`` counts names of no public practice."""

    shown: list
    left_out: list
    unknown: int

    @classmethod
    def of(cls, slugs: tuple[str, ...], practices: Iterable):
        by_slug = {practice.slug: practice for practice in practices}
        public = [by_slug[slug] for slug in slugs if slug in by_slug]
        return cls(public[:MOST], public[MOST:], len(slugs) - len(public))

    @property
    def query(self) -> str:
        return query(practice.slug for practice in self.shown)

    @property
    def has_translations(self) -> bool:
        return any(practice.translation for practice in self.shown)

    @property
    def is_full(self) -> bool:
        return len(self.shown) >= MOST

    @property
    def columns(self) -> list[tuple]:
        slugs = [practice.slug for practice in self.shown]
        return [(practice, query(other for other in slugs if other != practice.slug) or "?") for practice in self.shown]
