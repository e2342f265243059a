"""A database that may lose what was acknowledged, or whose order moves, is refused; an ordinary one is not."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from citysolidarity.database import guarantees

pytestmark = pytest.mark.django_db

GOOD = {"fsync": "on", "full_page_writes": "on", "data_checksums": "on", "synchronous_commit": "on"}
BUILTIN = {"datlocprovider": "b", "datlocale": "C.UTF-8"}


@pytest.mark.parametrize(
    ("told", "encoding", "locale", "row", "refused"),
    [
        (GOOD, "UTF8", "C", BUILTIN, ""),
        (GOOD | {"synchronous_commit": "remote_apply"}, "UTF8", "C.UTF-8", BUILTIN, ""),
        (GOOD, "UTF8", "C.utf8", {"datlocprovider": "c"}, ""),
        (GOOD | {"fsync": "off"}, "UTF8", "C", BUILTIN, "fsync is off"),
        (GOOD | {"full_page_writes": "off"}, "UTF8", "C", BUILTIN, "full_page_writes is off"),
        (GOOD | {"data_checksums": "off"}, "UTF8", "C", BUILTIN, "data_checksums is off"),
        (GOOD | {"synchronous_commit": "off"}, "UTF8", "C", BUILTIN, "synchronous_commit is off"),
        (GOOD, "SQL_ASCII", "C", BUILTIN, "encoded as SQL_ASCII"),
        (GOOD, "UTF8", "C", {"datlocprovider": "c"}, "locale is C:"),
        (GOOD, "UTF8", "en_US.UTF-8", {"datlocprovider": "c"}, "locale is en_US.UTF-8"),
        (GOOD, "UTF8", "C.UTF-8", {"datlocprovider": "i", "daticulocale": "en-US"}, "locale is en-US"),
        (GOOD, "UTF8", "C", {"datlocprovider": "b", "datlocale": "C"}, "locale is C:"),
    ],
)
def test_each_promise_is_asked_for(told, encoding, locale, row, refused):
    found = guarantees.refusals_of(told, encoding, locale, locale, row)
    assert (refused in found[0] and len(found) == 1) if refused else found == []


def test_the_server_of_development_would_do_in_production():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")  # the tests' own sessions do not wait for the disk
    assert guarantees.refusals(connection) == []


def test_production_refuses_what_this_session_turned_off_and_development_does_not(settings, client, monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    guarantees._are_given.cache_clear()
    guarantees.require_guarantees()
    call_command("check", databases=["default"])
    assert client.get("/health/ready").status_code == 200
    settings.DEVELOPMENT = False
    try:
        with pytest.raises(guarantees.Unsafe, match="synchronous_commit is off"):
            guarantees.require_guarantees()
        with pytest.raises(SystemCheckError, match=r"E001.*synchronous_commit is off"):
            call_command("check", databases=["default"])
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["database"]) == (503, "unsafe")
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")
        assert client.get("/health/ready").status_code == 200
    finally:
        guarantees._are_given.cache_clear()
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def test_a_database_that_is_away_stops_no_start(settings, monkeypatch):
    def away(connection):
        raise guarantees.DatabaseError("away")

    settings.DEVELOPMENT = False
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(guarantees, "refusals", away)
    guarantees.require_guarantees()
