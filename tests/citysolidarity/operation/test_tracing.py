"""Traces say which page, which table and which task; never who, what was typed, or by which link somebody came."""

import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.test import Client
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.trace import SpanKind, StatusCode

from citysolidarity import env
from citysolidarity.http.asking import ask
from citysolidarity.operation import tracing
from pledges import emails
from tests.citysolidarity.development.test_container import ROOT, production, written  # noqa: F401
from tests.citysolidarity.operation.test_measuring import ask as fetch
from tests.citysolidarity.test_env import start
from tests.letters import a_posted_letter
from tests.people import a_practice
from tests.pledges.email_links.letters import link, posted
from tests.pledges.signers import a_draft
from tests.processes import is_served, wait_for

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
ADDRESS = "203.0.113.77"
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
PROXIED = {"X-Forwarded-Proto": "https"}
NAME = "OTEL_EXPORTER_OTLP_ENDPOINT"


def written_out(spans) -> str:
    return "".join(span.to_json() for span in spans).lower()


def only(spans, kind):
    [found] = [span for span in spans if span.kind is kind]
    return found


# --- off, on, and wrong -------------------------------------------------------------------

LOADED = """
import sys, django; django.setup()
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
WSGIHandler()
print(settings.TRACES_URL, "opentelemetry" in sys.modules, "google.protobuf" in sys.modules)
"""


def test_nothing_of_it_is_loaded_unless_it_is_asked_for():
    done = start(LOADED, DJANGO_SETTINGS_MODULE="citysolidarity.settings")
    assert done.stdout == " False False\n", done.stderr


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({NAME: "http://collector:4318/"}, "http://collector:4318/v1/traces"),
        ({NAME: "http://a", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "https://b/in"}, "https://b/in"),
        ({NAME: "http://a", "OTEL_TRACES_EXPORTER": "none"}, ""),
        ({NAME: "http://a", "OTEL_SDK_DISABLED": "true"}, ""),
    ],
)
def test_it_is_switched_on_by_opentelemetrys_own_variables(monkeypatch, changes, url):
    for name, value in changes.items():
        monkeypatch.setenv(name, value)
    assert env.traces(NAME) == url


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({NAME: "collector:4318"}, f"{NAME} must look like http"),
        (
            {NAME: "http://a", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
            "OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf",
        ),
        ({NAME: "http://a"}, "needs the packages of the extra tracing"),
    ],
)
def test_what_cannot_work_stops_the_start_with_one_sentence(monkeypatch, changes, sentence):
    for name, value in changes.items():
        monkeypatch.setenv(name, value)
    for module in [name for name in sys.modules if name.startswith("opentelemetry")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "opentelemetry", None)  # as where it is not installed
    with pytest.raises(ImproperlyConfigured, match=sentence):
        env.traces(NAME)


@pytest.mark.parametrize("name", ["OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT"])
def test_nonsense_in_another_of_its_variables_stops_it_too(monkeypatch, name):
    monkeypatch.setenv(name, "-1")
    with pytest.raises(ImproperlyConfigured, match="A variable of OpenTelemetry is wrong"):
        tracing.traced(lambda request: None)


# --- what is told -------------------------------------------------------------------------


def test_a_request_is_told_by_its_route_and_nothing_of_the_visitor(client, spans):
    a_practice(slug="open-doors")
    answer = client.get(
        "/en/practices/open-doors/",
        {"q": CANARY},
        headers={"Traceparent": TRACEPARENT, "User-Agent": CANARY, "X-Forwarded-For": ADDRESS, "Referer": CANARY},
        REMOTE_ADDR=ADDRESS,
    )
    request = only(spans(), SpanKind.SERVER)
    assert (request.name, request.parent) == ("GET /en/practices/<slug:slug>/", None)
    assert dict(request.attributes) == {
        "http.request.method": "GET",
        "http.route": "/en/practices/<slug:slug>/",
        "http.response.status_code": 200,
        "http.response.header.x-request-id": (answer["X-Request-ID"],),
        "url.scheme": "http",
    }
    queries = [span for span in spans() if span.kind is SpanKind.CLIENT]
    assert "SELECT practices_practice" in {span.name for span in queries}
    for span in queries:
        assert span.parent.span_id == request.context.span_id
        assert set(span.attributes) == {"db.system.name", "db.query.summary"}
    told = written_out(spans())
    assert [word for word in (CANARY, "open-doors", ADDRESS, *TRACEPARENT.split("-")[1:3]) if word in told] == []


def test_neither_words_of_a_search_nor_a_secret_link_are_told(client, spans):
    address = link(posted(emails.confirm_signature, a_draft()), "confirm")
    client.get("/en/practices/", {"q": CANARY})
    client.get(address)
    client.get(f"/{CANARY}/")
    client.generic(CANARY.upper(), "/en/")
    names = [span.name for span in spans() if span.kind is SpanKind.SERVER]
    assert names[0] == "GET /en/practices/" and names[1].startswith("GET /en/statement/confirm/<")
    assert names[2:] == ["GET", "HTTP"]
    token = address.rstrip("/").rpartition("/")[2].lower()
    assert CANARY not in written_out(spans()) and token not in written_out(spans())


