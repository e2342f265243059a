"""The edition: a number that grows whenever something public changes, and the clock of the database.

It tells whether cached pages are still valid, and which practices the selection index must read again. The database
holds the number in one row: see practices/migrations/0004_logs_and_edition.py.

Where there are replicas (database/replicas.py), the number and the rows come from the same one, and this process never
goes back: a replica that has not reached the edition known here is not asked. Otherwise its old rows would be kept as
the new edition's, for good.
"""

import time
from threading import RLock
from typing import NamedTuple

from django.db import InterfaceError, OperationalError, connection

from citysolidarity.database.replicas import reading

# A change may stay unseen this long (seconds), except by whoever made it.
CHECK_SECONDS = 0.25
# If more practices than this have changed, all of them are read again.
MOST_CHANGES = 200
DAY = 24 * 60 * 60 * 1_000_000  # microseconds
FIRST = 1 << 62  # no number is higher, so no changes are returned


class EditionRow(NamedTuple):
    """``changed`` holds the keys of the practices changed after the number ``since``; before ``whole`` none are recorded.

    ``now`` is the database's clock in microseconds since 1970.
    """

    number: int
    whole: int
    changed: list[int]
    now: int
    since: int

    @classmethod
    def read(cls, since: int) -> "EditionRow":
        """Read the row, and at most MOST_CHANGES + 1 keys of what changed after ``since`` (1 query)."""
        with connection.cursor() as cursor:
            cursor.execute(
                # A transaction that changed something must see each of its own changes.
                "SELECT CASE WHEN writer = pg_current_xact_id_if_assigned()"
                " THEN (SELECT last_value FROM practices_edition_numbers) ELSE number END, whole,"
                " ARRAY(SELECT practice_id FROM practices_change WHERE number > %s LIMIT %s),"
                " (extract(epoch FROM statement_timestamp()) * 1000000)::bigint"
                " FROM practices_edition"
                # After its tables were emptied the database has no row.
                " UNION ALL SELECT 0, 0, '{}', (extract(epoch FROM statement_timestamp()) * 1000000)::bigint LIMIT 1",
                [since, MOST_CHANGES + 1],
            )
            return cls(*cursor.fetchone(), since)


class Behind(OperationalError):
    """The replica that this request reads from has not reached the edition that this process knows."""


class Edition:
    """What this process knows of the edition, shared by its threads."""

    def __init__(self):
        self.lock = RLock()
        self.since = FIRST  # set by the index: it needs the changes after this number
        self.forget()

    def forget(self) -> None:
        with self.lock:
            self.row: EditionRow | None = None
            self.checked = 0.0
            self.failed_at = ""  # the alias of the database at which the last check failed: it is away
            self.reached: dict[str, int] = {}  # the edition that each database was seen to have; empty without replicas
            self.lead = 0  # how far the database's clock is ahead of ours, in microseconds

    def check(self, at_once: bool = False) -> int:
        """The present number; 1 query where the last check is CHECK_SECONDS old, or ``at_once``.

        While the database is away the last known number counts. Raises Behind, on a replica alone.
        """
        now = time.monotonic()
        if self.row is None or at_once or now - self.checked >= CHECK_SECONDS:
            with self.lock:
                if self.row is None or self.checked <= now:
                    self._check_now()
        return self.require_here().number

    def require_here(self) -> EditionRow:
        """The row of the last check, as which whatever this thread reads now may be kept; no query without replicas.

        Another thread may have moved it on by another database. A replica may show for a moment what the primary, which
        waits for its word, does not show yet; then the primary is believed. Raises Behind, on a replica alone.
        """
        row = self.row
        if self.reached and self.reached.get(connection.alias, -1) < row.number:
            with self.lock:
                self._check_now()
                row = self.row
        return row

    @property
    def is_unsure(self) -> bool:
        """Whether the database that this thread reads from could not be asked."""
        return self.failed_at == connection.alias

    def _check_now(self) -> None:
        began = time.monotonic()
        try:
            row = EditionRow.read(self.since)
        except (OperationalError, InterfaceError):
            self.failed_at = "" if reading.replica else connection.alias
            if reading.replica or self.row is None or self.since == FIRST or connection.in_atomic_block:
                raise
        else:
            self.failed_at = ""
            if reading.replica or self.reached:
                self.reached[connection.alias] = row.number
            if reading.replica and self.row is not None and row.number < self.row.number:
                raise Behind("This replica lacks the edition that is known already.")
            self.lead = row.now - time.time_ns() // 1000
            self.row = row
        self.checked = began

    def now(self) -> int:
        """The database's clock in microseconds since 1970, without asking it."""
        return time.time_ns() // 1000 + self.lead

    def today(self) -> int:
        """The number of the day since 1970, by the same clock."""
        return self.now() // DAY


edition = Edition()
