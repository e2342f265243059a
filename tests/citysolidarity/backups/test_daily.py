"""A process that goes on makes one as soon as the last is a day old, and tries again where it could not."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from citysolidarity.backups.models import BackupRun
from citysolidarity.management.commands import backup

DAY = 86_400


class Ended(Exception):
    pass


def looks(monkeypatch, times: int):
    """What a process that goes on does at so many looks."""

    def repeat(act, seconds, say):
        assert seconds < 3_600, "an alarm comes an hour after a day"
        for _look in range(times):
            act()
        raise Ended

    monkeypatch.setattr(backup, "repeat", repeat)
    with pytest.raises(Ended):
        call_command("backup", every=DAY)


@pytest.mark.django_db
def test_one_is_made_as_soon_as_the_last_is_a_day_old(monkeypatch, settings, tmp_path):
    settings.BACKUPS_ROOT, made = str(tmp_path), []

    def make(self, *args):
        made.append(BackupRun.objects.create(ended_at=Now()))

    monkeypatch.setattr(backup.Command, "make", make)
    looks(monkeypatch, 3)
    assert len(made) == 1
    BackupRun.objects.update(ended_at=Now() - timedelta(seconds=DAY - 60))
    looks(monkeypatch, 1)
    assert len(made) == 1
    BackupRun.objects.update(ended_at=Now() - timedelta(seconds=DAY))
    looks(monkeypatch, 2)
    assert len(made) == 2


@pytest.mark.django_db
def test_a_site_that_waits_to_be_restored_makes_none(monkeypatch, settings, tmp_path, capsys):
    """On a new machine, beside the back-ups of the lost one: a back-up of nothing would be the newest."""
    settings.BACKUPS_ROOT, made = str(tmp_path), []
    (tmp_path / "2026-11-30T02-10-00Z").mkdir()
    (tmp_path / "2026-11-30T02-10-00Z" / "manifest.json").write_text("{}")
    monkeypatch.setattr(backup.Command, "make", lambda self, *args: made.append(args))
    looks(monkeypatch, 2)
    assert not made and "restore one, or move them away" in capsys.readouterr().err
    BackupRun.begin()  # as a back-up has it of itself
    looks(monkeypatch, 1)
    assert made


@pytest.mark.django_db
def test_one_that_failed_is_tried_again_at_the_next_look(monkeypatch, settings, tmp_path, capsys):
    settings.BACKUPS_ROOT, tries = str(tmp_path), []

    def make(self, *args):
        tries.append(1)
        raise CommandError("No back-up was made. The disk is full.")

    monkeypatch.setattr(backup.Command, "make", make)
    looks(monkeypatch, 2)
    assert len(tries) == 2 and capsys.readouterr().err.count("The disk is full.") == 2
