"""The rig forbids what it says it forbids: a guard that cannot fail is none."""

import gc
import socket
import sys
import threading
import time
from contextlib import suppress

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import FieldFetchBlocked
from django.db import InternalError, connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.http import HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.urls import path

from practices.models import City, Practice
from tests.dump import every_row
from tests.people import a_city, a_practice
from tests.rig import databases, rows
from tests.rig.lazy import HiddenQuery
from tests.rig.strict_templates import UnknownVariable
from tests.smtp import Server

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
TEMPLATES = {
    "unknown.html": "{{ nothing }}",
    "unknown_attribute.html": "{{ city.nmae }}",
    "unknown_in_tag.html": "{% load i18n %}{% blocktranslate with name=nothing %}{{ name }}{% endblocktranslate %}",
    "asked_for.html": "{% if nothing %}a{% endif %}{% for one in nothing %}b{% endfor %}{{ nothing|default:'c'|upper }}",
    "included.html": "{% include 'unknown.html' %}",
    "changes_data.html": "{{ city.delete }}",
    "cities.html": "{% for city in cities %}{{ city.name }}{% endfor %}",
}


@pytest.fixture
def templates(settings, tmp_path):
    """A project whose own templates are TEMPLATES."""
    folder = tmp_path / "templates"
    for where in (folder, folder / "admin"):
        where.mkdir()
        for name, text in TEMPLATES.items():
            (where / name).write_text(text)
    settings.BASE_DIR = tmp_path
    engine = engines["django"].engine
    before = engine.template_loaders
    engine.dirs, before_dirs = [folder], engine.dirs
    del engine.template_loaders
    yield
    engine.dirs, engine.template_loaders = before_dirs, before


def writes(request):
    a_city()
    return HttpResponse()


def writes_in_a_function(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('practices_city', 'id'))")
    return HttpResponse()


def reads_in_passing(request):
    return HttpResponse(Practice.objects.get().city.name)


def reads_in_its_template(request):
    return HttpResponse(render_to_string("cities.html", {"cities": City.objects.all()}))


def reads(request):
    return HttpResponse(render_to_string("cities.html", {"cities": list(City.objects.all())}))


urlpatterns = [
    path("writes/", writes),
    path("writes-in-a-function/", writes_in_a_function),
    path("reads-in-passing/", reads_in_passing),
    path("reads-in-its-template/", reads_in_its_template),
    path("reads/", reads),
    path("admin/writes/", writes),
]


@pytest.mark.parametrize("name", ["unknown", "unknown_attribute", "unknown_in_tag", "included"])
def test_a_variable_that_no_view_gives_fails(templates, name):
    with pytest.raises(UnknownVariable, match=r"nothing|city\.nmae"):
        render_to_string(f"{name}.html", {"city": City(name="Amman")})


def test_a_method_that_changes_data_fails_in_a_template(templates):
    with pytest.raises(UnknownVariable, match="changes data"):
        render_to_string("changes_data.html", {"city": City(name="Amman")})


def test_a_template_may_ask_whether_there_is_a_variable(templates):
    assert render_to_string("asked_for.html") == "C"


def test_templates_of_the_admin_keep_djangos_rule(templates):
    assert render_to_string("admin/unknown.html") == ""


@pytest.mark.parametrize("address", ["/writes/", "/writes-in-a-function/"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_a_page_cannot_write(client, address, method):
    with pytest.raises(InternalError, match="read-only transaction"):
        getattr(client, method)(address)


@pytest.mark.django_db(transaction=True)
def test_reading_a_page_cannot_write_outside_a_transaction_either(client):
    with pytest.raises(InternalError, match="read-only transaction"):
        client.get("/writes/")
    assert client.post("/writes/").status_code == 200
    assert City.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_test_committed_is_taken_back_and_what_it_took_is_there_again():
    migrated = every_row()
    assert rows.fingerprints(rows.kept) == rows.prints
    a_practice()
    Permission.objects.filter(codename="add_city").delete()
    Group.objects.update(name=Concat("name", Value("?")))
    spoilt = {table for table, found in rows.fingerprints(rows.kept).items() if found != rows.prints[table]}
    assert {"practices_practice", "practices_source", "auth_permission", "auth_group"} <= spoilt
    assert {table for table, found in every_row().items() if found != migrated[table]} <= spoilt
    rows.put_back_what_changed()
    assert every_row() == migrated and rows.fingerprints(rows.kept) == rows.prints
    assert Permission.objects.filter(codename="add_city").exists() and not City.objects.exists()


def test_after_a_page_was_read_its_test_can_write_again(client, templates):
    a_city("Amman")
    client.get("/reads/")
    a_city("Irbid")
    assert City.objects.count() == 2


def test_posting_and_the_admin_may_write(client):
    client.post("/writes/")
    client.get("/admin/writes/")
    assert City.objects.count() == 2


def test_a_page_that_fetches_a_related_row_in_passing_fails(client):
    a_practice()
    with pytest.raises(FieldFetchBlocked, match=r"Practice\.city"):
        client.get("/reads-in-passing/")


def test_a_template_that_queries_fails(client, templates):
    with pytest.raises(HiddenQuery, match=r"cities\.html"):
        client.get("/reads-in-its-template/")


def test_a_template_given_rows_is_served(client, templates):
    a_city("Amman")
    assert client.get("/reads/").content == b"Amman"


def test_a_database_is_made_once_in_a_run():
    name = databases.template("migrated")
    with databases.server() as connection:
        before = databases.names(connection)
        assert name in before and databases.template("migrated") == name
        assert databases.names(connection) == before


def test_the_starter_directory_is_seen_by_tests_that_ask_for_it_alone(request):
    assert not Practice.objects.exists()
    a_city("Nowhere")
    request.getfixturevalue("starter")
    assert Practice.objects.count() == 197 and not City.objects.filter(name="Nowhere").exists()
    a_practice()


def test_a_mail_server_that_stops_leaves_nobody_behind_who_is_coming_in(monkeypatch):
    left_behind, over = [], threading.Event()
    monkeypatch.setattr(sys, "unraisablehook", left_behind.append)
    server = Server()

    def knock():
        while not over.is_set():
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", server.port), timeout=1).close()

    visitors = [threading.Thread(target=knock) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for _round in range(15):  # without care nine in ten leave somebody
        with server:
            time.sleep(0.01)
        gc.collect()
    over.set()
    for visitor in visitors:
        visitor.join()
    assert left_behind == []
