"""Using the embedded server: acquire() gives its address, release() lets go of it, stop() ends it for everybody."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from citysolidarity import locks
from citysolidarity.localdb import cluster
from citysolidarity.localdb.account import server_account
from citysolidarity.localdb.binaries import find_binaries
from citysolidarity.localdb.keeper import stop_orphan

NAME = "citysolidarity"  # of the role and of the database
HOST = "127.0.0.1"
START_SECONDS = 40  # a slow disk may need some; a server that fails says so much earlier
STOP_SECONDS = 20
KEEPER = Path(__file__).with_name("keeper.py")


class LocalDatabaseError(Exception):
    """The embedded PostgreSQL cannot be used; the message is one plain sentence for a person."""


class LocalServer:
    """The server whose files lie in `directory` (made at need). One object a process."""

    def __init__(self, directory):
        self.directory = Path(directory).absolute()
        self.users_lock = None

    def acquire(self):
        """Start the server or join the running one; return the address of its database. Raises LocalDatabaseError."""
        try:
            with locks.exclusive(self.directory / "start.lock"):
                if self.users_lock is None:
                    self.users_lock = locks.open_lock(self.directory / "users.lock")
                    locks.take(self.users_lock, shared=True)
                return self.running_address() or self.start()
        except PermissionError as error:
            raise LocalDatabaseError(
                f"{error.filename or self.directory} belongs to another user: remove {self.directory} or run as that user."
            ) from error

    def running_address(self):
        """Return the address of the server that runs already, or None."""
        return self.wait_until_ready(self.port()) if locks.is_held(self.directory / "keeper.lock") else None

    def start(self):
        """Start a keeper, and through it the server, on the port it had before if that is still free."""
        account = server_account()
        binaries = find_binaries()
        if binaries is None:
            raise LocalDatabaseError("No PostgreSQL was found: install postgresql (15 or later) or set DATABASE_URL.")
        try:
            programs, data = cluster.prepare(self.directory, binaries, account)
        except subprocess.CalledProcessError as error:
            raise LocalDatabaseError(f"initdb failed: {error.stdout.strip()}") from error
        stop_orphan(str(data))  # before the port is chosen: it may sit on ours
        for wanted in (self.port(), 0):
            port = free_port(wanted)
            (self.directory / "port").write_text(str(port))
            self.run_keeper(programs, data, port, account)
            if address := self.wait_until_ready(port):
                return address
        raise LocalDatabaseError(f"PostgreSQL did not start; its last words: {self.last_words()}")

    def run_keeper(self, programs, data, port, account):
        """Start the keeper; it is ours no longer once this returns."""
        options = {
            "port": port,
            "listen_addresses": HOST,
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        settings = {
            "directory": str(self.directory),
            "data": str(data),
            "command": [
                str(programs / "postgres"),
                "-D",
                str(data),
                *[f"--{name}={value}" for name, value in options.items()],
            ],
            "uid": account and account.pw_uid,
            "gid": account and account.pw_gid,
        }
        with open(self.directory / "log", "w") as log:
            subprocess.run(
                [sys.executable, "-I", "-S", KEEPER, json.dumps(settings)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self, port):
        """Return the address once a connection works, or None when the keeper has given up.

        Nothing less than a connection is trusted: right after a `kill -9` both the pid file and the port lie.
        """
        import psycopg

        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            alive = locks.is_held(self.directory / "keeper.lock")
            try:
                self.connect(port, NAME, NAME).close()
                return self.address(port)
            except psycopg.OperationalError:
                if not alive:
                    return None
            try:
                self.make_database(port)
            except psycopg.OperationalError:
                time.sleep(0.05)
        return None

    def make_database(self, port):
        """Make our role (not a superuser, as in production; it may make test databases) and its database."""
        from psycopg import sql

        with self.connect(port, cluster.SUPERUSER, "postgres") as connection:
            role, secret = sql.Identifier(NAME), sql.Literal(cluster.password(self.directory))
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, secret))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))

    def connect(self, port, user, database):
        """Open a psycopg connection that commits each statement."""
        import psycopg

        return psycopg.connect(
            host=HOST, port=port, user=user, dbname=database, password=cluster.password(self.directory),
            connect_timeout=5, sslmode="disable", autocommit=True,
        )  # fmt: skip

    def release(self):
        """Let go of the server; when nobody else uses it, wait until it has stopped."""
        if self.users_lock is None:
            return
        with locks.exclusive(self.directory / "start.lock"):
            last = locks.take(self.users_lock, wait=False)
            os.close(self.users_lock)
            self.users_lock = None
            if last:
                self.wait_until_stopped()

    def stop(self):
        """Stop the server whoever uses it; return whether there was one."""
        keeper_lock = self.directory / "keeper.lock"
        with locks.exclusive(self.directory / "start.lock"):
            if not locks.is_held(keeper_lock):
                return False
            os.kill(int(keeper_lock.read_text()), signal.SIGTERM)
            self.wait_until_stopped()
        return True

    def wait_until_stopped(self):
        """Wait for the keeper to leave, which it does after the server has."""
        deadline = time.monotonic() + STOP_SECONDS
        while locks.is_held(self.directory / "keeper.lock") and time.monotonic() < deadline:
            time.sleep(0.02)

    def port(self):
        """Return the port of the last start, 0 before the first."""
        try:
            return int((self.directory / "port").read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def address(self, port):
        """Return the database's address for DATABASE_URL."""
        return f"postgres://{NAME}:{cluster.password(self.directory)}@{HOST}:{port}/{NAME}"

    def last_words(self):
        """Return the last line of the server's log."""
        lines = (self.directory / "log").read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "none"


def free_port(wanted):
    """Return the port `wanted` if it is free, else a random free one."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise LocalDatabaseError(f"No free port was found on {HOST}.")
