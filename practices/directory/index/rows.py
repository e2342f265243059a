"""What the selection index knows of each practice, and the queries that read it."""

from typing import NamedTuple

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Q
from django.db.models.expressions import RawSQL

from practices.models import City, Practice

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


class IndexRow(NamedTuple):
    """One published practice. Times are microseconds since 1970, by the database's clock."""

    pk: int
    stamp: int  # the version at which it was last touched
    published: int
    started: int | None
    slug: str
    confirmed: int | None
    has_ended: bool
    tags: tuple[int, ...]
    city: tuple[str, ...]  # its name in each of LANGUAGES, folded as the database orders names

    @property
    def newest(self) -> tuple:
        """Sorts as PracticeQuerySet.sorted_by("newest") does; no two rows have the same."""
        return -self.published, self.started is None, -(self.started or 0), self.slug


def microseconds(column: str) -> Func:
    return Func(
        F(column), template="(extract(epoch FROM %(expressions)s) * 1000000)::bigint", output_field=BigIntegerField()
    )


def read(keys: list[int] | None = None) -> list[IndexRow]:
    """Every published practice, or those of ``keys`` that are; in no order. One query."""
    practices = Practice.objects.published()
    if keys is not None:
        practices = practices.filter(pk__in=keys)
    stamp = RawSQL(
        "coalesce((SELECT number FROM practices_change WHERE practice_id = practices_practice.id), 0)",
        [],
        output_field=BigIntegerField(),
    )
    columns = (
        stamp,
        microseconds("published_at"),
        F("started"),
        F("slug"),
        microseconds("confirmed_at"),
        Func(Q(ended__isnull=False) | Q(status="completed"), template="%(expressions)s", output_field=BooleanField()),
        Func(F("tags"), template="%(expressions)s", output_field=ArrayField(BigIntegerField())),
    )
    cities = (City.name_order("city__", language) for language in LANGUAGES)
    names = {f"of_{at}": column for at, column in enumerate((*columns, *cities))}
    known: dict[tuple[str, ...], tuple[str, ...]] = {}  # practices of one city share its names
    result = []
    for values in practices.order_by().annotate(**names).values_list("pk", *names):
        facts, city = values[: -len(LANGUAGES)], values[-len(LANGUAGES) :]
        result.append(IndexRow(*facts, city=known.setdefault(city, city)))
    return result
