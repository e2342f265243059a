"""What is shown while the database is away, and what never comes back from a copy."""

import os
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from citysolidarity.caching import last_copies
from citysolidarity.caching.edition import edition
from citysolidarity.caching.last_copies import copies
from citysolidarity.caching.page_cache import pages
from citysolidarity.database.silence import silence
from citysolidarity.worker.copying import Copying
from practices.directory.index.keeper import selection_index
from practices.models import Practice
from tests.people import a_city, a_practice
from tests.pledges.signers import a_version

pytestmark = pytest.mark.django_db
BANNER = "You are reading a copy from"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings, own_files):
    settings.COPIES_ROOT = tmp_path / "copies"
    copies.forget()
    yield settings.COPIES_ROOT
    copies.forget()


@pytest.fixture
def entry():
    a_version()
    return a_practice("A roof for the first night", a_city("Quito", "EC"), themes=["housing"])


@contextmanager
def outage(fresh=True):
    """The database is away, for a process that has only just started."""

    def away(*args):
        raise OperationalError("the server closed the connection unexpectedly")

    if fresh:
        for kept in (edition, pages, selection_index):
            kept.forget()
    with connection.execute_wrapper(away):
        yield
    edition.forget()


def visit(client, *addresses):
    for address in addresses:
        for _ in range(2):  # in a fresh process, the edition is only known after the first
            assert client.get(address).status_code == 200, address


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file() and path.name not in {"current", "lock"}]


def test_a_visited_page_is_there_for_every_process_and_says_that_it_is_a_copy(client, entry):
    machine = [reverse(name) for name in ("feed", "signatories_csv", "signatories_json", "sitemap", "api_practices")]
    people = [entry.get_absolute_url(), reverse("home"), reverse("directory") + "?theme=housing", reverse("sign")]
    visit(client, *people, *machine)
    original = {address: client.get(address) for address in machine}
    with outage():
        for address in people:
            response = client.get(address, headers={"accept-encoding": "zstd"})
            assert response.status_code == 200 and response.text.count(BANNER) == 1, address
            assert response["Cache-Control"] == "no-store" and "ETag" not in response
            assert client.head(address).status_code == 200
        for address in machine:
            response = client.get(address)
            assert response.content == original[address].content and BANNER not in response.text
            assert response["Content-Type"] == original[address]["Content-Type"]
        assert client.get(reverse("directory") + "?theme=health").status_code == 503
    assert BANNER not in client.get(people[0]).text


def test_a_reader_gets_the_copy_in_their_own_language(client, entry):
    """The feed has no language in its address; where nobody asked in this one, the site's first is better than none."""
    feed = reverse("feed")
    visit(client, reverse("home"))  # a feed alone does not ask for the edition
    for language in ("fr", "en"):
        for _ in range(2):
            client.get(feed, headers={"accept-language": language})
    said = {language: client.get(feed, headers={"accept-language": language}).content for language in ("fr", "en")}
    assert said["fr"] != said["en"]
    with outage():
        for language, copy in (("fr", "fr"), ("en", "en"), ("es", "en")):
            assert client.get(feed, headers={"accept-language": language}).content == said[copy], language


def test_pages_still_in_memory_say_so_too(client, entry, monkeypatch):
    monkeypatch.setattr("citysolidarity.caching.page_cache.BYTES_KEPT", 1_000_000)
    address = reverse("directory") + "?theme=housing"
    visit(client, address)
    with outage(fresh=False):
        response = client.get(address)
        assert response.status_code == 200 and response.text.count(BANNER) == 1
        assert response["Cache-Control"] == "no-store"


def test_what_was_hidden_does_not_come_back(client, entry):
    visit(client, entry.get_absolute_url(), reverse("home"))
    Practice.objects.filter(pk=entry.pk).update(archived_at=entry.created_at)
    copies.note()  # as the worker does each second, and every act before it is acknowledged
    with outage():
        for address in (entry.get_absolute_url(), reverse("home")):
            response = client.get(address)
            assert response.status_code == 503 and "A roof" not in response.text


def test_what_was_erased_leaves_the_disk(client, entry, folder):
    visit(client, entry.get_absolute_url())
    before = files(folder)
    assert before
    Practice.objects.filter(pk=entry.pk).update(title="Roofs")
    copies.note()
    assert not [path for path in before if path.exists()]


