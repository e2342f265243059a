"""Pages and searches are counted, and nobody who reads or searches."""

import logging
import subprocess
import time
import urllib.request
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from citysolidarity.operation.visits import batch
from citysolidarity.operation.visits.kinds import COUNTED, SINGLE
from citysolidarity.operation.visits.middleware import is_browser
from citysolidarity.operation.visits.models import PageCount, SearchMark, SearchWord, month_before
from citysolidarity.sitemaps import SITEMAPS
from tests.citysolidarity.development.test_container import ROOT, production, written  # noqa: F401
from tests.citysolidarity.operation.visitors import FIREFOX, read, search, today
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice
from tests.pledges.signers import a_version
from tests.practices.guides.making import a_guide
from tests.practices.library.making import a_document, a_network
from tests.processes import is_served

pytestmark = pytest.mark.django_db


def counted() -> dict[tuple, int]:
    """(kind, slug, language) → views of today, as they stand in the database."""
    batch.save()
    return {tuple(row): views for *row, views in PageCount.objects.values_list("kind", "slug", "language", "views")}


# --- pages ------------------------------------------------------------------------------------


def test_each_page_is_counted_by_its_address_and_language(client):
    a_practice(slug="open-doors")
    for path in ("/en/", "/fr/practices/open-doors/", "/fr/practices/open-doors/", "/ar/practices/open-doors/"):
        assert read(client, path).status_code == 200
    assert not PageCount.objects.exists(), "reading writes nothing"
    wanted = {("home", "", "en"): 1, ("practice", "open-doors", "fr"): 2, ("practice", "open-doors", "ar"): 1}
    assert counted() == wanted
    read(client, "/en/")
    assert counted() == wanted | {("home", "", "en"): 2}
    assert {row.day for row in PageCount.objects.all()} == {today()}


def test_who_comes_back_to_a_kept_page_reads_it_again(client):
    etag = read(client, "/en/practices/")["ETag"]
    assert read(client, "/en/practices/", **{"If-None-Match": etag}).status_code == 304
    assert counted() == {("directory", "", "en"): 2}


@pytest.mark.parametrize(
    "agent",
    [
        "", "curl/8.5", "python-requests/2.32", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)", "Mozilla/5.0 (compatible; Yahoo! Slurp)",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0", "Mozilla/5.0 (compatible; SomeSpider)", "Mozilla/5.0 https://who.example",
    ],
)  # fmt: skip
def test_programs_that_say_so_are_not_counted(client, agent):
    assert read(client, "/en/", agent=agent).status_code == 200
    assert counted() == {}


@pytest.mark.parametrize(
    "agent",
    [
        FIREFOX, "Mozilla/5.0 (Linux; Android 14; CUBOT X90) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1",
    ],
)  # fmt: skip
def test_browsers_of_people_are_counted(agent):
    assert is_browser(agent)


def test_what_is_no_reading_is_not_counted(client):
    a_practice(slug="open-doors")
    read(client, "/en/practices/closed/")
    read(client, "/en/practices/open-doors.md")
    read(client, "/en/practices/open-doors/", Accept="text/markdown")
    read(client, "/en/practices/open-doors/", **{"Sec-Purpose": "prefetch"})
    read(client, "/en/practices/open-doors/card.png")
    read(client, "/feeds/practices.atom")
    client.head("/en/practices/open-doors/", headers={"User-Agent": FIREFOX})
    client.post("/en/practices/open-doors/", headers={"User-Agent": FIREFOX})
    read(at_the_desk(staff("ana")), "/en/practices/open-doors/")
    assert counted() == {}


def test_every_page_of_the_sitemap_is_counted():
    a_practice(city=a_city("Amman", "JO"))
    a_version()
    for make in (a_guide, a_document, a_network):
        make()
    items = [(sitemap(), item) for sitemap in SITEMAPS.values() for item in sitemap().items()]
    views = {resolve(sitemap.location(item)).view_name for sitemap, item in items}
    assert len(views) > 30 and views <= set(COUNTED)


