"""The rows of whole tables as COPY writes them: kept once, and put back faster than they were made.

A test that commits leaves its rows to the next one. Django empties every table after it and makes anew what the
migrations made, which takes longer than most of these tests. Here only the tables that the test left otherwise than
the migrations did are put back.
"""

from django.db import connection, transaction
from django.test import TransactionTestCase

kept: dict[str, bytes] = {}
prints: dict[str, tuple] = {}


def install() -> None:
    """After each test that commits, put the database back instead of flushing it."""
    TransactionTestCase._fixture_teardown = lambda test: put_back_what_changed()


def keep() -> None:
    """Remember the database as the migrations left it; nothing was written since."""
    kept.update(rows_of(tables()))
    prints.update(fingerprints(kept))


def put_back_what_changed() -> None:
    """Make every table again what it was when it was kept."""
    changed = [table for table, found in fingerprints(kept).items() if found != prints[table]]
    if changed:
        put_back({table: kept[table] for table in changed})
        prints.update(fingerprints(changed))


def tables() -> list[str]:
    """Every table of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        return [name for (name,) in cursor.fetchall()]


def fingerprints(names) -> dict[str, tuple]:
    """Table → how many rows it has, and a number made of where and by whom each was written last.

    What stands in the rows need not be read: a row that is written anew stands elsewhere, even with the same content.
    """
    one = "SELECT '{0}', count(*), coalesce(sum(hashtextextended(one.ctid || '/' || one.xmin, 0)::numeric), 0) FROM \"{0}\" one"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in names))
        return {table: tuple(found) for table, *found in cursor.fetchall()}


def rows_of(names) -> dict[str, bytes]:
    """Table → its rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in names:
            with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
                found[table] = b"".join(bytes(part) for part in copy)
    return found


def put_back(rows: dict[str, bytes]) -> None:
    """Replace what these tables hold; all or nothing, and none of our triggers is asked."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in rows:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        for table, content in rows.items():
            cursor.execute(f'DELETE FROM "{table}"')
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as copy:
                copy.write(content)
        # References are checked now: a table that still has some to check can't be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in rows:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
