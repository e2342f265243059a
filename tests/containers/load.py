"""Visitors at work while parts are replaced, and visitors who are slow; both bounded in number and in time."""

import socket
import threading
import time
from collections import Counter
from contextlib import contextmanager

from tests.containers.stack import Stack
from tests.containers.visitor import Visitor
from tests.containers.walks import visitor

PAGES = (
    "/en/",
    "/en/practices/?q=housing",
    "/fr/practices/",
    "/en/statement/",
    "/en/practices/?theme=housing",
    "/health/ready",
)
LONGEST = 300  # seconds


class Load:
    """Some clients who ask for one page after the other. ``answers`` counts what they got, by status or by error."""

    def __init__(self, stack: Stack, clients: int):
        self.stack, self.answers, self.waits, self.ended = stack, Counter(), [], threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.ask, args=(number,), daemon=True) for number in range(clients)]

    def ask(self, number: int):
        until, turn = time.monotonic() + LONGEST, number
        browser = visitor(self.stack)
        while not self.ended.is_set() and time.monotonic() < until:
            began = time.monotonic()
            outcome = self.outcome(browser, PAGES[turn % len(PAGES)])
            with self.lock:
                self.answers[outcome] += 1
                self.waits.append(time.monotonic() - began)
            turn += 1
            time.sleep(0.05)

    def outcome(self, browser: Visitor, page: str) -> str:
        try:
            return str(browser.once("GET", page).status)
        except OSError as error:
            return type(error).__name__

    @property
    def failed(self) -> dict:
        return {outcome: number for outcome, number in self.answers.items() if outcome != "200"}


@contextmanager
def load(stack: Stack, clients: int):
    """The clients are at work in the block."""
    working = Load(stack, clients)
    for thread in working.threads:
        thread.start()
    try:
        yield working
    finally:
        working.ended.set()
        for thread in working.threads:
            thread.join(60)


@contextmanager
def slow_clients(stack: Stack, number: int):
    """So many connections that say half a request, and then a byte a second; yields how many stand."""
    browser, connections = visitor(stack), []
    ended = threading.Event()

    def drip():
        until = time.monotonic() + 60
        while not ended.wait(1) and time.monotonic() < until:
            for connection in list(connections):
                try:
                    connection.sendall(b"a")
                except OSError:
                    connections.remove(connection)

    thread = threading.Thread(target=drip, daemon=True)
    try:
        for _number in range(number):
            raw = socket.create_connection(("127.0.0.1", stack.ports[1]), 10)
            secure = browser.context.wrap_socket(raw, server_hostname=browser.name)
            secure.sendall(
                b"POST /en/statement/sign/check/ HTTP/1.1\r\nHost: cities.test\r\nContent-Length: 9000\r\n\r\nstamp="
            )
            connections.append(secure)
        thread.start()
        yield connections
    finally:
        ended.set()
        thread.join(10)
        for connection in connections:
            connection.close()
