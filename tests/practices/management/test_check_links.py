"""The nightly look at the sources: history, broken after two nights, one host at a time."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from citysolidarity.http.link_checker import LinkStatus, Outcome
from practices.management.commands import check_links
from practices.models import DocumentCheck, LinkCheck, Source
from tests.people import a_practice
from tests.practices.library.making import a_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(monkeypatch):
    """What the web answers, by address, and what was asked of it."""
    answers, asked, slept = {}, [], []

    def look(url):
        asked.append(url)
        return answers.get(url, LinkStatus(Outcome.WORKS, 200))

    monkeypatch.setattr(check_links, "check_url", look)
    monkeypatch.setattr(check_links.time, "sleep", slept.append)
    return answers, asked, slept


def night(**options):
    """One run; earlier looks are made eight days old first."""
    LinkCheck.objects.update(checked_at=timezone.now() - timedelta(days=8))
    call_command("check_links", verbosity=0, **options)


def test_a_source_that_answers_is_seen_working(web):
    source = a_practice().sources.get()
    night()
    source.refresh_from_db()
    assert source.last_seen_on == timezone.localdate()
    assert [check.outcome for check in source.checks.all()] == ["works"]


def test_a_source_is_broken_after_two_bad_nights_and_well_after_a_good_one(web):
    answers, _asked, _slept = web
    source = a_practice().sources.get()
    answers[source.url] = LinkStatus(Outcome.GONE, 404)
    night()
    assert not Source.objects.broken().exists()
    night()
    assert list(Source.objects.broken()) == [source]
    answers[source.url] = LinkStatus(Outcome.WORKS, 200)
    night()
    assert not Source.objects.broken().exists()
    assert source.checks.count() == 3


def test_a_source_that_failed_is_looked_at_again_the_next_night_and_not_in_a_week(web):
    answers, asked, _slept = web
    source = a_practice().sources.get()
    answers[source.url] = LinkStatus(Outcome.GONE, 404)
    call_command("check_links", verbosity=0)
    call_command("check_links", verbosity=0)
    assert len(asked) == 1
    LinkCheck.objects.update(checked_at=timezone.now() - timedelta(days=1))
    call_command("check_links", verbosity=0)
    assert len(asked) == 2
    assert list(Source.objects.broken()) == [source]


def test_a_page_closed_to_us_is_not_called_broken(web):
    answers, _asked, _slept = web
    source = a_practice().sources.get()
    answers[source.url] = LinkStatus(Outcome.CLOSED, 403)
    night()
    night()
    assert not Source.objects.broken().exists()


def test_an_address_shared_by_two_entries_is_asked_once(web):
    _answers, asked, _slept = web
    a_practice("One")
    a_practice("Two")
    night()
    assert asked == ["https://example.org/report"]
    assert LinkCheck.objects.count() == 2


def test_a_host_is_given_time_and_left_alone_when_it_asks_for_it(web):
    answers, asked, slept = web
    practice = a_practice()
    for number in range(3):
        practice.sources.create(title=str(number), publisher="P", url=f"https://example.org/{number}")
    answers["https://example.org/0"] = LinkStatus(Outcome.CLOSED, 429, retry_after=60)
    night()
    assert asked == ["https://example.org/report", "https://example.org/0"]
    assert any(pause > 1 for pause in slept)


def test_what_was_looked_at_lately_and_what_is_archived_are_left(web):
    _answers, asked, _slept = web
    a_practice("Archived").archive()
    night()
    assert asked == []
    a_practice("Public")
    call_command("check_links", verbosity=0)
    call_command("check_links", verbosity=0)
    assert len(asked) == 1


def test_one_run_has_an_end(web):
    practice = a_practice()
    for number in range(5):
        practice.sources.create(title=str(number), publisher="P", url=f"https://host-{number}.example/")
    night(most=2)
    assert LinkCheck.objects.count() == 2


def test_documents_of_the_library_are_looked_at_like_sources(web, client):
    answers, _asked, _slept = web
    document = a_document(url="https://gone.example/paper")
    withdrawn = a_document(url="https://gone.example/old", withdrawn_on="2199-01-01")
    answers[document.url] = LinkStatus(Outcome.GONE, 410)
    night()
    document.refresh_from_db()
    assert [check.outcome for check in document.checks.all()] == ["gone"] and document.broken_since is None
    assert not withdrawn.checks.exists()
    DocumentCheck.objects.update(checked_at=timezone.now() - timedelta(days=8))
    night()
    document.refresh_from_db()
    assert document.broken_since == timezone.localdate()
    assert "has not been working since" in client.get(document.get_absolute_url()).text


def test_a_process_of_its_own_looks_once_a_day(web, monkeypatch):
    source, said = a_practice().sources.get(), []

    def two_days(look, seconds, say):
        said.append(seconds)
        look()
        LinkCheck.objects.update(checked_at=timezone.now() - timedelta(days=8))
        look()
        raise KeyboardInterrupt

    monkeypatch.setattr(check_links, "repeat", two_days)
    with pytest.raises(KeyboardInterrupt):
        call_command("check_links", every=86_400, verbosity=0)
    assert said == [86_400] and web[1] == [source.url] * 2
