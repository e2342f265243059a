"""How long the database may take, for each kind of process, as the server itself says."""

import subprocess
import sys
import threading
import time

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from citysolidarity.database import base, deadlines, silence
from citysolidarity.management.commands import migrate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("arguments", "served", "expected"),
    [
        (["manage.py", "runserver"], "", deadlines.WEB),
        (["/app/manage.py", "work"], "1", deadlines.WORK),
        (["manage.py", "migrate", "--no-input"], "1", deadlines.MIGRATE),
        (["manage.py", "forget", "a@b.example"], "", deadlines.COMMAND),
        (["manage.py"], "", deadlines.COMMAND),
        (["/venv/bin/gunicorn", "citysolidarity.wsgi"], "1", deadlines.WEB),
        (["/venv/bin/pytest"], "", deadlines.COMMAND),
    ],
)
def test_each_process_has_its_own(monkeypatch, arguments, served, expected):
    monkeypatch.setenv("CITYSOLIDARITY_SERVED", served)
    assert deadlines.deadlines_of(arguments) is expected


def test_what_is_served_has_those_of_the_web_and_passes_them_to_no_command():
    code = """if True:
        import os
        from citysolidarity.wsgi import application
        from django.conf import settings
        print("statement_timeout=5000" in settings.DATABASES["default"]["OPTIONS"]["options"],
              "CITYSOLIDARITY_SERVED" in os.environ)
    """
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert said.stdout == "True False\n"


def patient(limits, **more):
    """A connection of our backend with these deadlines."""
    parameters = connection.get_connection_params() | limits.options(more)
    found = base.PatientConnection.connect(**parameters)
    found.answer, found.parameters = limits.answer or None, parameters
    return found


@pytest.mark.parametrize("limits", [deadlines.WEB, deadlines.WORK, deadlines.MIGRATE, deadlines.COMMAND])
def test_the_server_knows_them_and_the_operator_wins(monkeypatch, limits):
    monkeypatch.setenv("PGOPTIONS", "-c synchronous_commit=off")
    with patient(limits, options="-c lock_timeout=7s") as asked:
        said = {
            name: asked.execute(f"SELECT setting::int FROM pg_settings WHERE name = '{name}'").fetchone()[0]
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        }
        assert list(said.values()) == [limits.statement * 1000, 7000, limits.idle * 1000]
        assert asked.execute("SHOW synchronous_commit").fetchone()[0] == "off"
        assert asked.info.get_parameters()["tcp_user_timeout"] == "10000"
        # We are patient for longer than the server, which says why.
        assert not limits.answer or limits.answer > limits.statement


def test_a_transaction_that_does_nothing_for_too_long_counts_as_an_outage():
    asked = patient(deadlines.WEB._replace(idle=1))
    asked.execute("SELECT 1")
    time.sleep(1.5)
    with pytest.raises(psycopg.OperationalError):
        asked.execute("SELECT 1")
    asked.close()


def test_a_server_that_says_nothing_is_not_asked_again_until_it_answers(monkeypatch):
    probed, answering = [], threading.Event()

    def probe(parameters):
        probed.append(parameters)
        return answering.wait(5)

    monkeypatch.setattr(silence, "answers", probe)
    begun = time.monotonic()
    asked = patient(deadlines.WEB._replace(answer=1))
    try:
        with pytest.raises(psycopg.OperationalError):
            asked.execute("SELECT pg_sleep(4)")
        assert asked.closed and time.monotonic() - begun < 3
        assert silence.silence.is_on and len(probed) == 1
        with pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        answering.set()
    until = time.monotonic() + 5
    while silence.silence.is_on:
        assert time.monotonic() < until
        time.sleep(0.02)
    connection.close()  # as the end of a request does with one that was broken
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_a_thread_that_must_not_ask_is_refused_at_once():
    heard = []

    def without():
        silence.silence.close_here(silence.place_of(connection.get_connection_params()))
        try:
            connection.ensure_connection()
        except OperationalError as refused:
            heard.append(str(refused))

    thread = threading.Thread(target=without)
    thread.start()
    thread.join()
    assert heard == ["The database does not answer."]


def test_a_migration_waits_its_turn_without_queueing(monkeypatch, capsys):
    tries = []

    def busy(self, *args, **options):
        tries.append(options["database"])
        if len(tries) < 3:
            raise OperationalError("canceling statement due to lock timeout") from LockNotAvailable()
        return "done"

    monkeypatch.setattr(migrate.migrate.Command, "handle", busy)
    monkeypatch.setattr(migrate, "PAUSE", 0)
    call_command("migrate")
    assert tries == ["default"] * 3
    monkeypatch.setattr(migrate, "TRIES", 2)
    tries.clear()
    with pytest.raises(OperationalError):
        call_command("migrate")
    assert len(tries) == 2