def test_no_word_of_a_query_is_told_but_its_tables():
    assert (
        tracing.summary('SELECT "x" FROM (SELECT 1 FROM "practices_city" WHERE "a" = \'b\') "y"')
        == "SELECT practices_city"
    )
    assert tracing.summary(f"SELECT 1 FROM {CANARY}") == "SELECT"
    assert tracing.summary(f"{CANARY} practices_city") == "query"


def test_machines_that_look_and_the_sites_own_copies_are_left_out(client, spans):
    client.get("/health/live")
    ask("/en/glossary/")
    assert spans() == []


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [(ValueError(f"{CANARY} {ADDRESS}"), "builtins.ValueError"), (OperationalError(CANARY), "503")],
    ids=["a mistake", "an outage"],
)
def test_a_page_that_fails_is_an_error_without_its_message(spans, trouble, kind):
    with mock.patch("pledges.models.Signature.objects.count_now", side_effect=trouble):
        Client(raise_request_exception=False).get("/en/signatories/")
    request = only(spans(), SpanKind.SERVER)
    assert (request.status.status_code, request.status.description) == (StatusCode.ERROR, None)
    assert (request.attributes["error.type"], request.events) == (kind, ())
    assert CANARY not in written_out(spans()) and ADDRESS not in written_out(spans())


@pytest.mark.parametrize("trouble", [None, ValueError(CANARY)], ids=["done", "failed"])
def test_a_task_of_the_worker_is_told_with_its_queries(spans, trouble):
    a_posted_letter()
    with mock.patch("citysolidarity.mail.sending.deliver", side_effect=trouble):
        tracing.TracedWorker().run(once=True)
    task = only(spans(), SpanKind.CONSUMER)
    assert task.name and task.attributes["code.function.name"].endswith(task.name) and task.attributes["task.try"] == 1
    assert any(span.parent and span.parent.span_id == task.context.span_id for span in spans())
    assert task.status.status_code is (StatusCode.ERROR if trouble else StatusCode.UNSET)
    told = written_out(spans())
    assert CANARY not in told and "@" not in told


# --- under gunicorn -----------------------------------------------------------------------


class Collector(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append((self.path, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def collector():
    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        server.bodies = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def silent():
    """A collector that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(8)
        yield server


def test_each_worker_sends_its_own_and_what_waits_at_the_end(production, collector):  # noqa: F811
    """They end before the five seconds after which a queue is sent."""
    port, endpoint = production["PORT"], f"http://127.0.0.1:{collector.server_port}"
    environment = production | {NAME: endpoint, "OTEL_SERVICE_NAME": "cities-of-a-test"}
    environment |= {"BEHIND_PROXY": "1", "WEB_CONCURRENCY": "2"}
    command = [*written("CMD"), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(lambda: is_served(int(port)))
            for _ in range(20):
                assert fetch(port, f"/api/v1/practices?q={CANARY}", 60, Host="cities.example", **PROXIED)
        finally:
            server.terminate()
            server.wait(timeout=30)
    assert {path for path, _body in collector.bodies} == {"/v1/traces"}
    found = [ExportTraceServiceRequest.FromString(body).resource_spans[0] for _path, body in collector.bodies]
    facts = [fact for part in found for fact in part.resource.attributes]
    assert {fact.value.string_value for fact in facts if fact.key == "service.name"} == {"cities-of-a-test"}
    spans = [span for part in found for scope in part.scope_spans for span in scope.spans]
    assert [span.name for span in spans if span.kind == span.SPAN_KIND_SERVER] == ["GET /api/v1/practices"] * 20
    assert not any(CANARY.encode() in body for _path, body in collector.bodies)


# --- the collector is away ------------------------------------------------------------------


def test_a_collector_that_never_answers_is_waited_for_by_nobody(client, spans, settings, silent, monkeypatch):
    """It gets ten seconds for each answer (OTEL_EXPORTER_OTLP_TIMEOUT), from a thread of its own."""
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "10")
    monkeypatch.setattr(tracing, "END_SECONDS", 0.5)
    settings.TRACES_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/v1/traces"
    tracing.Process.number = None  # begin as a process does with its first request
    begun = time.monotonic()
    assert client.get("/robots.txt").status_code == 200
    with silent.accept()[0]:
        for _ in range(30):
            assert client.get("/robots.txt").status_code == 200
        tracing.end()
        assert time.monotonic() - begun < 8
    # What still tries must not outlive this test: it draws random pauses while others are at work.
    for thread in [one for one in threading.enumerate() if one.name == "last-traces"]:
        thread.join(30)
        assert not thread.is_alive()
