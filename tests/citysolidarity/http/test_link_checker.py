"""A source's address is asked politely, and never inside our own network."""

import contextlib
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from citysolidarity.http import link_checker
from citysolidarity.http.link_checker import LinkStatus, Outcome

NOBODY_LISTENS = 1


class Pages(BaseHTTPRequestHandler):
    """A small web: each path answers in its own way, and remembers how it was asked."""

    def do_GET(self):
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"], self.headers["Host"]))
        if self.path == "/no-head" and self.command == "HEAD":
            return self.reply(405)
        if self.path.startswith("/status/"):
            return self.reply(int(self.path.rsplit("/", 1)[1]))
        targets = {
            "/moved": (301, "/fine"),
            "/for-now": (302, "/fine"),
            "/moved-away": (308, "/status/404"),
            "/round": (302, "/round"),
            "/inside": (302, "http://10.0.0.1/secret"),
            "/file": (302, "file:///etc/passwd"),
        }
        if self.path in targets:
            status, place = targets[self.path]
            return self.reply(status, Location=place)
        if self.path == "/wait":
            return self.reply(429, **{"Retry-After": "120"})
        return self.reply(200)

    def do_HEAD(self):
        self.do_GET()

    def reply(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        """Says nothing."""


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def here(host, port):
    """Lets the test's own server pass for a public one; everything else is judged as always."""
    return ["127.0.0.1"] if host == "localhost" else link_checker.public_addresses(host, port)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/fine", LinkStatus(Outcome.WORKS, 200)),
        ("/größe?a=ü b", LinkStatus(Outcome.WORKS, 200)),
        ("/no-head", LinkStatus(Outcome.WORKS, 200)),
        ("/for-now", LinkStatus(Outcome.WORKS, 200)),
        ("/status/404", LinkStatus(Outcome.GONE, 404)),
        ("/status/410", LinkStatus(Outcome.GONE, 410)),
        ("/status/401", LinkStatus(Outcome.CLOSED, 401)),
        ("/status/403", LinkStatus(Outcome.CLOSED, 403)),
        ("/status/503", LinkStatus(Outcome.FAILING, 503)),
        ("/wait", LinkStatus(Outcome.CLOSED, 429, retry_after=120)),
        ("/round", LinkStatus(Outcome.UNREACHABLE)),
        ("/inside", LinkStatus(Outcome.FORBIDDEN)),
        ("/file", LinkStatus(Outcome.FORBIDDEN)),
    ],
)
def test_what_an_answer_means(site, path, expected):
    assert link_checker.check_url(f"http://localhost:{site.server_port}{path}", here) == expected


def test_a_page_that_moved_for_good_says_where(site):
    base = f"http://localhost:{site.server_port}"
    assert link_checker.check_url(f"{base}/moved", here) == LinkStatus(Outcome.MOVED, 200, f"{base}/fine")
    assert link_checker.check_url(f"{base}/moved-away", here).outcome is Outcome.GONE


def test_we_say_who_asks_and_ask_for_no_body_first(site, settings):
    settings.SITE_URL = "https://cities.example"
    link_checker.check_url(f"http://localhost:{site.server_port}/fine", here)
    [(method, path, agent, host)] = site.asked
    assert (method, path, host) == ("HEAD", "/fine", f"localhost:{site.server_port}")
    assert agent == "CitiesOfSolidarity link check (+https://cities.example)"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.1.1:8080/",
        "http://0.0.0.0/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://user:secret@example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://example.org:notaport/",
        "http://93.184.215.14:22/",
        "https://93.184.215.14:5432/",
    ],
)
def test_an_address_inside_or_none_of_the_web_is_never_asked(url, monkeypatch):
    def refuse(*arguments, **options):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(link_checker.socket, "create_connection", refuse)
    assert link_checker.check_url(url).outcome is Outcome.FORBIDDEN


def test_nobody_there_is_unreachable():
    assert link_checker.check_url(f"http://localhost:{NOBODY_LISTENS}/", here) == LinkStatus(Outcome.UNREACHABLE)


def test_a_name_is_resolved_once_and_the_checked_address_is_used(site):
    asked = []

    def once(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    link_checker.check_url(f"http://name.example:{site.server_port}/fine", once)
    assert asked == ["name.example"]


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::c0a8:1", "fec0::1", "::7f00:1", "::ffff:0:7f00:1", "::ffff:10.0.0.1",
        "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:db8::5efe:10.0.0.1", "2606:4700::5efe:a00:1", "2606:4700::200:5efe:a00:1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "169.254.169.254", "100.64.0.1",
    ],
)  # fmt: skip
def test_an_address_that_carries_an_inner_one_is_judged_by_it(monkeypatch, address):
    monkeypatch.setattr(link_checker.socket, "getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", (address, 80))])
    with pytest.raises(link_checker.PrivateAddress):
        link_checker.public_addresses("city.example", 80)


@pytest.mark.parametrize("address", ["64:ff9b::808:808", "2606:4700::1111", "8.8.8.8", "::ffff:8.8.8.8"])
def test_a_public_one_is_asked_however_it_is_carried(monkeypatch, address):
    monkeypatch.setattr(link_checker.socket, "getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", (address, 80))])
    assert link_checker.public_addresses("city.example", 80) == [address]


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\n"])
def test_a_server_that_drips_is_left_at_the_deadline(monkeypatch, first):
    monkeypatch.setattr(link_checker, "DEADLINE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            client, _address = server.accept()
            with client, contextlib.suppress(OSError):
                client.sendall(first)
                for _ in range(100):
                    client.sendall(b"X")
                    time.sleep(0.1)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        begun = time.monotonic()
        found = link_checker.check_url(f"http://localhost:{server.getsockname()[1]}/", here)
        assert found.outcome is Outcome.UNREACHABLE
        assert time.monotonic() - begun < 5
        thread.join(15)
