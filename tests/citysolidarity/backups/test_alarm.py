"""Silence is told: where back-ups are made and none succeeded for a day, lead curators hear of it until one does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from citysolidarity.backups.folder import BASE, DUMP, Backup, too_many
from citysolidarity.backups.models import BackupRun
from tests.letters import work
from tests.login import staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on(settings, tmp_path):
    settings.BACKUPS_ROOT, settings.BACKUP_KEY = str(tmp_path), bytes(32)


def succeeded(hours):
    run = BackupRun.begin()
    BackupRun.objects.filter(pk=run.pk).update(ended_at=timezone.now() - timedelta(hours=hours))


def alarms():
    call_command("watch_backups", verbosity=0)
    work()
    told, mail.outbox[:] = [letter.to[0] for letter in mail.outbox], []
    return told


def test_lead_curators_hear_once_a_day_that_none_succeeded(client):
    staff("lead", "Lead curator", email="lead@desk.example")
    staff("ana", "Curator", email="ana@desk.example")
    BackupRun.begin().fail("ProgramFailed")
    succeeded(hours=26)
    assert client.get("/health/ready").json()["backups"] == "late"
    with pytest.raises(CommandError, match="The last back-up that succeeded"):
        call_command("backup", check=True)
    assert alarms() == ["lead@desk.example"]
    assert alarms() == []
    succeeded(hours=24)
    assert client.get("/health/ready").json()["backups"] == "ok"
    call_command("backup", check=True)


def test_an_alarm_that_is_settled_before_it_leaves_is_not_sent():
    staff("lead", "Lead curator", email="lead@desk.example")
    call_command("watch_backups", verbosity=0)
    succeeded(hours=0)
    assert alarms() == []


def test_it_is_off_where_no_back_ups_are_made_and_the_check_says_so(settings, client):
    staff("lead", "Lead curator", email="lead@desk.example")
    assert run_checks(include_deployment_checks=True, tags=["backups"]) == []
    settings.BACKUP_KEY = b""
    assert [found.id for found in run_checks(include_deployment_checks=True, tags=["backups"])] == ["backups.W002"]
    settings.BACKUPS_ROOT = ""
    assert [found.id for found in run_checks(include_deployment_checks=True, tags=["backups"])] == ["backups.W001"]
    assert client.get("/health/ready").json()["backups"] == "off"
    assert alarms() == []
    with pytest.raises(CommandError, match="set BACKUPS_ROOT"):
        call_command("backup")


def test_old_back_ups_are_thinned_by_the_rule_and_the_newest_of_a_kind_stays(tmp_path):
    def made(hours, kind=DUMP):
        began = NOW - timedelta(hours=hours)
        return Backup(tmp_path / f"{hours}", kind, began, began, 18, "", "", "", {}, [])

    every_six_hours = [made(hours) for hours in range(0, 24 * 100, 6)]
    old_base = made(24 * 300, BASE)
    spare = too_many([*every_six_hours, old_base], NOW)
    kept = [backup for backup in every_six_hours if backup not in spare]
    ages = sorted((NOW - backup.began).total_seconds() / 3600 for backup in kept)
    assert ages[:9] == [0, 6, 12, 18, 24, 30, 36, 42, 48]
    assert max(ages) <= 24 * 7 * 8 and 22 <= len(ages) <= 32
    assert old_base not in spare
    assert too_many(kept, NOW) == []