def test_what_another_process_saw_withdrawn_leaves_the_memory_of_this_one(client, entry, monkeypatch, folder):
    monkeypatch.setattr("citysolidarity.caching.page_cache.BYTES_KEPT", 1_000_000)
    address = entry.get_absolute_url()
    visit(client, address)
    (folder / "current").write_text(str(edition.row.number + 1))
    with outage(fresh=False):
        response = client.get(address)
        assert response.status_code == 503 and "A roof" not in response.text


@pytest.mark.django_db(transaction=True)
def test_an_act_ends_the_copies_before_it_is_acknowledged(client, admin_client, entry, folder):
    address = entry.get_absolute_url()
    visit(client, address)
    number = copies.current()
    change = reverse("admin:practices_practice_changelist")
    Practice.objects.filter(pk=entry.pk).update(title="Roofs")
    admin_client.post(change, {"action": "none"})
    assert copies.current() > number and not files(folder)


@pytest.mark.django_db(transaction=True)
def test_where_nobody_can_tell_what_an_act_changed_nothing_is_shown(admin_client, client, entry, folder, monkeypatch):
    visit(client, entry.get_absolute_url())

    def away():
        raise OperationalError("gone in between")

    monkeypatch.setattr(copies, "note", away)
    admin_client.post(reverse("admin:practices_practice_changelist"), {"action": "none"})
    assert not files(folder) and copies.current() is None


def test_nobody_can_take_the_copies_away_during_an_outage(client, entry, folder):
    visit(client, entry.get_absolute_url())
    client.raise_request_exception = False
    with outage():
        for path in (reverse("sign_change"), "/admin/login/", "/admin/", reverse("sign_check")):
            client.post(path, {"a": "b"})
            client.cookies["session"] = "made-up"
            client.post(path, {"a": "b"})
        client.cookies.clear()
        assert client.get(entry.get_absolute_url()).status_code == 200


def test_forms_desk_and_what_is_private_are_never_copied(client, admin_client, entry, folder):
    forms = [reverse(name) for name in ("sign_city", "sign_change", "support", "invite", "follow")]
    for path in (*forms, "/health/live", "/outbox/"):
        client.get(path)
        client.get(path)
    for path in ("/admin/", entry.get_absolute_url(), reverse("home")):
        admin_client.get(path)
        admin_client.get(path)
    assert files(folder) == []


def test_a_page_made_while_something_changed_is_not_kept(client, entry, folder):
    visit(client, reverse("home"))
    number = edition.row.number
    Practice.objects.filter(pk=entry.pk).update(title="Roofs")
    request = client.get(entry.get_absolute_url()).wsgi_request
    copies.known.clear()
    copies.keep(request, client.get(entry.get_absolute_url()), number)
    assert not [path for path in files(folder) if f"/{number}/" in str(path)]


def test_the_folder_is_bounded_and_searches_push_out_no_page(client, entry, folder, monkeypatch):
    monkeypatch.setattr(last_copies, "MOST_FILES", {"pages": 50, "searches": 10})
    monkeypatch.setattr(last_copies, "LOOK_EVERY", 5)
    visit(client, entry.get_absolute_url(), reverse("home"))
    for number in range(40):
        client.get(reverse("directory"), {"q": f"word{number}"})
    kinds = [path.parent.name for path in files(folder)]
    assert kinds.count("pages") == 2 and 5 <= kinds.count("searches") <= 15
    monkeypatch.setattr(last_copies, "LARGEST", 1_000)
    client.get(reverse("cities"))
    assert len([path for path in files(folder) if path.parent.name == "pages"]) == 2


def test_a_copy_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "page"
    last_copies.write(file, b"before")

    def crash(*args):
        raise OSError("killed")

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(OSError, match="killed"):
        last_copies.write(file, b"after, half of")
    assert file.read_bytes() == b"before"


def test_a_folder_that_cannot_be_written_keeps_no_page_from_anybody(client, entry, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.COPIES_ROOT = tmp_path / "file" / "copies"
    visit(client, entry.get_absolute_url())


@pytest.mark.django_db(transaction=True)
def test_the_worker_copies_what_nobody_has_visited(client, entry, settings, monkeypatch):
    monkeypatch.setattr("citysolidarity.worker.copying.SECONDS", 60)
    monkeypatch.setattr("citysolidarity.worker.copying.CALM", 0)
    settings.SITE_URL = "http://localhost:8000"
    copying = Copying()
    copying.step()
    assert copying.left == []
    with outage():
        for address in (entry.get_absolute_url(), reverse("home"), reverse("feed"), entry.city.get_absolute_url()):
            assert Client().get(address).status_code == 200, address
    assert silence.is_on is False
