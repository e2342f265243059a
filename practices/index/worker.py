"""The selection index of this process: when it looks at the version, and how it keeps up."""

import time
from collections import OrderedDict
from threading import RLock

from django.db import InterfaceError, OperationalError, connection

from practices.index import rows
from practices.index.bitmaps import Bitmaps, Matches
from practices.index.ranks import ranks
from practices.search.reading import Reading, read

# A change may stay unseen this long (seconds), except by whoever made it.
LOOK_SECONDS = 0.25
# How many positions the answers to searches by words may hold together: some 4 MB. In a large directory so many times
# all of its practices: two are what a search that fits everything holds.
POSITIONS_KEPT, TIMES_KEPT = 1_000_000, 25
DAY = 24 * 60 * 60 * 1_000_000  # microseconds
FIRST = 1 << 62  # no version is later: asks for no changes


class Worker:
    """Holds one index and swaps it whole; threads share it."""

    def __init__(self):
        self.lock = RLock()
        self.forget()

    def forget(self) -> None:
        """Start anew, as a fresh process does."""
        with self.lock:
            self.bitmaps: Bitmaps | None = None
            self.seen: rows.Look | None = None
            self.looked = 0.0
            self.lead = 0  # of the database's clock on ours, in microseconds
            self.forget_texts()

    def forget_texts(self) -> None:
        """Read and match all words anew."""
        with self.lock:
            self.texts: OrderedDict[tuple, tuple[Reading, Matches]] = OrderedDict()
            self.positions_kept = 0

    def look(self, at_once: bool = False) -> int:
        """The number of the version now; one statement when the last look is LOOK_SECONDS old or ``at_once``.

        While the database is away the version known before stands: what is read here is still what was public.
        """
        asked = time.monotonic()
        if self.seen is None or at_once or asked - self.looked >= LOOK_SECONDS:
            with self.lock:
                if self.seen is None or self.looked <= asked:
                    self._look_now()
        return self.seen.number

    def _look_now(self) -> None:
        began = time.monotonic()
        try:
            seen = rows.look(FIRST if self.bitmaps is None else self.bitmaps.number)
        except (OperationalError, InterfaceError):
            if self.seen is None or self.bitmaps is None or connection.in_atomic_block:
                raise
        else:
            self.lead = seen.now - time.time_ns() // 1000
            self.seen = seen
        self.looked = began

    def current(self, at_once: bool = False) -> Bitmaps:
        """The index as it is now. At most two statements, none when nothing changed."""
        self.look(at_once)
        return self.as_looked()

    def as_looked(self) -> Bitmaps:
        """The index as of the last look, which there must have been. At most one statement."""
        bitmaps = self.bitmaps
        if bitmaps is None or bitmaps.number != self.seen.number:
            with self.lock:
                bitmaps = self.bitmaps = self._caught_up()
        return bitmaps.at_time(self.now())

    def _caught_up(self) -> Bitmaps:
        seen, known = self.seen, self.bitmaps
        if known is not None and known.number == seen.number:
            return known
        if (
            known is None
            or not max(seen.whole, known.tentative) <= known.number < seen.number
            or len(seen.changed) > rows.MOST_CHANGES
        ):
            fresh = Bitmaps.build(seen.number, rows.read())
        else:
            found = {row.pk: row for row in rows.read(seen.changed)} if seen.changed else {}
            fresh = known.updated(seen.number, {pk: found.get(pk) for pk in seen.changed})
        # What this transaction wrote itself may be rolled back: nothing can be built on it.
        fresh.tentative = FIRST if connection.in_atomic_block else 0
        return fresh

    def now(self) -> int:
        """The database's clock in microseconds since 1970, without asking it."""
        return time.time_ns() // 1000 + self.lead

    def today(self) -> int:
        """The number of the day since 1970, by the same clock."""
        return self.now() // DAY

    def found_by(self, bitmaps: Bitmaps, words: str, language: str, exact: bool) -> tuple[Reading, Matches]:
        """How the words are read on a page in this language, and the practices that match them, best first.

        Two or three round trips, none when this edition was asked the same before.
        """
        # Best match weighs freshness too, and that passes with the days.
        key = bitmaps.number, bitmaps.fresh_until, words, language, exact
        with self.lock:
            if found := self.texts.get(key):
                self.texts.move_to_end(key)
                return found
        reading = read(words, language, exact=exact)
        found = reading, bitmaps.matches(*ranks(reading))
        with self.lock:
            if key not in self.texts:
                self.texts[key] = found
                self.positions_kept += found[1].weight
            most = max(POSITIONS_KEPT, TIMES_KEPT * len(bitmaps.rows))
            while self.positions_kept > most:
                self.positions_kept -= self.texts.popitem(last=False)[1][1].weight
        return found


worker = Worker()
