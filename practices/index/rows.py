"""What the selection index knows of each practice, and the statements that read it."""

from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, Q
from django.db.models.expressions import RawSQL

from practices.models import City, Practice

# More changed practices than this are read with all the others.
MOST_CHANGES = 200


class Row(NamedTuple):
    """One published practice. Times are microseconds since 1970, by the database's clock."""

    pk: int
    stamp: int  # the version at which it was last touched
    published: int
    started: int | None
    slug: str
    city: str  # the city's name, folded as the database orders names
    confirmed: int | None
    has_ended: bool
    tags: tuple[int, ...]

    @property
    def newest(self) -> tuple:
        """Sorts as PracticeQuerySet.sorted_by("newest") does; no two rows have the same."""
        return -self.published, self.started is None, -(self.started or 0), self.slug


class Look(NamedTuple):
    """What the edition row says: see triggers.py. ``now`` is the database's clock in microseconds since 1970."""

    number: int
    whole: int
    changed: list[int]
    now: int


def look(since: int) -> Look:
    """Reads the edition row, and the keys of the practices touched after the version ``since``. One statement.

    More than MOST_CHANGES keys are cut off there, one more being given.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            # Whoever asks within a transaction that changed something is told of each of its own statements.
            "SELECT CASE WHEN writer = pg_current_xact_id_if_assigned()"
            " THEN (SELECT last_value FROM practices_edition_numbers) ELSE number END, whole,"
            " ARRAY(SELECT practice_id FROM practices_change WHERE number > %s LIMIT %s),"
            " (extract(epoch FROM statement_timestamp()) * 1000000)::bigint"
            " FROM practices_edition"
            # Emptied tables have no version: that is a version too.
            " UNION ALL SELECT 0, 0, '{}', (extract(epoch FROM statement_timestamp()) * 1000000)::bigint LIMIT 1",
            [since, MOST_CHANGES + 1],
        )
        return Look(*cursor.fetchone())


def microseconds(column: str) -> Func:
    """A time column as whole microseconds since 1970."""
    return Func(
        F(column), template="(extract(epoch FROM %(expressions)s) * 1000000)::bigint", output_field=BigIntegerField()
    )


def read(keys: list[int] | None = None) -> list[Row]:
    """Every published practice, or those of ``keys`` that are; in no order. One statement."""
    found = Practice.objects.published()
    if keys is not None:
        found = found.filter(pk__in=keys)
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
        City.name_order("city__"),
        microseconds("confirmed_at"),
        Func(Q(ended__isnull=False) | Q(status="completed"), template="%(expressions)s", output_field=BooleanField()),
        Func(F("tags"), template="%(expressions)s", output_field=ArrayField(BigIntegerField())),
    )
    names = {f"of_{at}": column for at, column in enumerate(columns)}
    return [Row(*values) for values in found.order_by().annotate(**names).values_list("pk", *names)]
