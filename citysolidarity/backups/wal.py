"""The log of PostgreSQL (WAL) as it is written: pg_receivewal follows the server, and we keep each segment like a back-up.

It needs no setting of the server and no program on its machine, only a role that may replicate. A slot makes the server keep
what we have not got yet. The segment that is being written is kept every few seconds, too.
"""

import os
import re
import subprocess
import threading
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings

from citysolidarity.backups import programs
from citysolidarity.backups.folder import BASE, DAILY_FOR, UNFINISHED, Backup, backups, sync
from citysolidarity.backups.making import locked
from citysolidarity.backups.sealing import BrokenFile, sealed, suffix, unsealed

SLOT = "citysolidarity_backup"
SEGMENT = re.compile(r"[0-9A-F]{24}")
RECEIVED = re.compile(r"[0-9A-F]{24}|[0-9A-F]{8}\.history")
PARTIAL = ".partial"
EVERY = 5  # seconds between two looks at what has come
SPOOL = ".spool"


class NoLog(Exception):
    """The message is one sentence for the operator."""


def about(name: str) -> str:
    return f"wal/{name}"


def folder(root: Path) -> Path:
    return root / "wal"


def follow(root: Path, key: bytes, stopping: threading.Event) -> None:
    """Receive until ``stopping``; raises programs.ProgramFailed when the server ends the connection, or refuses it."""
    spool = root / SPOOL
    for made in (root, spool, folder(root)):
        made.mkdir(mode=0o700, exist_ok=True, parents=True)
    with psycopg.connect(settings.BACKUP_DATABASE_URL, connect_timeout=20) as asked:
        server = asked.info.server_version // 10_000
    program = programs.folder_for(server, "pg_receivewal") / "pg_receivewal"
    env = programs.environment(settings.BACKUP_DATABASE_URL)
    command = [program, f"--directory={spool}", f"--slot={SLOT}", "--no-password"]
    programs.run([*command, "--create-slot", "--if-not-exists"], env)
    log = spool / "log"
    with log.open("w") as said:
        process = subprocess.Popen(
            [*command, "--synchronous", "--no-loop"], env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            while not stopping.wait(EVERY) and process.poll() is None:
                keep(root, key)
        finally:
            process.terminate()
            process.wait()
            keep(root, key)
    if not stopping.is_set():
        raise programs.ProgramFailed(programs.failure(command, log.read_text().splitlines()))


def keep(root: Path, key: bytes) -> int:
    """Keep what has come whole, and the newest state of what is being written; returns how many whole ones."""
    spool, target, whole = root / SPOOL, folder(root), 0
    for path in target.glob(f"{UNFINISHED}*"):  # a receiver that was killed has left it
        path.unlink()
    for path in sorted(spool.iterdir()):
        if RECEIVED.fullmatch(path.name):
            keep_file(path, target, path.name, key)
            (target / f"{path.name}{PARTIAL}{suffix(key)}").unlink(missing_ok=True)
            path.unlink()
            whole += 1
        elif path.name.endswith(PARTIAL):
            kept = target / (path.name + suffix(key))
            if not kept.exists() or kept.stat().st_mtime < path.stat().st_mtime:
                keep_file(path, target, path.name, key)
    return whole


def keep_file(path: Path, target: Path, name: str, key: bytes) -> None:
    """Written under another name and renamed: a half one is never taken for one."""
    unfinished = target / f"{UNFINISHED}{name}"
    seen = path.stat()
    with sealed(unfinished, key, about(name)) as file:
        file.write(path.read_bytes())
    # As old as what was read: what is written meanwhile is kept the next time.
    os.utime(unfinished, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    unfinished.rename(target / (name + suffix(key)))
    sync(target)


def kept(root: Path) -> dict[str, Path]:
    """The files that are kept by the name that PostgreSQL gives them; one that is written still counts as whole."""
    found = {path.name.partition(".zst")[0]: path for path in sorted(folder(root).glob("[0-9A-F]*.zst*"))}
    return {name.removesuffix(PARTIAL): path for name, path in sorted(found.items(), reverse=True)}


def thin(root: Path) -> int:
    """Delete what no base back-up of the last two weeks needs; returns how many."""
    if not folder(root).is_dir():
        return 0
    with locked(root):
        bases = [backup for backup in backups(root) if backup.kind == BASE]
        recent = [backup.wal for backup in bases if datetime.now(UTC) - backup.began <= DAILY_FOR]
        first = min((recent or [backup.wal for backup in bases[-1:]]), key=place, default="")
        spare = [
            path
            for name, path in kept(root).items()
            if SEGMENT.fullmatch(name) and first and place(name) < place(first)
        ]
        for path in spare:
            path.unlink()
    return len(spare)


def place(segment: str) -> str:
    """Where in the log a segment stands, whatever its timeline."""
    return segment[8:]


def unpack(root: Path, backup: Backup, target: Path, key: bytes) -> int:
    """All that follows on the back-up, for PostgreSQL to read. Raises NoLog where one is missing, BrokenFile.

    Returns how many segments: none for a back-up whose log ``thin`` has deleted, which is whole without it.
    """
    files = kept(root)
    segments = sorted(name for name in files if SEGMENT.fullmatch(name) and place(name) >= place(backup.wal))
    if datetime.now(UTC) - backup.began > DAILY_FOR and place(backup.wal) not in map(place, segments):
        return 0
    for name in [*segments, *(name for name in files if name.endswith(".history"))]:
        path = files[name]
        source = name + PARTIAL if PARTIAL in path.name else name
        with unsealed(path, key, about(source)) as file, (target / name).open("wb") as written:
            written.write(file.read())
    sizes = {(target / name).stat().st_size for name in segments}
    if len(sizes) > 1:
        raise BrokenFile(f"{folder(root)}: the segments of the log are not all of one size, so one is cut off.")
    if segments:
        require_all(backup.wal, segments, (1 << 32) // sizes.pop())
    return len(segments)


def require_all(first: str, segments: list[str], a_file: int) -> None:
    """Raises NoLog that names the first segment that is missing. After a fail-over the next timeline goes on."""
    present = {place(name) for name in segments}
    last = max(present)
    expected = place(first)
    while expected <= last:
        if expected not in present:
            raise NoLog(f"The log is not whole: segment {first[:8]}{expected} is missing.")
        expected = following(expected, a_file)


def following(where: str, a_file: int) -> str:
    """The place of the next segment; ``a_file`` make 4 GB, with which the first half of a name counts."""
    high, low = int(where[:8], 16), int(where[8:], 16) + 1
    return f"{high + low // a_file:08X}{low % a_file:08X}"
