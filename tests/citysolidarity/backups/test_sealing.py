"""No bit of an encrypted file can be changed, moved, left out or cut off unnoticed; a plain one is compressed alone."""

from datetime import UTC, datetime

import pytest

from citysolidarity.backups import sealing
from citysolidarity.backups.folder import BASE, Backup
from citysolidarity.backups.sealing import BrokenFile, sealed, unsealed
from citysolidarity.backups.wal import NoLog, following, require_all

KEY = bytes(range(32))
WORDS = bytes(range(256)) * 40


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch):
    monkeypatch.setattr(sealing, "CHUNK", 64)


def written(path, key=KEY, words=WORDS, about="day/database"):
    with sealed(path, key, about) as file:
        file.write(words)
    return path


def read(path, key=KEY, about="day/database"):
    with unsealed(path, key, about) as file:
        return file.read()


@pytest.mark.parametrize("words", [b"", b"a", b"a" * 64, WORDS])
@pytest.mark.parametrize(("key", "name"), [(KEY, "a.zst.enc"), (b"", "a.zst")])
def test_what_is_sealed_comes_back(tmp_path, words, key, name):
    path = written(tmp_path / name, key, words)
    assert read(path, key) == words
    assert path.stat().st_mode & 0o777 == 0o600


def test_each_change_is_noticed(tmp_path):
    path = written(tmp_path / "a.zst.enc")
    whole = path.read_bytes()
    head, size = len(sealing.MAGIC) + sealing.SALT, 64 + sealing.TAG
    first, second = whole[head : head + size], whole[head + size : head + 2 * size]
    rest = whole[head + 2 * size :]
    changed = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 7)]
    changed += [whole[:at] for at in range(0, len(whole) - 1, 13)]
    changed += [whole[:head] + second + first + rest, whole[:head] + first + rest, whole[: head + size], whole + first]
    for content in changed:
        path.write_bytes(content)
        with pytest.raises(BrokenFile):
            read(path)


def test_another_key_another_file_and_no_key_are_refused(tmp_path):
    path = written(tmp_path / "a.zst.enc")
    for key, about in [(bytes(32), "day/database"), (KEY, "another day/database"), (b"", "day/database")]:
        with pytest.raises(BrokenFile):
            read(path, key, about)
    with pytest.raises(BrokenFile, match="is missing"):
        read(tmp_path / "none.zst")


def test_a_manifest_that_was_changed_is_noticed(tmp_path):
    path = tmp_path / "2026-06-20T02-10-00Z"
    path.mkdir()
    written(path / "database.tar.zst.enc")
    now = datetime(2026, 6, 20, tzinfo=UTC)
    files = {"database.tar.zst.enc": {"bytes": 1, "sha256": ""}}
    Backup(path, BASE, now, now, 18, "site", "site", "0" * 24, files, []).write(KEY)
    assert Backup.read(path, KEY).path == path
    told = path / "manifest.json"
    told.write_text(told.read_text().replace('"server": 18', '"server": 17'))
    with pytest.raises(BrokenFile, match="was changed"):
        Backup.read(path, KEY)


def test_a_gap_in_the_log_is_named_and_none_where_there_is_none():
    first = "0000000100000001000000FE"
    after = [
        "0000000100000001000000FE",
        "0000000100000001000000FF",
        "000000010000000200000000",
        "000000020000000200000001",
    ]
    require_all(first, after, 256)
    with pytest.raises(NoLog, match="000000010000000200000000 is missing"):
        require_all(first, [after[0], after[1], after[3]], 256)
    with pytest.raises(NoLog, match=f"{first} is missing"):
        require_all(first, after[1:], 256)
    assert following("000000010000003F", 64) == "0000000200000000"
