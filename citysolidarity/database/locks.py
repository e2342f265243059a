"""The order in which rows are locked: that of the edition first, then those that pages show, then all others.

Each change of what pages show moves the edition (caching/edition.py), whose one row a trigger locks before any other row of
the statement. Whoever held a row and then waited for the edition would wait for somebody who waits for that row, and
PostgreSQL ends one of the two as a deadlock. So an act that will change what is shown locks the edition before it locks a
row: by ``SELECT … FOR UPDATE`` of a table that is shown, or by saying so where it begins with a row of another.
"""

from django.db import connection, models


def lock_edition() -> None:
    """In the caller's transaction. Nothing is moved: whoever changes nothing ends no kept page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM practices_edition FOR UPDATE")


class ShownQuerySet(models.QuerySet):
    """Of a table whose rows pages show."""

    def select_for_update(self, *args, **kwargs):
        if connection.in_atomic_block:  # elsewhere Django refuses the query
            lock_edition()
        return super().select_for_update(*args, **kwargs)
