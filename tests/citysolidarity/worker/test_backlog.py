"""What waits to be done: tries, pauses and leases, by the database's clock."""

from datetime import timedelta

import pytest
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from citysolidarity.mail import sending
from citysolidarity.worker import backlog
from pledges.models import SignatureLetter
from tests.letters import a_posted_letter, let_pass, row_of, seconds_until_due, work
from tests.smtp import Server

HOUR = timedelta(hours=1)


@pytest.fixture
def smtp(settings):
    """A mail server that Django uses, and that does as its ``behaviour.kind`` says."""
    with Server() as server:
        settings.MAILERS = server.mailers()
        yield server


def test_fifteen_tries_take_between_four_and_five_days_with_pauses_that_grow():
    assert backlog.TRIES == 15
    assert timedelta(days=4) <= sum(backlog.PAUSES, timedelta()) <= timedelta(days=5)
    assert sorted(backlog.PAUSES) == backlog.PAUSES


@pytest.mark.django_db
def test_after_the_fifteenth_try_it_is_given_up_and_shown_to_the_curators(smtp):
    letter = a_posted_letter()
    smtp.behaviour.kind = "busy"
    waited = timedelta()
    for pause in [*backlog.PAUSES, HOUR]:
        work()
        if row_of(letter).status == "READY":
            assert pause.total_seconds() - 10 < seconds_until_due(row_of(letter)) <= pause.total_seconds()
        let_pass(pause)
        waited += pause
    row = row_of(letter)
    assert (row.status, len(row.worker_ids), row.exception_class_path) == ("FAILED", 15, "451 4.3.0")
    work()
    assert len(row_of(letter).worker_ids) == 15
    SignatureLetter.objects.update(posted_at=F("posted_at") - timedelta(days=6))
    assert list(SignatureLetter.objects.undelivered()) == [letter]


@pytest.mark.django_db
def test_what_a_dead_worker_held_is_free_when_its_lease_ends(smtp):
    letter = a_posted_letter()
    backlog.take("dead")
    work()
    assert smtp.received == []
    let_pass(backlog.LEASE)
    work()
    assert len(smtp.received) == 1
    assert len(row_of(letter).worker_ids) == 2


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_writes_nothing():
    a_posted_letter()
    late = backlog.take("late")
    let_pass(backlog.LEASE)
    held = backlog.take("new")
    assert held.pk == late.pk
    assert not backlog.put_back(late, "late") and not backlog.finish(late)
    assert backlog.finish(held)


@pytest.mark.django_db
def test_a_row_that_kills_every_worker_ends_too(smtp):
    letter = a_posted_letter()
    for _ in range(backlog.TRIES):
        assert backlog.take("dead")
        let_pass(backlog.LEASE)
    work()
    assert smtp.received == []
    assert (row_of(letter).status, row_of(letter).exception_class_path) == ("FAILED", "killed")


@pytest.mark.django_db
def test_the_machines_clock_ends_no_lease_and_no_pause(time_machine):
    a_posted_letter()
    assert backlog.take("first")
    time_machine.move_to("2199-01-01")
    assert backlog.take("second") is None


def test_a_lease_is_longer_than_a_letter_can_take():
    assert backlog.LEASE.total_seconds() > sending.SEND_WITHIN + sending.RECORD_WITHIN


@pytest.mark.django_db
def test_finished_rows_are_deleted_after_a_week_and_waiting_ones_never(smtp):
    a_posted_letter()
    work()
    a_posted_letter()
    DBTaskResult.objects.update(enqueued_at=F("enqueued_at") - timedelta(days=30))
    assert backlog.tidy() == 0
    DBTaskResult.objects.filter(finished_at__isnull=False).update(finished_at=F("finished_at") - timedelta(days=8))
    assert backlog.tidy() == 1
    assert [row.status for row in DBTaskResult.objects.all()] == ["READY"]
