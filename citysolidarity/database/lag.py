"""How far a replica is behind: by places in the primary's log (LSN), and when this process saw each of them there.

No clocks of two machines are compared, nothing is written for it, and no role needs more rights. A replica that has
nothing to apply is not behind; one that is cut off from the primary is, even though it cannot know.
"""

import time
from collections import deque

import psycopg
from django.db import DEFAULT_DB_ALIAS, Error, connections

EVERY = 1.0  # seconds between two looks
KEPT = 600  # places, so that so many seconds can be told
KNOWN = 5.0  # seconds for which what the primary said last is its word
# A replica that was promoted writes a log of its own.
END = """
SELECT pg_wal_lsn_diff(
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END, '0/0')::bigint
"""
END_OF_PRIMARY = "SELECT pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint"


class Log:
    """Where the primary's log ended, and when (monotonic seconds). Places are bytes from its beginning."""

    def __init__(self):
        self.places: deque[tuple[float, int]] = deque(maxlen=KEPT)
        self.seen = float("-inf")

    def note(self, place: int, now: float) -> None:
        if self.places and place < self.places[-1][1]:
            self.places.clear()  # another primary, which has not all that the former one had
        if not self.places or place > self.places[-1][1]:
            self.places.append((now, place))
        self.seen = now

    def lag(self, place: int, now: float) -> float | None:
        """For how many seconds the primary has had more than this; None while nobody knows what it has."""
        if now - self.seen > KNOWN:
            return None
        return next((now - seen for seen, end in list(self.places) if end > place), 0.0)


def watch(log: Log, replica=None) -> None:
    """Look at the primary, or at a replica (replicas.Replica), for as long as the process lives. For a thread."""
    while True:
        look(log, replica)
        time.sleep(EVERY)


def look(log: Log, replica=None) -> None:
    connection = connections[replica.alias if replica else DEFAULT_DB_ALIAS]
    try:
        with connection.cursor() as cursor:
            cursor.execute(END if replica else END_OF_PRIMARY)
            place = cursor.fetchone()[0]
    except (Error, psycopg.Error) as failure:
        connection.close()
        if replica:
            replica.lost(failure)
        return
    if replica:
        replica.found(log.lag(place, time.monotonic()))
    else:
        log.note(place, time.monotonic())
