"""The secretariat hears that something is wrong, and once that it is over, even where the queue or the worker is what is wrong."""

from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from citysolidarity.backups.models import LATE_AFTER, BackupRun
from citysolidarity.operation import alarms
from citysolidarity.operation.checks import Level, alarming, all_checks
from citysolidarity.operation.models import CALM, Alarm
from citysolidarity.worker import backlog
from citysolidarity.worker.housekeeping import Housekeeping, noted
from tests.letters import a_posted_letter
from tests.login import at_the_desk, staff
from tests.smtp import Server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def well(settings):
    """A worker lives, and there is somebody to tell."""
    settings.CONTACT_EMAIL = "secretariat@cities.example"
    backlog.beat("worker")


def wrong() -> list[str]:
    return [check.code for check in alarming() if check.level is Level.WRONG]


def let_pass(span=CALM):
    Alarm.objects.update(calm_since=F("calm_since") - span)


def subjects() -> list[str]:
    return [letter.subject for letter in mail.outbox]


def old_task():
    a_posted_letter()
    DBTaskResult.objects.update(enqueued_at=F("enqueued_at") - timedelta(minutes=16))


def test_all_is_well_to_begin_with(capsys):
    call_command("watch")
    assert capsys.readouterr().out == "All is well.\n"
    assert mail.outbox == [] and not Alarm.objects.exists()


def test_an_old_queue_is_told_of_once_and_once_when_it_is_over():
    old_task()
    for _round in range(3):
        alarms.watch()
    assert subjects() == ["Something is wrong with the site: The queue of the worker"]
    [letter] = mail.outbox
    assert letter.to == ["secretariat@cities.example"] and "waiting for 16 minutes" in letter.body
    DBTaskResult.objects.all().delete()
    alarms.watch()
    alarms.watch()
    assert len(mail.outbox) == 1, "it may begin again at once"
    let_pass()
    for _round in range(3):
        alarms.watch()
    assert subjects()[1:] == ["All is well again: The queue of the worker"]


def test_as_long_as_it_lasts_it_is_told_of_again_each_day():
    old_task()
    alarms.watch()
    Alarm.objects.update(told_at=F("told_at") - timedelta(hours=23))
    alarms.watch()
    assert len(mail.outbox) == 1
    Alarm.objects.update(told_at=F("told_at") - timedelta(hours=2))
    for _round in range(2):
        alarms.watch()
    assert len(mail.outbox) == 2


