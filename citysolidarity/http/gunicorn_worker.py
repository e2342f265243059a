"""gunicorn's worker that answers one request at a time, with a second pair of hands for when that one takes long.

Three visitors who wait for a database that hangs, or who send their request letter by letter, would otherwise keep
everybody from everything, and the platform from hearing that the processes live.
"""

import contextlib
import logging
import select
import socket
import threading
import time
from collections.abc import Callable

from django.db import connections
from gunicorn.workers.sync import SyncWorker

from citysolidarity.database.silence import Asked, silence

LIVE = (b"GET /health/live ", b"HEAD /health/live ")
LOOK = 0.05  # seconds between two looks whether help is needed
BUSY = 0.4  # seconds after which the worker's own request counts as a long one
# Seconds after which a question to the database is one that others had better not ask as well.
HANGING = 1.5
MOST_HELD = 64
SLOW = 10  # seconds for a client that these hands serve to send or take the next bytes

logger = logging.getLogger(__name__)


class WebWorker(SyncWorker):
    def run(self):
        self.begun: float | None = None
        self.main = threading.get_ident()
        threading.Thread(target=self.help, daemon=True, name="second-hands").start()
        super().run()
        self.clear_the_queue()

    def clear_the_queue(self):
        """Answer who came in before this process was told to stop: with its socket they would be cut off."""
        for listener in self.sockets:
            with contextlib.suppress(OSError):  # nobody waits any more
                while True:
                    self.notify()
                    self.accept(listener)

    def load_wsgi(self):
        super().load_wsgi()
        site = self.wsgi

        def beating(environ, start_response):
            answer = site(environ, start_response)
            return Beating(answer, self.beat) if getattr(answer, "streaming", False) else answer

        self.wsgi = beating

    def beat(self):
        """A download of a large list takes longer than a worker may be silent; the other threads say nothing for it."""
        if threading.get_ident() == self.main:
            self.notify()

    def handle(self, listener, client, addr):
        if threading.get_ident() != self.main:
            return super().handle(listener, client, addr)
        self.begun = time.monotonic()
        try:
            return super().handle(listener, client, addr)
        finally:
            self.begun = None

    def handle_request(self, *args):
        # A fresh worker knows nothing yet: none is replaced while there is nothing to learn from.
        if self.nr + 1 >= self.max_requests and silence.away:
            self.max_requests += 100
        super().handle_request(*args)

    # --- the second pair of hands -----------------------------------------------------------

    def help(self):
        """Take what no worker of ours is free to take, and give each of them a thread."""
        held: list[tuple] = []
        while self.alive:
            time.sleep(LOOK)
            try:
                if self.is_busy() and len(held) < MOST_HELD:
                    held += self.accepted()
                held = [one for one in held if not self.serve(*one)]
            except Exception:
                logger.exception("The second pair of hands slipped")

    def is_busy(self) -> bool:
        begun = self.begun
        return begun is not None and time.monotonic() - begun >= BUSY

    def accepted(self) -> list[tuple]:
        """The connections that wait, each with its listener and address."""
        ready = select.select(self.sockets, [], [], 0)[0]
        if not ready:
            return []
        time.sleep(LOOK)  # a worker that is free takes it at once
        found = []
        for listener in select.select(self.sockets, [], [], 0)[0]:
            try:
                client, address = listener.accept()
            except OSError:
                continue
            client.settimeout(SLOW)
            found.append((listener, client, address))
        return found

    def serve(self, listener, client, address) -> bool:
        """False where it is better to wait a little: for the request, or to see whether the database hangs."""
        asked = silence.asking.get(self.main)
        if not is_for_live(client) and asked is not None and time.monotonic() - asked.since < HANGING:
            return False
        arguments = (listener, client, address, asked)
        threading.Thread(target=self.serve_apart, args=arguments, daemon=True, name="second-hands-serve").start()
        return True

    def serve_apart(self, listener, client, address, asked: Asked | None):
        if asked:
            silence.close_here(asked.place)
        try:
            self.handle(listener, client, address)
        finally:
            connections.close_all()


class Beating:
    """A streamed answer; with each of its chunks the worker says that it lives."""

    def __init__(self, answer, beat: Callable[[], None]):
        self.answer, self.beat = answer, beat

    def __iter__(self):
        for chunk in self.answer:
            self.beat()
            yield chunk

    def close(self):
        self.answer.close()


def is_for_live(client: socket.socket) -> bool:
    """Whether the platform asks if the process lives; that needs nobody else."""
    if not select.select([client], [], [], 0)[0]:
        return False
    try:
        return client.recv(32, socket.MSG_PEEK).startswith(LIVE)
    except OSError:
        return True  # gone: nobody waits for it
