"""Counts for Prometheus: for whoever has the token alone, of all workers together, and of nobody in particular."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.models import F
from django.test import Client
from django_tasks_db.models import DBTaskResult

from citysolidarity.database.signals import connection_failed, slow_query
from citysolidarity.operation import request_ids  # noqa: F401 - connects its signal, as serving a request does
from tests.citysolidarity.development.test_container import ROOT, production, written  # noqa: F401
from tests.letters import a_posted_letter
from tests.people import a_practice
from tests.processes import is_served, wait_for

pytestmark = pytest.mark.django_db
TOKEN = "not-a-secret-but-32-letters-long"
MIDDLEWARE = "citysolidarity.operation.measuring.measured"


@pytest.fixture
def measured(settings):
    settings.METRICS_TOKEN = TOKEN
    before = settings.MIDDLEWARE.index("citysolidarity.operation.request_ids.request_ids") + 1
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:before], MIDDLEWARE, *settings.MIDDLEWARE[before:]]
    return Client()


def scrape(client) -> dict[str, float]:
    """Name with labels → value."""
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain; version=0.0.4")
    return read(answer.text)


def read(text: str) -> dict[str, float]:
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _space, value in lines}


def test_without_a_token_in_the_settings_there_is_no_such_address(client, settings):
    assert settings.METRICS_TOKEN == "" and MIDDLEWARE not in settings.MIDDLEWARE
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", [None, "", "Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer ä"])
def test_nobody_else_reads_them(measured, given):
    answer = measured.get("/metrics", headers={"Authorization": given} if given is not None else {})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "citysolidarity_" not in answer.text


def test_requests_are_counted_by_view_method_and_class_of_status(measured):
    a_practice(slug="open-doors")
    before = scrape(measured)
    for path in ("/en/practices/open-doors/", "/en/practices/open-doors/", "/en/practices/closed/", "/kanarienvogel"):
        measured.get(path)
    measured.generic("KANARIENVOGEL", "/en/")
    after = scrape(measured)

    def new(view, method, status):
        name = f'citysolidarity_requests_total{{method="{method}",status="{status}",view="{view}"}}'
        return after.get(name, 0) - before.get(name, 0)

    assert (new("practice", "GET", "2xx"), new("practice", "GET", "4xx"), new("none", "GET", "4xx")) == (2, 1, 1)
    assert new("none", "other", "4xx") == 1
    seconds = 'citysolidarity_request_seconds_count{view="practice"}'
    assert after[seconds] - before.get(seconds, 0) == 3
    assert "kanarienvogel" not in str(after).lower()


def test_slow_queries_and_failed_connections_are_counted(measured):
    before = scrape(measured)
    slow_query.send(None, seconds=1.0)
    connection_failed.send(None)
    after = scrape(measured)
    for name in ("citysolidarity_slow_queries_total", "citysolidarity_failed_database_connections_total"):
        assert after[name] == before[name] + 1


def test_a_slow_query_is_noticed(caplog):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.51)")
    assert "A query took 0.5 s" in caplog.text


def test_the_queue_is_told_as_the_database_knows_it(measured):
    a_posted_letter()
    DBTaskResult.objects.update(enqueued_at=F("enqueued_at") - timedelta(minutes=20))
    now = scrape(measured)
    assert 1_200 <= now["citysolidarity_queue_age_seconds"] < 1_260
    assert (now["citysolidarity_queue_due"], now["citysolidarity_queue_length"]) == (1, 1)
    assert now["citysolidarity_database_bytes"] > 1_000_000 and now["citysolidarity_database_up"] == 1
    assert not any("replica" in name for name in now)


def test_while_the_database_is_away_that_is_what_is_told(measured):
    def away(*args):
        raise OperationalError

    with connection.execute_wrapper(away):
        now = scrape(measured)
    assert now["citysolidarity_database_up"] == 0 and "citysolidarity_queue_due" not in now


# --- under gunicorn -----------------------------------------------------------------------


def ask(port: str, path: str, seconds: float = 10, **headers) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        error.close()
        return ""


def counted(port: str) -> float:
    told = read(ask(port, "/metrics", Authorization=f"Bearer {TOKEN}"))
    return told.get('citysolidarity_requests_total{method="GET",status="2xx",view="health_live"}', 0)


def test_the_counts_of_all_workers_are_added_up_and_outlive_each_of_them(production, tmp_path):  # noqa: F811
    """Asked by a machine's own address, as a platform does; after a worker was killed, and after a reload."""
    here = ["--bind", f"127.0.0.1:{production['PORT']}"]
    (tmp_path / "token").write_text(TOKEN)
    environment = production | {"METRICS_TOKEN_FILE": str(tmp_path / "token"), "WEB_CONCURRENCY": "2"}
    port = production["PORT"]
    with subprocess.Popen([*written("CMD"), *here], cwd=ROOT, env=environment, stderr=subprocess.PIPE) as server:
        try:
            wait_for(lambda: is_served(int(port)))
            for _ in range(20):
                assert ask(port, "/health/live", Host="cities.example") == "ok"
            assert counted(port) == 20
            children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server.pid)], capture_output=True, text=True)
            for pid in re.findall(r"\d+", children.stdout):
                os.kill(int(pid), signal.SIGKILL)
            wait_for(lambda: counted(port) == 20)
            os.kill(server.pid, signal.SIGHUP)
            time.sleep(1)
            wait_for(lambda: counted(port) == 20)
            assert ask(port, "/health/live", Host="cities.example") == "ok"
            assert counted(port) == 21
        finally:
            server.terminate()
            server.communicate(timeout=30)
    assert sys.platform != "linux" or not os.path.exists(f"/dev/shm/citysolidarity-metrics-{server.pid}")
