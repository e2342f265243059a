"""Streaming replicas of PostgreSQL, from which public pages are read (REPLICA_URLS; without it nothing of this runs).

A request asks one database. While it reads from a replica, the connection called "default" is the replica's in this
thread: the edition, the ORM and our own SQL cannot meet two databases that know different things, which they would where
a router decided query by query. Its sessions are read-only, so nothing can be written where it would be lost.

Which requests these are is said in caching/reading.py, and how far a replica may be behind in lag.py.
"""

import logging
import secrets
import threading
from collections.abc import Collection, Iterator

from django.core.signals import request_finished
from django.db import DEFAULT_DB_ALIAS, connections

from citysolidarity.database.deadlines import PREFIX
from citysolidarity.database.lag import Log, watch

logger = logging.getLogger(__name__)


class Replica:
    """One of them, as this process sees it: asked only while it answers and keeps up. It comes back by itself."""

    def __init__(self, alias: str, limit: int):
        self.alias, self.limit = alias, limit
        self.is_in = False  # until it has been looked at for the first time
        self.is_late = False

    def found(self, lag: float | None) -> None:
        """It answers, ``lag`` seconds behind; None where the primary is away, and nobody can know.

        One that was too far behind when the primary went away stays out: it may lack what others have.
        """
        if lag is not None:
            self.is_late = lag > self.limit
        if self.is_late:
            self._take_out(f"it is more than {self.limit} seconds behind")
        elif not self.is_in:
            self.is_in = True
            logger.warning("%s is read from.", self.alias)

    def lost(self, failure: Exception) -> None:
        """It does not answer."""
        self._take_out(type(failure).__name__)

    def _take_out(self, reason: str) -> None:
        if self.is_in:
            self.is_in = False
            logger.warning("%s is not read from: %s.", self.alias, reason)


class Replicas:
    """Those of the settings. Each process prefers one of them, and so needs one connection."""

    def __init__(self, limit: int):
        self.lock = threading.Lock()
        self.all = [Replica(alias, limit) for alias in connections.settings if alias.startswith(PREFIX)]
        self.begun = False

    def begin(self) -> None:
        """Look at them from now on. Not before the first request: a process that forks keeps no thread."""
        with self.lock:
            if self.begun or not self.all:
                return
            self.begun = True
            start = secrets.randbelow(len(self.all))
            self.all = self.all[start:] + self.all[:start]
        log = Log()
        threading.Thread(target=watch, args=[log], daemon=True, name="primary").start()
        for replica in self.all:
            threading.Thread(target=watch, args=[log, replica], daemon=True, name=replica.alias).start()

    def choose(self, tried: Collection[str] = ()) -> Replica | None:
        """The first that may be asked and was not tried; None: ask the primary."""
        if not self.begun:
            self.begin()
        return next((replica for replica in self.all if replica.is_in and replica.alias not in tried), None)

    def __iter__(self) -> Iterator[Replica]:
        return iter(self.all)


class Reading(threading.local):
    """Of this thread: the replica that it reads from, and the connection to the primary meanwhile."""

    replica: Replica | None = None
    primary = None

    def begin(self, replica: Replica) -> None:
        """Until ``end``, or the end of the request with all that it streams, "default" is the replica."""
        self.end()
        self.replica, self.primary = replica, connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = connections[replica.alias]

    def end(self, **kwargs) -> None:
        if self.replica is not None:
            connections[DEFAULT_DB_ALIAS] = self.primary
            self.replica = self.primary = None


reading = Reading()
request_finished.connect(reading.end, weak=False, dispatch_uid="end of reading from a replica")
