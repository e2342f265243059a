"""What the database holds: as PostgreSQL's own dump, and row by row to be compared."""

import os
import subprocess

from django.db import connection
from psycopg import sql

from citysolidarity.database.programs.binaries import find_binaries


def pg_dump() -> str:
    """The tests' whole database as pg_dump writes it; sees only what is committed."""
    place = connection.settings_dict
    command = [find_binaries().folder / "pg_dump", "--host", place["HOST"], "--port", str(place["PORT"])]
    done = subprocess.run(
        [*command, "--username", place["USER"], "--inserts", place["NAME"]],
        env={"PATH": os.environ["PATH"], "PGPASSWORD": place["PASSWORD"] or "", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "PostgreSQL database dump complete" in done.stdout
    return done.stdout


def every_row() -> dict[str, list[str]]:
    """Every row of every table as text, by the table's name."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        rows = {}
        for name in names:
            cursor.execute(f"SELECT one::text FROM {connection.ops.quote_name(name)} one ORDER BY 1")
            rows[name] = [row[0] for row in cursor.fetchall()]
    return rows


def fingerprints(names, without: str) -> dict[str, tuple]:
    """Table → how many rows it has, and a number made of their texts, but for what the expression ``without`` matches.

    One statement for all tables: reading every row takes ten times as long.
    """
    one = """SELECT {name}, count(*), coalesce(sum(hashtextextended(regexp_replace(one::text, {without}, '', 'g'), 0)::numeric), 0)
        FROM {table} one"""
    parts = [
        sql.SQL(one).format(name=sql.Literal(name), without=sql.Literal(without), table=sql.Identifier(name))
        for name in names
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        return {table: tuple(found) for table, *found in cursor.fetchall()}