def test_no_address_with_a_secret_is_counted():
    """Links in e-mails have a token, the page after a form its reference; a slug is of what is public."""
    routes = {name: str(found) for name in COUNTED for found in get_resolver().reverse_dict.getlist(name)}
    assert routes.keys() == COUNTED.keys()
    assert [name for name, route in routes.items() if "token" in route or "reference" in route] == []
    assert set(SINGLE) == {kind for kind in COUNTED.values() if "slug" in routes[kind]}


# --- from memory to the database ------------------------------------------------------------------


def away(*args):
    raise OperationalError


def test_while_the_database_is_away_the_counts_wait(client, caplog):
    read(client, "/en/about/")
    search(client, "housing")
    with connection.execute_wrapper(away), caplog.at_level(logging.WARNING), pytest.raises(OperationalError):
        batch.save()
    assert counted() == {("about", "", "en"): 1, ("directory", "", "en"): 1} and SearchMark.objects.count() == 1


def test_a_thread_never_dies_of_a_failure(monkeypatch, caplog):
    closed = []
    monkeypatch.setattr(batch, "connection", SimpleNamespace(close=lambda: closed.append(1)))
    for failure in (OperationalError("secret"), ZeroDivisionError("secret")):
        monkeypatch.setattr(batch, "save", Mock(side_effect=failure))
        batch.flush()
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"] and len(closed) == 2
    assert all("secret" not in record.getMessage() for record in caplog.records)


def test_only_a_process_that_serves_writes_down_and_each_has_one_thread(monkeypatch):
    begun = []
    monkeypatch.setattr(
        batch.threading, "Thread", lambda **facts: begun.append(facts) or type("T", (), {"start": int})()
    )
    monkeypatch.setattr(batch.Thread, "process", None)
    batch.go_on()
    assert begun == []
    batch.serve()
    for pid in (41, 41, 42):
        monkeypatch.setattr(batch.os, "getpid", lambda pid=pid: pid)
        batch.go_on()
    assert [(facts["target"], facts["daemon"]) for facts in begun] == [(batch.write_down, True)] * 2


@pytest.mark.django_db(transaction=True)
def test_a_process_that_ends_saves_what_it_has_counted(production):  # noqa: F811
    """Of gunicorn, whose workers are children of the process that has loaded the site."""
    command = [*written("CMD"), "--bind", f"127.0.0.1:{production['PORT']}"]
    with subprocess.Popen(command, cwd=ROOT, env=production | {"DEVELOPMENT": "1"}, stderr=subprocess.PIPE) as server:
        try:
            until = time.monotonic() + 60
            while not is_served(int(production["PORT"])):
                assert server.poll() is None and time.monotonic() < until
                time.sleep(0.05)
            headers = {"Host": "cities.example", "User-Agent": FIREFOX}
            asked = urllib.request.Request(f"http://127.0.0.1:{production['PORT']}/en/about/", headers=headers)
            for _ in range(3):
                with urllib.request.urlopen(asked, timeout=10) as answer:
                    assert answer.status == 200 and not answer.headers["Set-Cookie"]
        finally:
            server.terminate()
            _out, said = server.communicate(timeout=30)
    assert counted() == {("about", "", "en"): 3}, said.decode()


# --- later ------------------------------------------------------------------------------------------


def test_after_twenty_five_months_the_counts_go():
    months = [(month_before(number), "home", "", "en", 1) for number in (25, 26)]
    PageCount.objects.add([*months, (month_before(25) - timedelta(days=1), "home", "", "fr", 1)])
    SearchWord.objects.keep([(month, "en", "housing", 5) for month, *_rest in months])
    assert (PageCount.objects.forget(), SearchWord.objects.forget()) == (2, 1)
    assert PageCount.objects.get().day == SearchWord.objects.get().month == month_before(25)


def test_a_visit_leaves_no_cookie_and_no_word_of_the_visitor_in_the_database():
    client = Client()
    read(client, reverse("directory"), query={"q": "housing"}, agent=f"{FIREFOX} Canary", ip="203.0.113.77")
    batch.save()
    assert not client.cookies
    with connection.cursor() as cursor:
        for model in (PageCount, SearchMark, SearchWord):
            cursor.execute(f"SELECT coalesce(string_agg(rows::text, ' '), '') FROM {model._meta.db_table} rows")
            (text,) = cursor.fetchone()
            assert "Canary" not in text and "203.0" not in text and "housing" not in text
