"""The worker: nothing lost, nothing doubled, whatever the mail server, a signal or `kill -9` does to it."""

import signal
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from citysolidarity.mail.postbox import Letter
from citysolidarity.worker import backlog
from citysolidarity.worker.backlog import WorkerBeat
from pledges.models import SignatureContact, SignatureLetter
from tests.letters import a_posted_letter, a_worker, let_pass, row_of, seconds_until_due, work
from tests.people import a_city
from tests.pledges.signers import a_curator, a_draft, make_older
from tests.processes import wait_for
from tests.smtp import Server


@pytest.fixture
def smtp(settings):
    """A mail server that Django uses, and that does as its ``behaviour.kind`` says."""
    with Server() as server:
        settings.MAILERS = server.mailers()
        yield server


# --- the house ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_calendar_is_kept_once_a_day_however_many_workers_start(smtp):
    old = a_draft()
    make_older(old, drafted_at=timedelta(days=30))
    work()
    assert not SignatureContact.objects.filter(signature=old).exists()
    late = a_draft(city=a_city("Zermatt", "CH"))
    make_older(late, drafted_at=timedelta(days=30))
    work()
    assert SignatureContact.objects.filter(signature=late).exists()


@pytest.mark.django_db
def test_a_broken_tidy_keeps_no_letter_waiting(smtp, monkeypatch, caplog):
    def breaks(*args, **options):
        raise ValueError("broken")

    monkeypatch.setattr("citysolidarity.worker.worker.call_command", breaks)
    letter = a_posted_letter()
    work()
    letter.refresh_from_db()
    assert letter.sent_at and "tidy failed" in caplog.text


# --- one letter and its server -------------------------------------------------------------


@pytest.mark.django_db
def test_a_letter_is_sent_once_and_its_row_says_so(smtp):
    letter = a_posted_letter()
    for _ in range(3):
        work()
    assert len(smtp.received) == 1
    letter.refresh_from_db()
    assert letter.sent_at and row_of(letter).status == "SUCCESSFUL"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["busy", "full"])
def test_a_busy_server_gets_the_letter_after_a_pause(smtp, kind):
    letter = a_posted_letter()
    smtp.behaviour.kind = kind
    work()
    work()
    row = row_of(letter)
    assert (row.status, len(row.worker_ids)) == ("READY", 1)
    assert 50 < seconds_until_due(row) <= 60
    smtp.behaviour.kind = "ok"
    let_pass(timedelta(minutes=1))
    work()
    assert len(smtp.received) == 1 and row_of(letter).status == "SUCCESSFUL"


@pytest.mark.django_db
def test_a_letter_outlives_a_server_that_is_down(smtp, settings):
    letter = a_posted_letter()
    settings.MAILERS = Server().mailers()
    work()
    assert row_of(letter).exception_class_path == "ConnectionRefusedError"
    settings.MAILERS = smtp.mailers()
    let_pass(timedelta(minutes=1))
    work()
    assert len(smtp.received) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "reply"), [("unknown", "550 5.1.1"), ("refused", "554 5.7.1")])
def test_a_bounce_is_kept_for_the_curators_and_not_tried_again(smtp, kind, reply):
    letter = a_posted_letter()
    smtp.behaviour.kind = kind
    work()
    letter.refresh_from_db()
    assert (letter.reply, letter.sent_at) == (reply, None)
    assert list(SignatureLetter.objects.undelivered()) == [letter]
    smtp.behaviour.kind = "ok"
    let_pass(timedelta(days=1))
    work()
    assert smtp.received == []


@pytest.mark.django_db
def test_a_connection_lost_after_the_text_gives_a_second_copy_that_can_be_known(smtp):
    a_posted_letter()
    smtp.behaviour.kind = "drop"
    work()
    smtp.behaviour.kind = "ok"
    let_pass(timedelta(minutes=1))
    work()
    work()
    assert len(smtp.identities) == 2 and len(set(smtp.identities)) == 1


@pytest.mark.django_db
def test_one_bad_letter_does_not_hold_up_the_next(smtp, monkeypatch):
    bad, good = a_posted_letter(), a_posted_letter()
    whole = Letter.compose
    monkeypatch.setattr(Letter, "compose", lambda self, row: whole(self, row) if row.pk != bad.pk else 1 / 0)
    work()
    assert row_of(good).status == "SUCCESSFUL"
    assert (row_of(bad).status, row_of(bad).exception_class_path) == ("READY", "ZeroDivisionError")


# --- its life --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_check_says_whether_a_worker_lives(capsys):
    with pytest.raises(CommandError, match="No worker"):
        call_command("work", check=True)
    backlog.beat("here")
    call_command("work", check=True)
    assert "workers 1, due 0" in capsys.readouterr().out
    WorkerBeat.objects.update(seen_at=F("seen_at") - timedelta(hours=1))
    with pytest.raises(CommandError, match="No worker"):
        call_command("work", check=True)


def test_without_a_mail_server_it_does_not_start(settings):
    settings.MAILERS = {"default": {"BACKEND": "citysolidarity.mail.sending.NoMailServer"}}
    with pytest.raises(CommandError, match="MAIL_URL"):
        call_command("work")


@pytest.mark.django_db(transaction=True)
def test_a_kill_in_the_middle_of_a_letter_loses_none_and_doubles_at_most_that_one():
    curator = a_curator()
    letters = [a_posted_letter(curator) for _ in range(3)]
    with Server("slow", seconds=2) as server:
        with a_worker(server) as killed:
            assert server.behaviour.arrived.wait(30)
            killed.kill()
            killed.wait()
        assert len(server.received) == 1
        server.behaviour.seconds = 0
        let_pass(backlog.LEASE)
        with a_worker(server, "--once") as second:
            assert second.wait(30) == 0, second.said()
    copies = Counter(server.identities)
    assert len(copies) == 3 and sorted(copies.values()) == [1, 1, 2]
    assert SignatureLetter.objects.filter(sent_at__isnull=False).count() == len(letters)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_one_letter_twice():
    curator = a_curator()
    letters = [a_posted_letter(curator) for _ in range(20)]
    with (
        Server("slow", seconds=0.05) as server,
        a_worker(server, "--once") as one,
        a_worker(server, "--once") as two,
    ):
        assert (one.wait(60), two.wait(60)) == (0, 0)
    assert sorted(Counter(server.identities).values()) == [1] * len(letters)
    assert len({worker for row in DBTaskResult.objects.all() for worker in row.worker_ids}) <= 2


@pytest.mark.django_db(transaction=True)
def test_a_stop_finishes_the_letter_in_hand_and_leaves_the_rest():
    curator = a_curator()
    for _ in range(2):
        a_posted_letter(curator)
    with Server("slow", seconds=1.5) as server, a_worker(server) as worker:
        assert server.behaviour.arrived.wait(30)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0, worker.said()
    assert len(server.received) == 1
    assert Counter(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL": 1, "READY": 1}
    assert not WorkerBeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_idle_worker_beats_and_stops_at_once():
    with Server() as server, a_worker(server) as worker:
        wait_for(WorkerBeat.objects.exists)
        began = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    assert time.monotonic() - began < 3


@pytest.mark.django_db(transaction=True)
def test_a_worker_waits_out_a_database_that_throws_it_out():
    with Server() as server, a_worker(server) as worker:
        wait_for(WorkerBeat.objects.exists)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
        a_posted_letter()
        wait_for(lambda: server.received)
        assert worker.poll() is None
