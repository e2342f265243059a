"""Whoever watches over the site is told the truth, quickly."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory

from citysolidarity.views import health

pytestmark = pytest.mark.django_db


def failing(error):
    def away(*args):
        raise error("no connection")

    return away


def test_live_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert (response.status_code, response.text) == (200, "ok")
    assert response["Cache-Control"] == "no-store"


def test_ready_when_the_database_has_every_migration(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "backups": "off"}
    assert response["Cache-Control"] == "no-store"


def test_not_ready_while_a_migration_is_missing(client):
    MigrationRecorder(connection).record_unapplied("practices", "0001_text_search")
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "migrations": "1 to apply"}


def test_ready_when_the_database_is_ahead_of_this_code(client):
    MigrationRecorder(connection).record_applied("practices", "9999_of_the_next_release")
    assert client.get("/health/ready").status_code == 200


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_not_ready_while_the_database_is_away(client, error):
    with connection.execute_wrapper(failing(error)):
        response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json() == {"database": "unreachable"}
    assert response["Cache-Control"] == "no-store"


def test_the_migrations_on_disk_are_read_once():
    assert ("practices", "0001_text_search") in health.needed_migrations()
    assert health.needed_migrations() is health.needed_migrations()


@pytest.mark.parametrize("view", [health.live, health.ready])
def test_health_is_only_read(view):
    assert view(RequestFactory().post("/health")).status_code == 405
