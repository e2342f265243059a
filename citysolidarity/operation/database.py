"""What PostgreSQL tells of itself. A role without rights to see others' work is told less, and no query fails for it."""

from typing import NamedTuple

from django.db import connection, transaction

from citysolidarity.http.database_outage import DATABASE_OUTAGES

SIZE = "SELECT pg_database_size(current_database())"
# A replica that has nothing to apply is not behind. The columns are empty for a role that may not see them.
LAGS = """
SELECT coalesce(nullif(application_name, ''), 'replica'), coalesce(max(extract(epoch FROM replay_lag)), 0)
FROM pg_stat_replication WHERE state IS NOT NULL GROUP BY 1 ORDER BY 1
"""
LONG_NOW = """
SELECT extract(epoch FROM clock_timestamp() - query_start), wait_event_type IS NOT DISTINCT FROM 'Lock'
FROM pg_stat_activity
WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    AND query_start < clock_timestamp() - make_interval(secs => %s)
ORDER BY 1 DESC LIMIT 20
"""
# Values are not in the texts of this view: it has $1 in their places.
SLOWEST = """
SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 160), calls, mean_exec_time / 1000, max_exec_time / 1000
FROM {view} statements JOIN pg_database ON pg_database.oid = dbid
WHERE datname = current_database() AND max_exec_time >= %s AND query NOT ILIKE 'copy %%'
ORDER BY mean_exec_time * calls DESC LIMIT 5
"""
VIEW = """
SELECT quote_ident(nspname) || '.pg_stat_statements' FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
WHERE extname = 'pg_stat_statements' AND has_schema_privilege(nspname, 'USAGE')
"""


class LongQuery(NamedTuple):
    """One that runs at this moment."""

    seconds: float
    waits_for_lock: bool


class SlowQuery(NamedTuple):
    """One that pg_stat_statements remembers; times in seconds."""

    text: str
    calls: int
    mean: float
    longest: float


def size() -> int:
    """Bytes."""
    return rows(SIZE)[0][0]


def lags() -> dict[str, float]:
    """Replica → seconds that it is behind; {} where there is none."""
    return {name: float(seconds) for name, seconds in rows(LAGS)}


def long_now(least: float) -> list[LongQuery]:
    return [LongQuery(float(seconds), waits) for seconds, waits in rows(LONG_NOW, [least])]


def slowest(least: float) -> list[SlowQuery] | None:
    """Those that took ``least`` seconds once; None where this database does not remember any."""
    if not (view := rows(VIEW)):
        return None
    try:
        with transaction.atomic():
            return [SlowQuery(*row) for row in rows(SLOWEST.format(view=view[0][0]), [least * 1000])]
    except DATABASE_OUTAGES:  # made in this database, but not loaded by the server
        return None


def rows(query: str, values: list | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()
