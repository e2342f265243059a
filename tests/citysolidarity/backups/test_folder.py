"""What the folder of the back-ups holds for weeks: it is thinned, chosen from and checked, after a change of the key too."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from citysolidarity.backups import making, restoring, wal
from citysolidarity.backups.folder import BASE, DUMP, UNFINISHED, Backup, backups, moment, too_many
from citysolidarity.backups.models import BackupRun
from citysolidarity.backups.sealing import BrokenFile, sealed

NOW = datetime.now(UTC)
FORMER, KEY = bytes(range(32)), bytes(32)


def made(root, age, key=KEY, kind=DUMP, segment=""):
    path = root / moment(NOW - age)
    path.mkdir()
    files = {"database.dump.zst.enc": {"bytes": 0, "sha256": ""}}
    Backup(path, kind, NOW - age, NOW - age, 18, "site", "site", segment, files, []).write(key)
    return Backup.read(path, key)


def received(root, *names):
    wal.folder(root).mkdir(exist_ok=True)
    for name in names:
        with sealed(wal.folder(root) / f"{name}.zst.enc", KEY, wal.about(name)) as file:
            file.write(bytes(1 << 20))


def segment(number):
    return f"0000000100000000{number:08X}"


def test_old_back_ups_are_thinned_by_the_rule_and_the_newest_of_a_kind_stays(tmp_path):
    def aged(hours, kind=DUMP):
        began = NOW - timedelta(hours=hours)
        return Backup(tmp_path / f"{hours}", kind, began, began, 18, "", "", "", {}, [])

    every_six_hours = [aged(hours) for hours in range(0, 24 * 100, 6)]
    old_base = aged(24 * 300, BASE)
    spare = too_many([*every_six_hours, old_base], NOW)
    kept = [backup for backup in every_six_hours if backup not in spare]
    ages = sorted((NOW - backup.began).total_seconds() / 3600 for backup in kept)
    assert ages[:9] == [0, 6, 12, 18, 24, 30, 36, 42, 48]
    assert max(ages) <= 24 * 7 * 8 and 22 <= len(ages) <= 32
    assert old_base not in spare
    assert too_many(kept, NOW) == []


def test_those_made_with_a_former_key_go_when_they_are_old_and_hinder_no_other(tmp_path):
    old, former, newest = (
        made(tmp_path, timedelta(days=days), key) for days, key in ((99, FORMER), (1, FORMER), (0, KEY))
    )
    assert making.thin(tmp_path) == [old.name]
    assert restoring.chosen(tmp_path, KEY, "", None) == newest
    assert restoring.chosen(tmp_path, FORMER, former.name, None) == former
    with pytest.raises(BrokenFile, match="BACKUP_KEY is another one than then"):
        restoring.chosen(tmp_path, KEY, former.name, None)


def test_an_old_base_back_up_is_restored_without_the_log_that_was_thinned_since(tmp_path):
    old = made(tmp_path, timedelta(days=30), kind=BASE, segment=segment(2))
    recent = made(tmp_path, timedelta(days=3), kind=BASE, segment=segment(4))
    received(tmp_path, *map(segment, range(2, 6)))
    assert wal.thin(tmp_path) == 2
    (target := tmp_path / "target").mkdir()
    assert wal.unpack(tmp_path, old, target, KEY) == 0 and not list(target.iterdir())
    assert wal.unpack(tmp_path, recent, target, KEY) == 2
    (wal.folder(tmp_path) / f"{segment(4)}.zst.enc").unlink()
    with pytest.raises(wal.NoLog, match=segment(4)):
        wal.unpack(tmp_path, recent, target, KEY)


def test_what_a_killed_receiver_has_left_is_deleted(tmp_path):
    for folder in (tmp_path / wal.SPOOL, wal.folder(tmp_path)):
        folder.mkdir()
    (wal.folder(tmp_path) / f"{UNFINISHED}{segment(1)}.partial").write_bytes(b"half")
    (tmp_path / wal.SPOOL / segment(1)).write_bytes(b"whole")
    assert wal.keep(tmp_path, KEY) == 1
    assert [path.name for path in wal.folder(tmp_path).iterdir()] == [f"{segment(1)}.zst.enc"]


def test_nothing_is_no_back_up_that_is_as_it_was(settings, tmp_path):
    settings.BACKUPS_ROOT = str(tmp_path)
    with pytest.raises(CommandError, match="There is no back-up in"):
        call_command("backup", verify=True)


def test_one_that_cannot_be_read_keeps_no_other_from_being_looked_at(settings, tmp_path, capsys):
    settings.BACKUPS_ROOT = str(tmp_path)
    for name in ("2026-11-28T02-10-00Z", "2026-11-29T02-10-00Z"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}")
    with pytest.raises(CommandError, match=r"(?s)11-28.*cannot be read.*11-29.*cannot be read"):
        call_command("backup", verify=True)
    assert capsys.readouterr().out == "0 back-ups are as they were written.\n"


@pytest.mark.django_db
def test_none_is_made_that_is_called_a_failure_afterwards(settings, tmp_path, monkeypatch):
    """The notes of erasures cannot be copied: nothing is made, so what the command says is true."""
    settings.BACKUPS_ROOT, settings.ERASURES_ROOT = str(tmp_path / "backups"), tmp_path / "notes"

    def refused():
        raise PermissionError("a folder that is not ours")

    monkeypatch.setattr("citysolidarity.erasures.journal.copy", refused)
    with pytest.raises(CommandError, match="No back-up was made"):
        call_command("backup")
    assert backups(tmp_path / "backups") == [] and BackupRun.objects.get().failure == "PermissionError"
