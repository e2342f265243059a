"""A server of its own that recovers a base back-up to a moment, reachable by this machine's account alone."""

import os
import re
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import psycopg

from citysolidarity.backups import programs, wal
from citysolidarity.backups.folder import BASE, Backup
from citysolidarity.backups.making import DATABASE, about
from citysolidarity.backups.sealing import suffix, unsealed
from citysolidarity.database.programs import account as accounts
from citysolidarity.database.programs.binaries import Binaries, reachable

HOMES = "/var/tmp"  # noqa: S108 - larger than /tmp; mkdtemp makes a private folder in it
SECONDS = 3600  # for a day's log of a busy site
PULSE = 0.1
OPTIONS = {
    "listen_addresses": "", "recovery_target_action": "promote", "recovery_target_timeline": "latest", "hot_standby": "off",
    "archive_mode": "off", "shared_preload_libraries": "", "ssl": "off", "max_wal_senders": "0", "timezone": "UTC",
    "log_timezone": "UTC", "lc_messages": "C", "logging_collector": "off", "log_destination": "stderr",
    "synchronous_standby_names": "", "primary_conninfo": "", "primary_slot_name": "", "cluster_name": "restore",
}  # fmt: skip
LAST_WORDS = re.compile(r"(?:FATAL|PANIC):\s+(.*)")


class NotRecovered(Exception):
    """The message is one sentence for the operator."""


@contextmanager
def recovered(backup: Backup, key: bytes, to: datetime | None) -> Iterator[dict]:
    """The parameters that lead to the site's database as it was then; all of it goes after the block.

    Raises NotRecovered, wal.NoLog, sealing.BrokenFile or programs.ProgramFailed.
    """
    account = accounts.server_account()
    scratch = Path(tempfile.mkdtemp(prefix="restore-", dir=HOMES))
    scratch.chmod(0o711)
    try:
        cluster = scratch / "data"
        unpack(backup, key, cluster)
        log = scratch / "wal"
        log.mkdir(mode=0o700)
        segments = wal.unpack(backup.path.parent, backup, log, key)
        if to and not segments:
            raise wal.NoLog(
                "There is no log after this back-up, so nothing can be restored to a moment: leave out --to."
            )
        for folder in (cluster, log):
            give_all(account, folder)
        home = reachable(
            Binaries(programs.folder_for(backup.server, "postgres", "initdb", exactly=True), 0), account, scratch
        )
        run(["pg_verifybackup", "--no-parse-wal", "--quiet", cluster], home.folder, account)
        with running(
            home.folder, cluster, log, scratch, account, to=to, has_log=bool(segments), user=backup.role
        ) as parameters:
            yield parameters | {"dbname": backup.database}
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def unpack(backup: Backup, key: bytes, cluster: Path) -> None:
    cluster.mkdir(mode=0o700)
    path = backup.path / (DATABASE[BASE] + suffix(key if backup.is_encrypted else b""))
    with unsealed(path, key, about(backup.name, path.name)) as file, tarfile.open(fileobj=file, mode="r|") as archive:
        try:
            archive.extractall(cluster, filter="data")
        except (tarfile.TarError, EOFError) as error:
            raise NotRecovered(f"{path.name} cannot be unpacked: {error}.") from error
    spaces = cluster / "tablespace_map"
    if spaces.exists() and spaces.stat().st_size:
        raise NotRecovered("The cluster has tablespaces of its own: restore it by hand with pg_basebackup's files.")
    cluster.chmod(0o700)


def give_all(account, folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        accounts.give(account, path)


def run(command: list, folder: Path, account) -> None:
    done = subprocess.run(
        [folder / command[0], *command[1:]], capture_output=True, text=True, **accounts.run_under(account)
    )
    if done.returncode:
        raise NotRecovered(programs.failure(command, (done.stderr + done.stdout).splitlines()))


@contextmanager
def running(
    folder: Path, cluster: Path, log: Path, scratch: Path, account, *, to, has_log: bool, user: str
) -> Iterator[dict]:
    """Start the server, wait until it has recovered, and stop it after the block."""
    sockets, own = scratch / "socket", scratch / "configuration"
    sockets.mkdir(mode=0o700)
    own.write_text("local all all trust\n")
    own.chmod(0o644)
    give_all(account, sockets)
    options = OPTIONS | {"unix_socket_directories": sockets, "port": "5432", "hba_file": own}
    empty = scratch / "empty"
    empty.touch(0o644)
    options |= {"config_file": empty, "ident_file": empty, "data_directory": cluster}
    if has_log:
        options["restore_command"] = f'cp "{log}/%f" "%p"'
        (cluster / "recovery.signal").touch()
        accounts.give(account, cluster / "recovery.signal")
    if to:
        options["recovery_target_time"] = to.isoformat()
    said = scratch / "log"
    command = [folder / "postgres", "-D", cluster, *(f"--{name}={value}" for name, value in options.items())]
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    with said.open("w") as output:
        server = subprocess.Popen(command, env=environment, stdout=output, stderr=output, **accounts.run_under(account))
    parameters = {"host": str(sockets), "port": "5432", "user": user}
    try:
        wait_until_recovered(server, parameters, said)
        yield parameters
    finally:
        stop(server)


def wait_until_recovered(server: subprocess.Popen, parameters: dict, said: Path) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise NotRecovered(f"PostgreSQL could not recover: {last_words(said)}")
        with suppress(psycopg.OperationalError), psycopg.connect(**parameters, dbname="template1") as asked:
            if not asked.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
                return
        time.sleep(PULSE)
    raise NotRecovered(f"PostgreSQL did not recover within {SECONDS} seconds.")


def last_words(said: Path) -> str:
    text = said.read_text(errors="replace")
    found = LAST_WORDS.findall(text)
    return found[-1] if found else " ".join(text.splitlines()[-1:])


def stop(server: subprocess.Popen) -> None:
    """A fast shutdown, which leaves a cluster that starts without recovering."""
    if server.poll() is None:
        server.send_signal(2)
    try:
        server.wait(120)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
