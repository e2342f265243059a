"""Who is at work while servers are lost: signers, readers, and a writer that notes each pause."""

import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from itertools import pairwise

import psycopg

from tests.faults.clients import Clients
from tests.faults.rig import Rig
from tests.faults.story import Report, read_books, wait_for_letters

PUBLIC = ("/en/", "/en/practices/", "/fr/practices/?theme=housing", "/en/signatories/", "/en/cities/")


class Writer:
    """Writes a row ten times a second, and notes when each was acknowledged."""

    def __init__(self, address: str):
        self.address, self.times, self.ended = address, [], threading.Event()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS failover_rows (number bigserial PRIMARY KEY)")
        self.thread = threading.Thread(target=self.write, daemon=True)
        self.thread.start()

    def write(self):
        while not self.ended.is_set():
            with (
                suppress(psycopg.Error),
                psycopg.connect(self.address, connect_timeout=2, autocommit=True) as connection,
            ):
                while not self.ended.is_set():
                    connection.execute("INSERT INTO failover_rows DEFAULT VALUES")
                    self.times.append(time.monotonic())
                    time.sleep(0.1)
            time.sleep(0.05)

    @property
    def is_at_work(self) -> bool:
        return bool(self.times) and time.monotonic() - self.times[-1] < 1

    def longest_pause(self, since: float) -> float:
        """Seconds, at most until now."""
        times = [since, *(moment for moment in list(self.times) if moment > since), time.monotonic()]
        return max(later - earlier for earlier, later in pairwise(times))


class Readers:
    """Three who read one public page after the other."""

    def __init__(self, port: int):
        self.port, self.answers, self.ended = port, Counter(), threading.Event()
        self.threads = [threading.Thread(target=self.read, args=(number,), daemon=True) for number in range(3)]
        for thread in self.threads:
            thread.start()

    def read(self, turn: int):
        while not self.ended.is_set():
            turn += 1
            connection = HTTPConnection("127.0.0.1", self.port, timeout=40)
            try:
                connection.request("GET", PUBLIC[turn % len(PUBLIC)])
                answer = connection.getresponse()
                answer.read()
                self.answers[str(answer.status)] += 1
            except (OSError, HTTPException) as error:
                self.answers[type(error).__name__] += 1
            finally:
                connection.close()
            time.sleep(0.1)


class Signers(Clients):
    """Two forms at hand each, so that a fault meets them at every step."""

    at_hand = 2


@contextmanager
def people(parts: Rig, posts: int):
    """They sign and read from before the block until all posts are acknowledged; yields the readers and the books."""
    clients, readers, report = Signers(parts.port, posts), Readers(parts.port), Report(posts)
    threads = clients.run()
    time.sleep(6)
    yield readers, report
    for thread in threads:
        thread.join()
    readers.ended.set()
    for thread in readers.threads:
        thread.join(60)
    wait_for_letters(parts)
    read_books(parts, clients, report)
    report.troubles += clients.troubles
    report.outcomes = dict(clients.outcomes)
