"""The folder of the back-ups: one folder for each, named after when it began (UTC), and ``wal`` beside them.

A back-up is made under another name and renamed when all of it is on the disk: a half one is never taken for one.
"""

import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Self

from citysolidarity.backups.sealing import ENCRYPTED, BrokenFile

MANIFEST = "manifest.json"
RESTORED = "restored.json"
UNFINISHED = ".unfinished-"
NAMES = "%Y-%m-%dT%H-%M-%SZ"
DUMP, BASE = "dump", "base"
# Every back-up of two days, one a day for two weeks, one a week for eight. Erased people are in none after that.
ALL_FOR, DAILY_FOR, WEEKLY_FOR = timedelta(days=2), timedelta(days=14), timedelta(weeks=8)


class Backup(NamedTuple):
    """``kind`` is DUMP or BASE; ``files`` has their size and SHA-256 by name; ``wal`` is the first segment it needs.

    ``database`` and its owner ``role`` are named as where it was made; ``server`` is its major version.
    """

    path: Path
    kind: str
    began: datetime
    ended: datetime
    server: int
    database: str
    role: str
    wal: str
    files: dict[str, dict]
    left_out: list[str]

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        return sum(file["bytes"] for file in self.files.values())

    @property
    def is_encrypted(self) -> bool:
        return any(name.endswith(ENCRYPTED) for name in self.files)

    @classmethod
    def read(cls, path: Path, key: bytes = b"") -> Self:
        """Raises BrokenFile; where there is a key, also for encrypted files whose manifest was not written with it."""
        try:
            told = json.loads((path / MANIFEST).read_text())
            mac = told.pop("mac")
            began, ended = (datetime.fromisoformat(told.pop(name)) for name in ("began", "ended"))
            backup = cls(path=path, began=began, ended=ended, **told)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BrokenFile(f"{path / MANIFEST} cannot be read: {error}.") from error
        if key and backup.is_encrypted and not hmac.compare_digest(mac, backup.mac(key)):
            raise BrokenFile(f"{path / MANIFEST} was changed, or BACKUP_KEY is another one than then.")
        return backup

    def write(self, key: bytes) -> None:
        told = self.told() | {"mac": self.mac(key) if key else ""}
        with (self.path / MANIFEST).open("x") as file:
            json.dump(told, file, indent=2)
            file.flush()
            os.fsync(file.fileno())

    def told(self) -> dict:
        told = self._asdict() | {"began": self.began.isoformat(), "ended": self.ended.isoformat()}
        del told["path"]
        return told

    def mac(self, key: bytes) -> str:
        told = json.dumps(self.told(), sort_keys=True).encode()
        return hmac.digest(key, b"manifest" + told, "sha256").hex()

    def verify(self) -> None:
        """Compare every file with what the manifest says; raises BrokenFile for the first that differs."""
        for name, told in self.files.items():
            path = self.path / name
            if not path.is_file():
                raise BrokenFile(f"{path} is missing.")
            if path.stat().st_size != told["bytes"] or sha256(path) != told["sha256"]:
                raise BrokenFile(f"{path} is not what was written: its SHA-256 differs.")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def paths(root: Path) -> list[Path]:
    """Those that are whole, the oldest first."""
    return [path.parent for path in sorted(root.glob(f"[0-9]*/{MANIFEST}"))]


def backups(root: Path, key: bytes = b"") -> list[Backup]:
    """The same, read. Raises BrokenFile."""
    return [Backup.read(path, key) for path in paths(root)]


def finish(unfinished: Path, path: Path) -> None:
    """From now on it is a back-up, whatever happens to the machine."""
    sync(unfinished)
    unfinished.rename(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_unfinished(root: Path) -> None:
    """What makers that were killed have left; whoever calls it holds the lock."""
    for path in root.glob(f"{UNFINISHED}*"):
        shutil.rmtree(path)


def too_many(made: Iterable[Backup], now: datetime) -> list[Backup]:
    """Those that the rule above does not keep. The newest of each kind stays, however old it is."""
    kept, spare = set(), []
    for backup in sorted(made, key=lambda backup: backup.began, reverse=True):
        marks = {(backup.kind, "newest"), *marks_of(backup, now)}
        if marks <= kept:
            spare.append(backup)
        kept |= marks
    return spare


def marks_of(backup: Backup, now: datetime) -> set[tuple]:
    """What it may be kept for; of each mark the newest back-up is kept."""
    age, day = now - backup.began, backup.began.date()
    marks = set()
    if age <= ALL_FOR:
        marks.add((backup.kind, backup.name))
    if age <= DAILY_FOR:
        marks.add((backup.kind, day))
    if age <= WEEKLY_FOR:
        marks.add((backup.kind, *day.isocalendar()[:2]))
    return marks


def note_restored(backup: Backup) -> None:
    """For whoever asks whether restoring was ever rehearsed; a folder that may only be read stays as it is."""
    told = {"name": backup.name, "at": datetime.now(UTC).isoformat()}
    with suppress(OSError):
        (backup.path.parent / RESTORED).write_text(json.dumps(told))


def last_restored(root: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads((root / RESTORED).read_text())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def moment(now: datetime) -> str:
    return now.astimezone(UTC).strftime(NAMES)
