"""Fills a table from files: all of it or nothing, and only where it was filled from others."""

from collections.abc import Callable, Iterable

from django.db import connection, models, transaction


def fill_table(
    model: type[models.Model],
    columns: tuple[str, ...],
    read_rows: Callable[[], Iterable[tuple]],
    mark: str,
    *,
    lock: int,
    then: str = "",
) -> int:
    """Replaces the rows unless they were read from what ``mark`` names; returns how many were written.

    ``lock`` is any fixed number of our own: two loads at once take turns. ``then`` is SQL that completes the rows.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
        cursor.execute("SELECT obj_description(%s::regclass, 'pg_class')", [model._meta.db_table])
        if cursor.fetchone()[0] == mark and model.objects.exists():
            return 0
        rows = list(read_rows())
        cursor.execute(f"DELETE FROM {table}")
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        if then:
            cursor.execute(then)
        # Otherwise each search would go through the rows that the indexes have still to sort in, and be planned as if there
        # were none, until PostgreSQL looks by itself.
        cursor.execute(
            """
            SELECT gin_clean_pending_list(pg_index.indexrelid)
            FROM pg_index JOIN pg_class ON pg_class.oid = pg_index.indexrelid JOIN pg_am ON pg_am.oid = pg_class.relam
            WHERE pg_index.indrelid = %s::regclass AND pg_am.amname = 'gin'
            """,
            [model._meta.db_table],
        )
        cursor.execute(f"ANALYZE {table}")
        # On the table itself, so that it can be neither lost nor kept without the rows.
        cursor.execute(f"COMMENT ON TABLE {table} IS '{mark}'")
    return len(rows)
