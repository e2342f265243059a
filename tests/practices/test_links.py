"""A source's address is asked politely, and never inside our own network."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from practices import links
from practices.links import Look, Outcome

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
    return ["127.0.0.1"] if host == "localhost" else links.public_addresses(host, port)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/fine", Look(Outcome.WORKS, 200)),
        ("/größe?a=ü b", Look(Outcome.WORKS, 200)),
        ("/no-head", Look(Outcome.WORKS, 200)),
        ("/for-now", Look(Outcome.WORKS, 200)),
        ("/status/404", Look(Outcome.GONE, 404)),
        ("/status/410", Look(Outcome.GONE, 410)),
        ("/status/401", Look(Outcome.CLOSED, 401)),
        ("/status/403", Look(Outcome.CLOSED, 403)),
        ("/status/503", Look(Outcome.FAILING, 503)),
        ("/wait", Look(Outcome.CLOSED, 429, retry_after=120)),
        ("/round", Look(Outcome.UNREACHABLE)),
        ("/inside", Look(Outcome.FORBIDDEN)),
        ("/file", Look(Outcome.FORBIDDEN)),
    ],
)
def test_what_an_answer_means(site, path, expected):
    assert links.look(f"http://localhost:{site.server_port}{path}", here) == expected


def test_a_page_that_moved_for_good_says_where(site):
    base = f"http://localhost:{site.server_port}"
    assert links.look(f"{base}/moved", here) == Look(Outcome.MOVED, 200, f"{base}/fine")
    assert links.look(f"{base}/moved-away", here).outcome is Outcome.GONE


def test_we_say_who_asks_and_ask_for_no_body_first(site, settings):
    settings.SITE_URL = "https://cities.example"
    links.look(f"http://localhost:{site.server_port}/fine", here)
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
    ],
)
def test_an_address_inside_or_none_of_the_web_is_never_asked(url, monkeypatch):
    def refuse(*arguments, **options):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(links.socket, "create_connection", refuse)
    assert links.look(url).outcome is Outcome.FORBIDDEN


def test_nobody_there_is_unreachable():
    assert links.look(f"http://localhost:{NOBODY_LISTENS}/", here) == Look(Outcome.UNREACHABLE)


def test_a_name_is_resolved_once_and_the_checked_address_is_used(site):
    asked = []

    def once(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    links.look(f"http://name.example:{site.server_port}/fine", once)
    assert asked == ["name.example"]