def test_an_alarm_is_not_lost_where_telling_of_it_fails(monkeypatch):
    old_task()
    with monkeypatch.context() as patched:
        patched.setattr(alarms, "words_of", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            alarms.watch()
    Alarm.objects.create(code="of an older code")
    alarms.watch()
    assert subjects() == ["Something is wrong with the site: The queue of the worker"]


def test_no_back_up_for_a_day_is_an_alarm_for_whoever_there_is_to_tell(settings, tmp_path, client):
    staff("lead", "Lead curator", email="lead@desk.example")
    staff("ana", "Curator", email="ana@desk.example")
    settings.CONTACT_EMAIL, settings.BACKUPS_ROOT = "", str(tmp_path)
    BackupRun.begin().fail("ProgramFailed")
    run = BackupRun.begin()
    BackupRun.objects.filter(pk=run.pk).update(ended_at=Now() - LATE_AFTER)
    alarms.watch()
    [letter] = mail.outbox
    assert (letter.subject, letter.to) == ("Something is wrong with the site: Back-up", ["lead@desk.example"])
    assert client.get("/health/ready").json()["backups"] == "late"
    with pytest.raises(CommandError, match="The last back-up that succeeded"):
        call_command("backup", check=True)
    BackupRun.objects.filter(pk=run.pk).update(ended_at=Now())
    assert wrong() == [] and client.get("/health/ready").json()["backups"] == "ok"
    call_command("backup", check=True)


def test_what_comes_and_goes_is_one_alarm():
    old_task()
    alarms.watch()
    age = {"enqueued_at": F("enqueued_at") + timedelta(minutes=16)}
    DBTaskResult.objects.update(**age)
    alarms.watch()
    DBTaskResult.objects.update(enqueued_at=F("enqueued_at") - timedelta(minutes=16))
    alarms.watch()
    let_pass()
    alarms.watch()
    assert Alarm.objects.open().count() == 1 and len(mail.outbox) == 1


def test_a_task_that_is_due_later_is_not_old():
    a_posted_letter()
    DBTaskResult.objects.update(
        enqueued_at=F("enqueued_at") - timedelta(days=1), run_after=timezone.now() + timedelta(hours=1)
    )
    assert wrong() == []


def test_a_dead_worker_is_noticed_by_a_process_of_its_own():
    backlog.stop_beating("worker")
    with pytest.raises(CommandError):
        call_command("watch")
    assert "No worker is running" in mail.outbox[0].body


def test_failing_emails_are_told_of_as_soon_as_the_mail_server_answers(settings):
    with Server("busy") as server:
        settings.MAILERS = server.mailers()
        a_posted_letter()
        call_command("work", once=True)
        backlog.beat("worker")
        assert wrong() == ["emails"]
        alarms.watch()
        assert [alarm.told_at for alarm in Alarm.objects.all()] == [None]
        server.behaviour.kind = "ok"
        alarms.watch()
        alarms.watch()
        [letter] = server.received
    assert "is tried again" in letter.get_body(("plain",)).get_content()


def test_an_alarm_that_was_over_before_anybody_could_be_told_is_told_of_once(settings):
    usual = settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": "citysolidarity.mail.sending.NoMailServer"}}
    old_task()
    alarms.watch()
    DBTaskResult.objects.all().delete()
    alarms.watch()
    let_pass()
    settings.MAILERS = usual
    alarms.watch()
    alarms.watch()
    assert subjects() == ["All is well again: The queue of the worker"]


@pytest.mark.parametrize("hours", [25, 27])
def test_housekeeping_that_was_not_done_for_a_day_is_wrong(hours):
    noted("drafts expired", lambda: 1)
    noted("tell_curators", lambda: 1)
    Housekeeping.objects.filter(rule="drafts expired").update(ran_at=F("ran_at") - timedelta(hours=hours))
    assert wrong() == (["housekeeping"] if hours > 26 else [])


def test_a_rule_that_failed_is_wrong_until_it_is_done():
    def fails():
        raise ValueError("rana@city.example")

    with pytest.raises(ValueError, match="rana"):
        noted("drafts expired", fails)
    assert wrong() == ["housekeeping"]
    assert Housekeeping.objects.get().why == "ValueError"
    noted("drafts expired", lambda: 0)
    assert wrong() == []


def test_tidy_notes_each_rule_and_forgets_those_of_before():
    noted("of an earlier release", lambda: 1)
    call_command("tidy", verbosity=0)
    rules = set(Housekeeping.objects.values_list("rule", flat=True))
    assert {"uses of limits deleted", "sessions deleted"} <= rules and "of an earlier release" not in rules
    assert not Housekeeping.objects.filter(ran_at=None).exists()


# --- the page -------------------------------------------------------------------------------


def test_the_page_says_what_is_wrong_first_and_what_to_do(django_assert_max_num_queries):
    old_task()
    noted("drafts expired", lambda: 1)
    alarms.watch()
    desk = at_the_desk(staff("ana"))
    with django_assert_max_num_queries(40):
        page = desk.get("/admin/status/").text
    assert page.index("The queue of the worker") < page.index("Size of the database")
    assert "look at the log of the worker" in page and "drafts expired" in page and "not over" in page
    assert [check.level for check in all_checks()] == sorted(check.level for check in all_checks())


def test_the_page_names_rules_and_alarms_in_the_language_of_the_reader():
    old_task()
    noted("drafts expired", lambda: 1)
    noted("tell_curators", lambda: 1)
    alarms.watch()
    call_command("tidy", verbosity=0)
    page = at_the_desk(staff("ana")).get("/admin/status/", headers={"accept-language": "fr"}).text
    with override("fr"):
        names = [str(rule) for rule in Housekeeping.objects.all()]
        assert all(name in unescape(page) for name in [*names, str(Alarm.objects.get())])
    assert not set(names) & set(Housekeeping.objects.values_list("rule", flat=True))


def test_a_viewer_does_not_see_it():
    assert at_the_desk(staff("uma", "Viewer")).get("/admin/status/").status_code == 403
