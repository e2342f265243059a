"""Saves made-up rows by the hundred thousand: COPY into a table beside, and from there in a few large statements.

No trigger is left out, so that the database keeps the same beside the rows as for any other writer. What makes it fast:
few statements (the words of the lexicon are counted with each), sources before their practices (where they find none
to count as revised), and the large indexes built at the end.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

# Rows of one statement. The database keeps their words together in memory.
STATEMENT = 20_000
TOLD_EACH = 1_000


@contextlib.contextmanager
def indexes_at_the_end() -> Iterator[None]:
    """The indexes of words and tags are built when the block ends: row by row they take several times as long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexdef LIKE '%USING gin%'"
            " AND tablename IN ('practices_practice', 'practices_practicetext', 'practices_lexiconword')"
        )
        found = dict(cursor.fetchall())
        for name in found:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come takes no index
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for statement in found.values():
            cursor.execute(statement)


def save(model: type[Model], rows: Iterable[dict], told: Callable[[int, str], None] = lambda count, done: None) -> None:
    """Saves rows, each a dictionary of column and value with its ``id``; all have the same columns.

    Columns they do not name have the model's defaults. ``told`` hears how many rows are drawn, then saved.
    """
    table, beside = model._meta.db_table, f"drawn_{model._meta.model_name}"
    rows = iter(rows)
    first = next(rows)
    fields = {field.column: field for field in model._meta.concrete_fields}
    constants = {name: field for name, field in fields.items() if name not in first}
    blank = model()
    defaults = [field.get_db_prep_save(field.pre_save(blank, add=True), connection) for field in constants.values()]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {beside} AS SELECT {', '.join(first)} FROM {table} WHERE false")
        with cursor.copy(f"COPY {beside} FROM STDIN") as copy:
            copy.write_row(tuple(first.values()))
            for number, row in enumerate(rows, 2):
                copy.write_row(tuple(row.values()))
                if number % TOLD_EACH == 0:
                    told(number, "drawn")
        cursor.execute(f"SELECT max(id) FROM {beside}")
        last = cursor.fetchone()[0]
        for start in range(0, last, STATEMENT):
            cursor.execute(
                f"INSERT INTO {table} ({', '.join([*first, *constants])})"
                f" SELECT {', '.join([*first, *['%s'] * len(constants)])} FROM {beside} WHERE id > %s AND id <= %s",
                [*defaults, start, start + STATEMENT],
            )
            told(min(start + STATEMENT, last), "saved")
        cursor.execute(f"DROP TABLE {beside}")
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
