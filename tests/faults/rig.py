"""What the faults happen to: a PostgreSQL of its own, gunicorn, the worker that sends letters, and a mail server.

All of it listens on 127.0.0.1 and ends with the block. The database waits for its disk, as in production. What the site
logs, the cause of an answer of 500 among it, stands in ``var/faults.log``.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import psycopg

from citysolidarity.development.postgres import LocalServer
from tests.citysolidarity.development.embedded import ROOT, discard, server_pid
from tests.processes import free_port
from tests.rig import databases
from tests.smtp import Server

WEB_WORKERS = 3
READY_SECONDS = 120
LOG = ROOT / "var" / "faults.log"
OUTBOX_DUE = """
UPDATE django_tasks_database_dbtaskresult SET run_after = now()
WHERE status = 'READY' AND extract(year FROM run_after) < 9999
    OR status = 'RUNNING' AND (worker_ids ->> -1 NOT LIKE %s OR started_at < now() - interval '30 seconds')
"""


class Rig:
    """The parts, and how each of them is hurt. ``killed_workers`` counts the senders of letters killed at work."""

    def __init__(self, folder: Path, mail: Server, posts: int, site: str, environment: dict[str, str]):
        self.folder, self.mail, self.killed_workers, self.site = folder, mail, 0, site
        self.port = free_port()
        self.server = LocalServer(folder)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PG")},
            "DATABASE_URL": self.server.acquire(),
            "MAIL_URL": mail.url,
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "SECRET_KEY": secrets.token_urlsafe(60),
            "DEVELOPMENT": "1",
            "DEBUG": "0",
            "BEHIND_PROXY": "0",
            "LOG_LEVEL": "ERROR",
            "WEB_CONCURRENCY": str(WEB_WORKERS),
            "COPIES_ROOT": str(folder.parent / "copies"),
            "FAULTS_DRAFTS": str(2 * posts),
            # Embedding the directory takes the worker minutes of a core, and a change of what is close ends every copy.
            "CLOSE_IN_MEANING": "0",
            **environment,
        }
        self.fill()

    def fill(self):
        """The starter directory, as ``up`` loads it; a run of tests has it already."""
        if databases.RUN in os.environ:
            databases.copy_to(self.environment["DATABASE_URL"], "loaded")
            return
        for command in ("migrate", "load_directory"):
            line = [sys.executable, "manage.py", command, "--verbosity=0"]
            subprocess.run(line, cwd=ROOT, env=self.environment, check=True)

    def start(self):
        """The web server and the worker."""
        command = ["-m", "gunicorn", self.site, "--bind", f"127.0.0.1:{self.port}"]
        self.web = self.run(*command)
        self.worker = self.run("manage.py", "work")
        until = time.monotonic() + READY_SECONDS
        while True:
            with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5):
                return
            assert time.monotonic() < until and self.web.poll() is None, "the site did not start"
            time.sleep(0.1)

    def run(self, *arguments) -> subprocess.Popen:
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        LOG.parent.mkdir(exist_ok=True)
        with LOG.open("ab") as log:
            return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=self.environment, stderr=log, **quiet)

    def stop(self):
        for process in (self.web, self.worker):
            if process.poll() is None:
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(25)
            if process.poll() is None:
                process.kill()
                process.wait()

    # --- the database, asked from outside -------------------------------------------------

    def rows(self, statement: str, *values) -> list[tuple]:
        """What a statement finds; waits for a database that is coming back."""
        until = time.monotonic() + READY_SECONDS
        while True:
            try:
                with psycopg.connect(self.environment["DATABASE_URL"], connect_timeout=5) as connection:
                    cursor = connection.execute(statement, values)
                    return cursor.fetchall() if cursor.description else []
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    # --- what is done to it ------------------------------------------------------------------

    def kill_web_worker(self):
        """One process of gunicorn, whatever it is doing; its master starts another."""
        found = children(self.web.pid)
        if found:
            os.kill(secrets.choice(found), signal.SIGKILL)

    def replace_web_worker(self):
        """Kill one, and wait until there is another."""
        before = set(children(self.web.pid))
        self.kill_web_worker()
        until = time.monotonic() + READY_SECONDS
        while len(found := set(children(self.web.pid))) < WEB_WORKERS or found == before:
            assert time.monotonic() < until, "no other web worker was started"
            time.sleep(0.02)

    def kill_database(self):
        """PostgreSQL, all of it; its keeper starts it again, and it recovers from its log."""
        number = server_pid(self.folder)
        for victim in [number, *children(number)]:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)

    @contextmanager
    def hanging_database(self):
        """PostgreSQL takes connections and questions, and says nothing."""
        number = server_pid(self.folder)
        victims = [number, *children(number)]
        for victim in victims:
            os.kill(victim, signal.SIGSTOP)
        try:
            yield
        finally:
            for victim in victims:
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGCONT)

    @contextmanager
    def database_away(self):
        """Nothing listens where it was."""
        self.server.stop()
        try:
            yield
        finally:
            self.server.acquire()

    def kill_worker_mid_letter(self):
        """The sender, after the mail server has got a letter and before it says so."""
        before = len(self.mail.received)
        self.mail.behaviour.seconds = 2.0
        until = time.monotonic() + 20
        while len(self.mail.received) == before and time.monotonic() < until:
            time.sleep(0.005)
        if self.mail.received[before:]:
            self.killed_workers += 1
        self.worker.kill()
        self.worker.wait()
        self.mail.behaviour.seconds = 0.0
        self.worker = self.run("manage.py", "work")
        self.let_pass()

    def drop_mail_server(self, seconds: float):
        """Nobody listens for a while."""
        self.mail.controller.stop()
        time.sleep(seconds)
        self.mail.__enter__()
        self.let_pass()

    def let_pass(self):
        """Hours pass for the rows of the outbox: pauses are over, and so are the leases of workers that are gone.

        And those of a row that a worker lost when the database was killed under it: no letter takes so long here.
        """
        alive = f"%-{self.worker.pid}-%"
        self.rows(OUTBOX_DUE, alive)


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append(int(stat.parent.name))
    return found


@contextmanager
def rig(posts: int, site: str = "tests.faults.wsgi", **environment: str):
    """The whole of it, with these settings too; nothing of it is left afterwards."""
    base = Path(tempfile.mkdtemp(prefix="faults-"))
    base.chmod(0o755)
    try:
        with Server() as mail:
            whole = Rig(base / "pg", mail, posts, site, environment)
            try:
                whole.start()
                yield whole
            finally:
                whole.stop()
    finally:
        discard(base / "pg")
        shutil.rmtree(base)
