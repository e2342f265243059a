"""Which practices a brief is about, and for which city: both stand in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict

from practices.cities.similarity.answers import Answers
from practices.cities.similarity.cities import profile_of
from practices.comparing.brief.content import Brief, brief_of
from practices.comparing.brief.cover import Cover, cover_of, file_name
from practices.comparing.comparison import Comparison, Search, named, search_of
from practices.models import Practice


@dataclass(frozen=True)
class Chosen:
    """``city`` is the key of the visitor's city, as the directory's ``like``; "" where the address names none.

    ``search`` is what the directory showed: it changes nothing in the brief, and leads back.
    """

    slugs: tuple[str, ...]
    city: str
    search: Search = ()

    @classmethod
    def of(cls, query: QueryDict) -> "Chosen":
        return cls(named(query.getlist("p")), Answers.of_city(query).city, search_of(query))

    @property
    def query(self) -> str:
        """The address from the question mark on, as it was asked for; "" where it names no practice."""
        return self.query_of(self.slugs)

    @property
    def shown_query(self) -> str:
        """The same with the practices alone that are shown."""
        return self.query_of(practice.slug for practice in self.comparison.shown)

    def query_of(self, slugs: Iterable[str]) -> str:
        names = [("p", slug) for slug in slugs]
        return f"?{urlencode([('like', self.city), *names] if self.city else names)}" if names else ""

    @cached_property
    def comparison(self) -> Comparison:
        """One query; none where the address names nothing."""
        practices = Practice.objects.published().with_city().in_language().with_feedback().with_parts()
        return Comparison.of(self.slugs, practices.filter(slug__in=self.slugs) if self.slugs else [], self.search)

    @cached_property
    def city_name(self) -> str:
        """The name of the visitor's city; one query, two for a city outside of the directory, none without a city."""
        return profile_of(Answers(city=self.city)).name

    @property
    def briefs(self) -> list[Brief]:
        return [brief_of(entry, settings.SITE_URL + entry.get_absolute_url()) for entry in self.comparison.shown]

    def cover(self, today: date) -> Cover | None:
        """None for fewer than two practices."""
        return cover_of(self.comparison.shown, self.city_name, today) if len(self.comparison.shown) > 1 else None

    @property
    def file_name(self) -> str:
        """Without its ending; of at least one practice."""
        return file_name(self.comparison.shown, self.city_name)
