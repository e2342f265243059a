"""Adds what a web process has counted to the database, once a minute, in a thread of its own.

So no visitor waits for it, and no request writes. While the database is away the counts wait in memory; a process that is
killed loses those of its last minute.
"""

import logging
import os
import threading
import time

from django.db import connection, transaction

from citysolidarity.http.database_outage import DATABASE_OUTAGES
from citysolidarity.http.throttle import keyed_hash
from citysolidarity.operation.visits.counting import SearchOfMonth, counts
from citysolidarity.operation.visits.models import PageCount, SearchMark, SearchWord
from citysolidarity.operation.visits.words import ordinary

EVERY = 60  # seconds

logger = logging.getLogger(__name__)


class Thread:
    """``process`` is the one in which it runs: it does not follow into a child. 0 before, None where none is wanted."""

    process: int | None = None


def serve() -> None:
    """For whatever serves the site to others: from now on its processes write down what they count."""
    Thread.process = 0


def go_on() -> None:
    """Start the thread, once in each process that serves."""
    if Thread.process is not None and Thread.process != os.getpid():
        Thread.process = os.getpid()
        threading.Thread(target=write_down, daemon=True, name="counts-of-visits").start()


def write_down() -> None:
    while True:
        time.sleep(EVERY)
        flush()


def flush() -> None:
    """Save, whatever is wrong, and let the connection go."""
    try:
        save()
    except DATABASE_OUTAGES as outage:
        logger.warning("The counts of visits wait: %s", type(outage).__name__)
    except Exception:
        logger.exception("The counts of visits could not be saved.")
    finally:
        connection.close()


def save() -> None:
    """All that was counted, in one transaction; where it fails, it stays counted."""
    taken = counts.take()
    if not taken:
        return
    try:
        with transaction.atomic():
            # In one order in every process: those that lock the same rows do not wait for each other.
            PageCount.objects.add([(*page, views) for page, views in sorted(taken.pages.items())])
            save_searches(taken.searches)
    except Exception:
        counts.add(*taken)
        raise


def save_searches(searches: dict[SearchOfMonth, int]) -> None:
    """The words themselves only once five places are taken; before that, a hash of them alone."""
    kept = ordinary({search.words for search in searches}) if searches else set()
    marks = {keyed_hash("searched words", search.name): search for search in searches if search.words in kept}
    places = SearchMark.objects.add([(search.month, key, searches[search]) for key, search in sorted(marks.items())])
    words = [(*marks[key], number) for key, number in places if number >= SearchWord.FEWEST]
    SearchWord.objects.keep(sorted(words))
