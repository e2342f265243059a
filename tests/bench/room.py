"""How much room rows take in the database, indexes included; the same whatever else the machine does."""

from collections.abc import Callable

from django.db import connection

from tests.bench import database, supports

PRACTICES, SUPPORTS = 10_000, 100_000
OF_SUPPORTS = ("pledges_support", "pledges_supportcontact")
SIZE = """
SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND (relname = ANY(%s) OR %s AND relname LIKE 'practices\\_%%')
"""


def measure(note: Callable[[str], None]) -> str:
    """The table, in Markdown."""
    rows = []
    with database.directory(PRACTICES, lambda count, done: note(f"{count:,} {done}")):
        rows.append(("a practice, with its city, texts and indexes", PRACTICES, size_of([], every_practice=True)))
    mark = f"room {database.recipe(supports.__file__, __file__)}"
    name = f"citysolidarity_bench_room_{SUPPORTS}"
    with database.kept(name, mark, lambda: supports.fill(SUPPORTS, note)):
        rows.append(("a support that is confirmed, with its contact", SUPPORTS, size_of(list(OF_SUPPORTS))))
    lines = ["| row | measured with | bytes each |", "|---|--:|--:|"]
    return "\n".join([*lines, *(f"| {what} | {count:,} | {size // count:,} |" for what, count, size in rows)])


def size_of(tables: list[str], *, every_practice: bool = False) -> int:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(SIZE, [tables, every_practice])
        return int(cursor.fetchone()[0])
