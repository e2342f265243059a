"""The selection index of this process, and how it follows the edition."""

from collections import OrderedDict
from functools import partial
from threading import RLock

from django.db import connection

from citysolidarity.caching.edition import FIRST, MOST_CHANGES, Edition, edition
from practices.directory.index import rows
from practices.directory.index.bitmaps import Bitmaps, Matches
from practices.directory.index.ranks import ranks
from practices.search import embeddings
from practices.search.query import Reading, read

# How many positions the answers to searches by words may hold together: some 4 MB. In a large directory so many times
# all of its practices: two are what a search that fits everything holds.
POSITIONS_KEPT, TIMES_KEPT = 1_000_000, 25


class SelectionIndex:
    """Holds one set of bitmaps and swaps it whole; threads share it."""

    def __init__(self, of: Edition):
        self.edition = of
        self.lock = RLock()
        self.forget()

    def forget(self) -> None:
        with self.lock:
            self.edition.forget()
            self._hold(None)
            self.forget_texts()

    def _hold(self, bitmaps: Bitmaps | None) -> None:
        self.bitmaps = bitmaps
        self.edition.since = FIRST if bitmaps is None else bitmaps.number

    def forget_texts(self) -> None:
        with self.lock:
            self.texts: OrderedDict[tuple, tuple[Reading, Matches]] = OrderedDict()
            self.positions_kept = 0

    def current(self, at_once: bool = False) -> Bitmaps:
        """The bitmaps as they are now; at most two queries, none when nothing changed."""
        self.edition.check(at_once)
        return self.as_checked()

    def as_checked(self) -> Bitmaps:
        """The bitmaps as of the edition's last check, which there must have been; at most one query."""
        bitmaps = self.bitmaps
        if bitmaps is None or bitmaps.number != self.edition.require_here().number:
            with self.lock:
                bitmaps = self._caught_up()
                self._hold(bitmaps)
        return bitmaps.at_time(self.edition.now())

    def _caught_up(self) -> Bitmaps:
        row, bitmaps = self.edition.require_here(), self.bitmaps
        if bitmaps is not None and bitmaps.number == row.number:
            return bitmaps
        if (
            bitmaps is None
            or not max(row.whole, row.since, bitmaps.tentative) <= bitmaps.number < row.number
            or len(row.changed) > MOST_CHANGES
        ):
            fresh = Bitmaps.build(row.number, rows.read())
        else:
            changed = {practice.pk: practice for practice in rows.read(row.changed)} if row.changed else {}
            fresh = bitmaps.updated(row.number, {pk: changed.get(pk) for pk in row.changed})
        # What this transaction wrote itself may be rolled back: nothing can be built on it.
        fresh.tentative = FIRST if connection.in_atomic_block else 0
        return fresh

    def match(self, bitmaps: Bitmaps, words: str, language: str, exact: bool) -> tuple[Reading, Matches]:
        """How the words are read on a page in this language, and the practices that match them, best first.

        Two or three queries, none when this edition was asked the same before.
        """
        # Best match weighs freshness too, as it is when the day begins.
        key = bitmaps.number, bitmaps.day, words, language, exact
        with self.lock:
            if answer := self.texts.get(key):
                self.texts.move_to_end(key)
                return answer
        reading = read(words, language, exact=exact)
        answer = reading, bitmaps.matches(*ranks(reading), *order_by_meaning(bitmaps, reading))
        with self.lock:
            if key not in self.texts:
                self.texts[key] = answer
                self.positions_kept += answer[1].weight
            most = max(POSITIONS_KEPT, TIMES_KEPT * len(bitmaps.rows))
            while self.positions_kept > most:
                self.positions_kept -= self.texts.popitem(last=False)[1][1].weight
        return answer


def order_by_meaning(bitmaps: Bitmaps, reading: Reading) -> tuple:
    """What ``Bitmaps.matches`` needs to order by the meaning of a question, too; nothing where that cannot be."""
    if not reading.is_question or not embeddings.is_available():
        return ()
    from practices.directory.index.meanings import meanings  # needs the optional packages

    return partial(meanings.reordered, bitmaps, reading.question), embeddings.REORDERED


selection_index = SelectionIndex(edition)
