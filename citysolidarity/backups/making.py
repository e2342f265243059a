"""Makes one back-up: the database, then the files, then the manifest, and only then its name."""

import fcntl
import os
import re
import shutil
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection

from citysolidarity.backups import programs
from citysolidarity.backups.folder import (
    BASE,
    DUMP,
    UNFINISHED,
    Backup,
    backups,
    finish,
    moment,
    remove_unfinished,
    sha256,
    too_many,
)
from citysolidarity.backups.sealing import sealed, suffix

DATABASE = {DUMP: "database.dump", BASE: "database.tar"}
START = re.compile(r"write-ahead log start point: ([0-9A-F]+)/([0-9A-F]+) on timeline (\d+)")
# Storage → the setting with its folder. Others, such as a bucket, keep their own versions.
FOLDERS = {"default": "MEDIA_ROOT", "private": "PRIVATE_ROOT"}


class NoBackup(Exception):
    """The message is one sentence for the operator."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """One maker at a time, and nobody else makes room meanwhile. Raises NoBackup."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(root / ".lock", os.O_WRONLY | os.O_CREAT, 0o600), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NoBackup("Another back-up is being made.") from None
        yield


def make(root: Path, key: bytes) -> Backup:
    """Raises NoBackup, programs.ProgramFailed or OSError; then nothing that looks like a back-up is left."""
    with locked(root):
        remove_unfinished(root)
        # A name tells the second, so the next back-up waits for the next one.
        while (path := root / moment(began := datetime.now(UTC))).exists():
            time.sleep(0.1)
        unfinished = root / f"{UNFINISHED}{path.name}"
        unfinished.mkdir(mode=0o700)
        try:
            kind = BASE if settings.BACKUP_DATABASE_URL else DUMP
            server, wal = (base if kind == BASE else dump)(unfinished, path.name, key)
            left_out = [name for name in FOLDERS if not pack_files(unfinished, path.name, key, name)]
            files = {
                file.name: {"bytes": file.stat().st_size, "sha256": sha256(file)}
                for file in sorted(unfinished.iterdir())
            }
            site = connection.settings_dict
            backup = Backup(
                unfinished, kind, began, datetime.now(UTC), server, site["NAME"], site["USER"], wal, files, left_out
            )
            backup.write(key)
            finish(unfinished, path)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    return backup._replace(path=path)


def about(name: str, file: str) -> str:
    """What a file is encrypted for: it cannot stand in for that of another day."""
    return f"{name}/{file.partition('.')[0]}"


def dump(folder: Path, name: str, key: bytes) -> tuple[int, str]:
    """pg_dump needs no more rights than the site has; it sees the database as at one moment."""
    with connection.cursor():
        server = connection.connection.info.server_version // 10_000
    program = programs.folder_for(server, "pg_dump") / "pg_dump"
    path = folder / (DATABASE[DUMP] + suffix(key))
    command = [program, "--format=custom", "--compress=none", "--no-owner", "--no-privileges", "--no-password"]
    with (
        sealed(path, key, about(name, path.name)) as file,
        programs.output_of(command, programs.of_the_site()) as source,
    ):
        shutil.copyfileobj(source, file, 1 << 20)
    return server, ""


def base(folder: Path, name: str, key: bytes) -> tuple[int, str]:
    """pg_basebackup copies the whole cluster, with the log that makes the copy consistent."""
    with psycopg.connect(settings.BACKUP_DATABASE_URL, connect_timeout=20) as asked:
        server = asked.info.server_version // 10_000
        if not asked.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [connection.settings_dict["NAME"]]
        ).fetchone():
            raise NoBackup(
                "BACKUP_DATABASE_URL leads to another server than DATABASE_URL: the site's database is not there."
            )
        segment = asked.execute("SELECT setting::int FROM pg_settings WHERE name = 'wal_segment_size'").fetchone()[0]
    program = programs.folder_for(server, "pg_basebackup") / "pg_basebackup"
    command = [
        *[program, "--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast", "--verbose"],
        *["--manifest-checksums=SHA256", "--no-password"],
    ]
    path, words = folder / (DATABASE[BASE] + suffix(key)), []
    env = programs.environment(settings.BACKUP_DATABASE_URL)
    with sealed(path, key, about(name, path.name)) as file, programs.output_of(command, env, words) as source:
        shutil.copyfileobj(source, file, 1 << 20)
    start = START.search("\n".join(words))
    if not start:
        raise NoBackup("pg_basebackup does not say where the log of this back-up begins.")
    high, low, timeline = int(start[1], 16), int(start[2], 16), int(start[3])
    return server, f"{timeline:08X}{high:08X}{low // segment:08X}"


def folder_of(storage: str) -> Path | None:
    """None for a bucket."""
    return Path(getattr(settings, FOLDERS[storage])) if isinstance(storages[storage], FileSystemStorage) else None


def pack_files(folder: Path, name: str, key: bytes, storage: str) -> bool:
    """False where the files are kept elsewhere. A file that goes away meanwhile is left out."""
    if not (root := folder_of(storage)):
        return False
    path = folder / f"{FOLDERS[storage].partition('_')[0].lower()}.tar{suffix(key)}"
    with sealed(path, key, about(name, path.name)) as file, tarfile.open(fileobj=file, mode="w|") as archive:
        for found in sorted(root.rglob("*")) if root.is_dir() else ():
            try:
                archive.add(found, found.relative_to(root), recursive=False)
            except FileNotFoundError:
                continue
    return True


def thin(root: Path) -> list[str]:
    """Delete the back-ups that the rule in folder.py does not keep, whatever their key was; returns their names."""
    with locked(root):
        spare = too_many(backups(root), datetime.now(UTC))
        for backup in spare:
            # Under this name it is none any more, should the rest be interrupted.
            leaving = backup.path.rename(root / f"{UNFINISHED}{backup.name}")
            shutil.rmtree(leaving)
    return [backup.name for backup in spare]
