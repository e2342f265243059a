"""The list of broken sources on the desk."""

import threading
import time
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from citysolidarity.http.link_checker import LinkStatus, Outcome
from practices.desk.link_checks import look_within
from practices.models import LinkCheck, Source
from tests.desk import desk, save
from tests.people import a_practice

pytestmark = pytest.mark.django_db


def test_broken_sources_are_a_list_and_an_archived_copy_can_be_added(admin_client):
    source = a_practice().sources.get()
    source.broken_since = date(2026, 3, 4)
    source.save()
    a_practice().sources.update(title="Sound")
    address = reverse("admin:practices_source_changelist")
    page = admin_client.get(address, {"broken_since__isempty": "0"}).content.decode()
    assert "A report" in page
    assert "Sound" not in page
    change = reverse("admin:practices_source_change", args=[source.pk])
    posted = {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "archived_url": "https://archive.example/1",
        "checks-TOTAL_FORMS": 0,
        "checks-INITIAL_FORMS": 0,
    }
    assert admin_client.post(change, posted).status_code == 302
    source.refresh_from_db()
    assert source.archived_url == "https://archive.example/1"


def test_a_source_is_neither_added_nor_deleted_apart_from_its_entry(admin_client):
    source = a_practice().sources.get()
    assert admin_client.get(reverse("admin:practices_source_add")).status_code == 403
    assert admin_client.post(reverse("admin:practices_source_delete", args=[source.pk])).status_code == 403


@pytest.fixture
def web(monkeypatch):
    """What the web answers to "Look now": change its only element."""
    answers = [LinkStatus(Outcome.GONE, 404)]
    monkeypatch.setattr("practices.desk.link_checks.check_url", lambda url: answers[0])
    return answers


def a_broken_source(**facts):
    source = a_practice(**facts).sources.get()
    for days in (2, 1):
        source.checks.create(outcome=Outcome.GONE, status=404)
        source.checks.update(checked_at=timezone.now() - timedelta(days=days))
    Source.objects.filter(pk=source.pk).update(broken_since=date(2026, 3, 4), last_seen_on=date(2026, 3, 1))
    source.refresh_from_db()
    return source


def page_of(source):
    return reverse("admin:practices_source_change", args=[source.pk])


def waiting(client):
    return client.get(reverse("admin:practices_source_changelist"), {"waits": "broken"}).context["cl"].result_count


def posted(source, **changes):
    columns = {"title": source.title, "publisher": source.publisher, "url": source.url, "archived_url": ""}
    return columns | {"checks-TOTAL_FORMS": 0, "checks-INITIAL_FORMS": 0} | changes


@pytest.mark.parametrize("change", [{"url": "https://example.org/new"}, {"archived_url": "https://archive.example/1"}])
@pytest.mark.parametrize("where", ["list", "entry", "statement"])
def test_a_mended_link_is_mended_at_once_wherever_it_was_mended(admin_client, client, change, where):
    source = a_broken_source()
    assert waiting(admin_client) == 1
    if where == "list":
        assert admin_client.post(page_of(source), posted(source, **change)).status_code == 302
    elif where == "entry":
        entry = desk("practice", "change", source.practice_id)
        assert save(admin_client, entry, **{f"sources-0-{name}": value for name, value in change.items()}) == []
    else:
        Source.objects.update(**change)
    source.refresh_from_db()
    assert source.broken_since is None and waiting(admin_client) == 0
    if "url" in change:
        assert source.last_seen_on is None and not source.checks.exists()
    assert "link not working" not in client.get(source.practice.get_absolute_url()).content.decode()


def test_a_change_of_the_title_mends_no_link(admin_client):
    source = a_broken_source()
    admin_client.post(page_of(source), posted(source, title="Another title"))
    assert waiting(admin_client) == 1


def test_an_edit_in_the_list_of_sources_is_a_version_with_its_curator(admin_client, admin_user):
    source = a_broken_source()
    admin_client.post(page_of(source), posted(source, title="Another title"))
    version = source.practice.versions.first()
    assert (version.by, version.note) == (admin_user, "Changed in the list of sources")
    page = admin_client.get(desk("practice", "history", source.practice_id)).content.decode()
    assert "outside the desk" not in page and "Another title" in page


def test_a_source_that_is_seen_and_kept_is_listed_no_more_until_it_answers_again(admin_client, web):
    source = a_broken_source()
    for _press in range(2):
        answer = admin_client.post(page_of(source), posted(source, _act_keep="1"), follow=True)
        assert answer.status_code == 200
    assert "It has been seen and kept already." in answer.content.decode()
    assert waiting(admin_client) == 0
    web[0] = LinkStatus(Outcome.WORKS, 200)
    admin_client.post(reverse("admin:practices_source_look", args=[source.pk]))
    source.refresh_from_db()
    assert source.broken_since is None and source.kept_at is None


def test_look_now_says_what_it_finds_and_two_looks_on_one_day_are_one_night(admin_client, web):
    source = a_practice().sources.get()
    look = reverse("admin:practices_source_look", args=[source.pk])
    for _press in range(3):
        assert "The page is gone." in admin_client.post(look, follow=True).content.decode()
    source.refresh_from_db()
    assert source.broken_since is None
    LinkCheck.objects.update(checked_at=timezone.now() - timedelta(days=1))
    admin_client.post(look)
    source.refresh_from_db()
    assert source.broken_since == timezone.localdate()
    assert admin_client.get(look).status_code == 405


def test_what_was_found_at_an_old_address_is_not_told_of_the_new_one(admin_client, monkeypatch):
    source = a_broken_source()

    def look(seconds, url):
        Source.objects.update(url="https://example.org/new")
        return LinkStatus(Outcome.GONE, 404)

    monkeypatch.setattr("practices.desk.link_checks.look_within", look)
    answer = admin_client.post(reverse("admin:practices_source_look", args=[source.pk]), follow=True)
    assert "The address was changed in the meantime" in answer.content.decode()
    source.refresh_from_db()
    assert source.broken_since is None and not source.checks.exists()


def test_a_server_that_only_drips_holds_nobody_up(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr("practices.desk.link_checks.check_url", lambda url: over.wait(60))
    begun = time.monotonic()
    assert look_within(0.2, "https://example.org/").outcome is Outcome.UNREACHABLE
    assert time.monotonic() - begun < 30
    over.set()
