"""A database that hangs: it takes connections or questions and never answers.

Whoever asks first waits until the deadline. From then on nobody asks it but a thread of our own, until it answers. Each
database is silent for itself: where there are replicas, those that answer are asked meanwhile.
"""

import logging
import threading
import time
from contextlib import contextmanager
from threading import get_ident
from typing import NamedTuple

import psycopg

PROBE_SECONDS = 2  # for an answer to the probe
PAUSE = 0.5  # seconds between two probes

logger = logging.getLogger(__name__)


class Asked(NamedTuple):
    """Which database a thread is asking, and since when (monotonic seconds)."""

    place: tuple
    since: float


class Silence:
    """What this process knows of its databases, each known by its place, and who is asking which at the moment."""

    def __init__(self):
        self.lock = threading.Lock()
        self.silent: set[tuple] = set()
        self.away: set[tuple] = set()  # the last try to connect failed
        self.asking: dict[int, Asked] = {}  # by thread
        self.thread = threading.local()

    @property
    def is_on(self) -> bool:
        """Whether some database hangs."""
        return bool(self.silent)

    def forbids(self, parameters: dict) -> bool:
        """Whether this thread must not ask this database now."""
        place = place_of(parameters)
        return place in self.silent or place in getattr(self.thread, "closed", ())

    @contextmanager
    def asks(self, parameters: dict):
        """In the block, this thread waits for an answer of this database."""
        self.asking[get_ident()] = Asked(place_of(parameters), time.monotonic())
        try:
            yield
        finally:
            self.asking.pop(get_ident(), None)

    def close_here(self, place: tuple) -> None:
        """In this thread that database is never asked."""
        self.thread.closed = {place}

    def begin(self, parameters: dict) -> None:
        """Note that the database is silent, and ask it in the background until it is not."""
        with self.lock:
            if place_of(parameters) in self.silent:
                return
            self.silent.add(place_of(parameters))
        logger.error("The database does not answer; it is not asked until it does.")
        threading.Thread(target=self.listen, args=[parameters], daemon=True, name="database-probe").start()

    def listen(self, parameters: dict) -> None:
        while not answers(parameters):
            time.sleep(PAUSE)
        self.silent.discard(place_of(parameters))
        logger.warning("The database answers again.")


def place_of(parameters: dict) -> tuple:
    """What tells one database from another among the parameters of a connection."""
    return tuple(parameters.get(name) for name in ("host", "port", "dbname"))


def answers(parameters: dict) -> bool:
    """False while it hangs. A refusal is an answer, too: whoever asks then hears it at once."""
    begun = time.monotonic()
    try:
        # That it is taken is an answer: a process of the server says so.
        psycopg.connect(**parameters | {"connect_timeout": PROBE_SECONDS}).close()
    except psycopg.Error:
        return time.monotonic() - begun < PROBE_SECONDS
    return True


silence = Silence()
