"""A database that hangs: it takes connections or questions and never answers.

Whoever asks first waits until the deadline. From then on nobody asks it but a thread of our own, until it answers.
"""

import logging
import threading
import time

import psycopg

PROBE_SECONDS = 2  # for an answer to the probe
PAUSE = 0.5  # seconds between two probes

logger = logging.getLogger(__name__)


class Silence:
    """What this process knows of it, and who is asking at the moment (thread → since when)."""

    def __init__(self):
        self.lock, self.is_on = threading.Lock(), False
        self.is_away = False  # the last try to connect failed
        self.asking: dict[int, float] = {}
        self.thread = threading.local()

    @property
    def forbids(self) -> bool:
        """Whether this thread must not ask the database now."""
        return self.is_on or getattr(self.thread, "is_closed", False)

    def close_here(self) -> None:
        """In this thread the database is never asked."""
        self.thread.is_closed = True

    def begin(self, parameters: dict) -> None:
        """Note that the database is silent, and ask it in the background until it is not."""
        with self.lock:
            if self.is_on:
                return
            self.is_on = True
        logger.error("The database does not answer; it is not asked until it does.")
        threading.Thread(target=self.listen, args=[parameters], daemon=True, name="database-probe").start()

    def listen(self, parameters: dict) -> None:
        while not answers(parameters):
            time.sleep(PAUSE)
        self.is_on = False
        logger.warning("The database answers again.")


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
