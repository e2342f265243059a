"""Databases that a run makes once, and copies wherever one like them is needed.

Migrating takes some fifteen seconds of a core, and loading the starter directory nearly as long; a copy takes one.
Whoever needs one first makes it, whichever process of the run it is; the others wait for it meanwhile.
"""

import os
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from citysolidarity.database.programs.binaries import find_binaries

ROOT = Path(__file__).parents[2]
RUN = "RUN_OF_TESTS"  # environment: the number of the process that began the run
NAME = "test_made_once_{run}_{kind}"
# kind: (the kind it begins as, the command that makes it); the gazetteer is most of what is loaded, and few need it
KINDS = {
    "migrated": (None, ["migrate"]),
    "starter": ("migrated", ["load_directory", "--without-places"]),
    "loaded": ("migrated", ["load_directory"]),
}
LOCK = 20_180_701  # of PostgreSQL, held while one is made


def template(kind: str) -> str:
    """The name of the database of a kind in KINDS, to which nobody is connected."""
    with server() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        return made(connection, kind)


def create(name: str, kind: str) -> None:
    """Make a database as a copy of this kind."""
    source = template(kind)
    with server() as connection:
        copy(connection, name, source)


def copy_to(goal: str, kind: str) -> None:
    """Fill an empty database of another server, by its address, with what one of this kind holds."""
    programs = find_binaries().folder
    dump = [programs / "pg_dump", "--format=custom", "--compress=none", address(template(kind))]
    # One transaction waits for the disk once.
    restore = [programs / "pg_restore", f"--dbname={goal}", "--no-owner", "--single-transaction"]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumped:
        subprocess.run(restore, stdin=dumped.stdout, check=True)
    assert dumped.returncode == 0


def drop(name: str) -> None:
    """Take a database away, whoever still uses it.

    Not WITH (FORCE): it fails where the server itself is just vacuuming there, which only a superuser may end. A plain
    DROP ends that by itself, and waits for sessions that are ending.
    """
    end_sessions(name)
    with server() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def end_sessions(name: str) -> None:
    """Throw everybody out of a database."""
    with server() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [name],
        )


def clean_up() -> None:
    """Take away what this run has made, and what was left by runs that were killed."""
    with server() as connection:
        found = names(connection)
    for name in found:
        number = name.split("_")[3]
        if number == run() or not is_alive(int(number)):
            drop(name)


def made(connection, kind: str) -> str:
    name = NAME.format(run=run(), kind=kind)
    if name in names(connection):
        return name
    before, command = KINDS[kind]
    unfinished = f"{name}_unfinished"
    drop(unfinished)
    copy(connection, unfinished, made(connection, before) if before else "template1")
    subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", *command, "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address(unfinished)},
        stdin=subprocess.DEVNULL,
        check=True,
    )
    source, goal = sql.Identifier(unfinished), sql.Identifier(name)
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(source, goal))
    return name


def copy(connection, name: str, source: str) -> None:
    both = sql.Identifier(name), sql.Identifier(source)
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*both))


def names(connection) -> list[str]:
    found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_made\\_once\\_%'")
    return [name for (name,) in found.fetchall()]


def address(name: str) -> str:
    """DATABASE_URL with another database."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@contextmanager
def server():
    """A connection to the database of DATABASE_URL."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        yield connection


def run() -> str:
    return os.environ.setdefault(RUN, str(os.getpid()))


def is_alive(number: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(number, 0)
        return True
    return False
