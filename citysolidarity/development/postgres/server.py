"""Use the embedded server: acquire() returns its address, release() gives it back, stop() ends it for everybody."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from citysolidarity.database.programs.account import server_account
from citysolidarity.database.programs.binaries import find_binaries
from citysolidarity.development import locks
from citysolidarity.development.postgres import cluster
from citysolidarity.development.postgres.keeper import stop_orphan

NAME = "citysolidarity"  # of the role and of the database
HOST = "127.0.0.1"
START_SECONDS = 40  # for slow disks; a server that fails ends much earlier
STOP_SECONDS = 20
KEEPER = Path(__file__).with_name("keeper.py")


class LocalDatabaseError(Exception):
    """The message is one sentence for a person."""


class LocalServer:
    """The server with its files in `directory`, which is made at need. Make one object a process."""

    def __init__(self, directory):
        self.directory = Path(directory).absolute()
        self.users_lock = None

    def acquire(self):
        """Start or join the server; return the address of its database. Raises LocalDatabaseError."""
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
        return self.wait_until_ready(self.port()) if locks.is_held(self.directory / "keeper.lock") else None

    def start(self):
        """Start the keeper and with it the server, on its former port if that is still free."""
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
        options = {"port": port, "listen_addresses": HOST, "unix_socket_directories": ""}
        options |= {"timezone": "UTC", "log_timezone": "UTC"}
        arguments = [f"--{name}={value}" for name, value in options.items()]
        settings = {
            "directory": str(self.directory),
            "data": str(data),
            "command": [str(programs / "postgres"), "-D", str(data), *arguments],
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
        """Return the address once a connection works, or None when the keeper has ended.

        Only a connection proves it: right after a `kill -9` the pid file and the port are still there.
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
        """Make the role, which may create test databases and is no superuser, and its database."""
        from psycopg import sql

        with self.connect(port, cluster.SUPERUSER, "postgres") as connection:
            role, secret = sql.Identifier(NAME), sql.Literal(cluster.password(self.directory))
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, secret))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))

    def connect(self, port, user, database):
        import psycopg

        return psycopg.connect(
            host=HOST, port=port, user=user, dbname=database, password=cluster.password(self.directory),
            connect_timeout=5, sslmode="disable", autocommit=True,
        )  # fmt: skip

    def release(self):
        """Give the server back; if no other process uses it, wait until it has stopped."""
        if self.users_lock is None:
            return
        with locks.exclusive(self.directory / "start.lock"):
            last = locks.take(self.users_lock, wait=False)
            os.close(self.users_lock)
            self.users_lock = None
            if last:
                self.wait_until_stopped()

    def stop(self):
        """Stop the server even if others use it; return whether it was running."""
        keeper_lock = self.directory / "keeper.lock"
        with locks.exclusive(self.directory / "start.lock"):
            if not locks.is_held(keeper_lock):
                return False
            os.kill(int(keeper_lock.read_text()), signal.SIGTERM)
            self.wait_until_stopped()
        return True

    def wait_until_stopped(self):
        """Wait for the end of the keeper, which ends after the server."""
        deadline = time.monotonic() + STOP_SECONDS
        while locks.is_held(self.directory / "keeper.lock") and time.monotonic() < deadline:
            time.sleep(0.02)

    def port(self):
        """The port of the last start, 0 before the first."""
        try:
            return int((self.directory / "port").read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def address(self, port):
        return f"postgres://{NAME}:{cluster.password(self.directory)}@{HOST}:{port}/{NAME}"

    def last_words(self):
        lines = (self.directory / "log").read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "none"


def free_port(wanted):
    """The port `wanted` if it is free, else a random one."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise LocalDatabaseError(f"No free port was found on {HOST}.")
