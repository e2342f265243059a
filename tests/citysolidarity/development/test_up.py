"""`manage.py up` as a person meets it: in a checkout of its own, on a path with a space, until Ctrl-C or worse."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from citysolidarity.development import locks
from citysolidarity.development.postgres import LocalServer
from citysolidarity.management.commands import up
from tests.processes import free_port, is_served, wait_for
from tests.rig import databases

ROOT = Path(__file__).parents[3]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "media", "staticfiles", "tests", "__pycache__", "*_cache")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of this checkout, with this environment, and its first start, which was ended by Ctrl-C."""
    base = tmp_path_factory.mktemp("a city")
    base.chmod(0o755)
    project = base / "the project"
    shutil.copytree(ROOT, project, ignore=LEFT_OUT)
    (project / ".venv").symlink_to(Path(sys.prefix))
    folder = project / "var" / "pg"
    try:
        first = Site(project)
        first.wait_until_served()
        yield Checkout(project, first, first.end(signal.SIGINT))
    finally:
        LocalServer(folder).stop()
        if (folder / "home").exists():
            shutil.rmtree((folder / "home").read_text())


@pytest.fixture(scope="module")
def left():
    """The sites that tests have left running: one at most."""
    sites = []
    yield sites
    for site in sites:
        site.end(signal.SIGINT)


@pytest.fixture
def site(checkout, left):
    """One that is not the first, and serves: as the last test has left it, if it has."""
    if not left or left[0].process.poll() is not None:
        left[:] = [Site(checkout.project)]
        left[0].wait_until_served()
    return left[0]


@pytest.fixture
def nobody_else(left):
    """No other site uses the database."""
    for site in left:
        if site.process.poll() is None:
            site.end(signal.SIGINT)


class End(NamedTuple):
    """How a site ended; ``before`` and ``after`` are whether it was served, and whether its database ran."""

    before: tuple[bool, bool]
    code: int
    said: str
    after: tuple[bool, bool]


class Site:
    """A running `manage.py up`. Its worker does not embed the directory, which takes half a core for minutes."""

    def __init__(self, project, *arguments, **environment):
        self.port = free_port()
        ours = {"DATABASE_URL", "SECRET_KEY", "DEBUG", "DEVELOPMENT", "PGOPTIONS", "DJANGO_SETTINGS_MODULE"}
        bare = {name: value for name, value in os.environ.items() if name not in ours}
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, project / "manage.py", "up", "--port", str(self.port), *arguments],
            env={**bare, "CLOSE_IN_MEANING": "0", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.folder = project / "var" / "pg"

    def wait_until_served(self):
        """``said`` is then what was said up to the address, and ``seconds`` how long it took."""
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "The directory is at" in line:
                self.seconds = time.monotonic() - self.began
                return
        self.process.wait()
        raise AssertionError(f"not served: {self.said}")

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def end(self, number):
        """End it with a signal."""
        before = self.is_served(), self.has_database()
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=30)
        return End(before, self.process.returncode, said, (self.is_served(), self.has_database()))

    def is_served(self):
        return is_served(self.port)

    def has_database(self):
        return locks.is_held(self.folder / "keeper.lock")


class Checkout(NamedTuple):
    project: Path
    first: Site
    end: End


def test_the_first_start_loads_the_directory_and_says_where_it_is(checkout):
    said = checkout.first.said
    assert "Starting the database" in said
    assert re.search(r"Updating the tables: \d+ migrations", said)
    assert "197 practices" in said
    assert re.search(r"The directory is at http://127\.0\.0\.1:\d+/", said)


def test_a_second_start_is_quick_and_loads_nothing_again(site):
    assert site.seconds < 10
    assert "up to date" in site.said
    assert "practices" not in site.said
    assert "Amman" in site.get("/en/practices/?q=Amman")


def test_a_stop_ends_everything_in_good_order(checkout, site):
    for end in (checkout.end, site.end(signal.SIGTERM)):
        assert end.before == (True, True)
        assert end.code == 0
        assert "Stopping." in end.said and "Traceback" not in end.said
        assert end.after == (False, False)


def test_a_kill_leaves_nothing_behind(site):
    site.end(signal.SIGKILL)
    wait_for(lambda: not site.is_served())
    wait_for(lambda: not site.has_database())


def test_the_site_outlives_the_kill_of_its_database(site):
    home = Path((site.folder / "home").read_text()) if (site.folder / "home").exists() else site.folder
    killed = next(home.glob("data-*/postmaster.pid"))
    os.kill(int(killed.read_text().split()[0]), signal.SIGKILL)

    def is_ready():  # a page might come from memory, or be a copy from before
        try:
            return '"database": "ok"' in site.get("/health/ready")
        except OSError:
            return False

    wait_for(lambda: not is_ready())
    wait_for(is_ready)
    assert "Amman" in site.get("/en/practices/?q=Amman")
    assert site.end(signal.SIGINT).code == 0


def test_two_sites_share_the_database_until_the_last_ends(checkout, site):
    other = Site(checkout.project)
    other.wait_until_served()
    site.end(signal.SIGINT)
    assert "Amman" in other.get("/en/practices/?q=Amman")
    assert other.end(signal.SIGINT).after == (False, False)


@pytest.mark.django_db
def test_tables_of_before_the_first_release_are_said_in_one_sentence():
    recorder = MigrationRecorder(connection)
    for app, name in recorder.applied_migrations():
        if app in ("practices", "pledges", "citysolidarity"):
            recorder.record_unapplied(app, name)
    recorder.record_applied("practices", "0001_directory")
    with pytest.raises(CommandError, match="var/pg away"):
        up.migrate()


def test_a_busy_port_is_said_in_one_sentence(checkout, nobody_else):
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        port = str(squatter.getsockname()[1])
        site = Site(checkout.project, "--port", port)
        said, _ = site.process.communicate(timeout=30)
    assert site.process.returncode == 1
    assert said.splitlines()[-1].startswith(f"CommandError: Nothing can be served on 127.0.0.1, port {port} (")
    assert "Traceback" not in said
    assert not site.has_database()


def test_a_number_that_is_no_port_is_said_in_one_sentence(checkout):
    said, _ = Site(checkout.project, "--port", "99999").process.communicate(timeout=30)
    assert said.splitlines()[-1] == "CommandError: 99999 is not a port: name one from 1 to 65535 with --port."


def test_a_web_server_that_dies_ends_the_whole_with_a_reason(site):
    children = subprocess.run(["pgrep", "-P", str(site.process.pid)], capture_output=True, text=True).stdout.split()
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in children}
    os.kill(next(int(pid) for pid, line in commands.items() if "runserver" in line), signal.SIGKILL)
    said, _ = site.process.communicate(timeout=30)
    assert site.process.returncode == 1
    assert "The web server has ended, exit code -9." in said
    assert not site.has_database()


def test_a_database_of_ones_own_is_used_and_left_running(checkout, nobody_else):
    name = f"test_own_of_up_{os.getpid()}"
    databases.create(name, "migrated")
    address = databases.address(name)
    try:
        site = Site(checkout.project, DATABASE_URL=address)
        site.wait_until_served()
        assert not site.has_database()
        assert "Amman" in site.get("/en/practices/?q=Amman")
        assert site.end(signal.SIGINT).code == 0
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT count(*) FROM practices_practice").fetchone() == (197,)
    finally:
        databases.drop(name)
