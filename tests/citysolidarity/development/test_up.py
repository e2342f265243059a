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

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from citysolidarity.development import locks
from citysolidarity.development.postgres import LocalServer
from citysolidarity.management.commands import up

ROOT = Path(__file__).parents[3]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "media", "staticfiles", "tests", "__pycache__", "*_cache")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of this checkout, with this environment, after its first start; `first` is what that start said."""
    base = tmp_path_factory.mktemp("a city")
    base.chmod(0o755)
    project = base / "the project"
    shutil.copytree(ROOT, project, ignore=LEFT_OUT)
    (project / ".venv").symlink_to(Path(sys.prefix))
    folder = project / "var" / "pg"
    try:
        site = Site(project)
        first = site.wait_until_served()
        site.end(signal.SIGINT)
        yield project, first
    finally:
        LocalServer(folder).stop()
        if (folder / "home").exists():
            shutil.rmtree((folder / "home").read_text())


class Site:
    """A running `manage.py up`."""

    def __init__(self, project, *arguments, **environment):
        self.port = free_port()
        ours = {"DATABASE_URL", "SECRET_KEY", "DEBUG", "DEVELOPMENT", "PGOPTIONS", "DJANGO_SETTINGS_MODULE"}
        bare = {name: value for name, value in os.environ.items() if name not in ours}
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, project / "manage.py", "up", "--port", str(self.port), *arguments],
            env={**bare, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.folder = project / "var" / "pg"

    def wait_until_served(self):
        """Return what was said up to the address."""
        said = ""
        for line in self.process.stdout:
            said += line
            if "The directory is at" in line:
                self.seconds = time.monotonic() - self.began
                return said
        self.process.wait()
        raise AssertionError(f"not served: {said}")

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def end(self, number):
        """End it with a signal; return its exit code and its last words."""
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=30)
        return self.process.returncode, said

    def is_served(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def has_database(self):
        return locks.is_held(self.folder / "keeper.lock")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_the_first_start_loads_the_directory_and_says_where_it_is(checkout):
    _, said = checkout
    assert "Starting the database" in said
    assert re.search(r"Updating the tables: \d+ migrations", said)
    assert "197 practices" in said
    assert re.search(r"The directory is at http://127\.0\.0\.1:\d+/", said)


def test_a_second_start_is_quick_and_loads_nothing_again(checkout):
    site = Site(checkout[0])
    said = site.wait_until_served()
    assert site.seconds < 10
    assert "up to date" in said
    assert "practices" not in said
    assert "Amman" in site.get("/en/practices/?q=Amman")
    site.end(signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_everything_in_good_order(checkout, number):
    site = Site(checkout[0])
    site.wait_until_served()
    assert site.is_served() and site.has_database()
    code, said = site.end(number)
    assert code == 0
    assert "Stopping." in said and "Traceback" not in said
    assert not site.is_served()
    assert not site.has_database()


def test_a_kill_leaves_nothing_behind(checkout):
    site = Site(checkout[0])
    site.wait_until_served()
    site.end(signal.SIGKILL)
    wait_for(lambda: not site.is_served())
    wait_for(lambda: not site.has_database())


def test_the_site_outlives_the_kill_of_its_database(checkout):
    site = Site(checkout[0])
    site.wait_until_served()
    home = Path((site.folder / "home").read_text()) if (site.folder / "home").exists() else site.folder
    os.kill(int(next(home.glob("data-*/postmaster.pid")).read_text().split()[0]), signal.SIGKILL)

    def serves():
        try:
            return "Amman" in site.get("/en/practices/?q=Amman")
        except OSError:
            return False

    wait_for(serves)
    assert site.end(signal.SIGINT)[0] == 0


def test_two_sites_share_the_database_until_the_last_ends(checkout):
    one, two = Site(checkout[0]), Site(checkout[0])
    one.wait_until_served()
    two.wait_until_served()
    one.end(signal.SIGINT)
    assert "Amman" in two.get("/en/practices/?q=Amman")
    two.end(signal.SIGINT)
    assert not two.has_database()


@pytest.mark.django_db
def test_tables_of_before_the_first_release_are_said_in_one_sentence():
    recorder = MigrationRecorder(connection)
    for app, name in recorder.applied_migrations():
        if app in ("practices", "pledges", "citysolidarity"):
            recorder.record_unapplied(app, name)
    recorder.record_applied("practices", "0001_directory")
    with pytest.raises(CommandError, match="var/pg away"):
        up.migrate()


def test_a_busy_port_is_said_in_one_sentence(checkout):
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        port = str(squatter.getsockname()[1])
        site = Site(checkout[0], "--port", port)
        said, _ = site.process.communicate(timeout=30)
    assert site.process.returncode == 1
    assert said.splitlines()[-1].startswith(f"CommandError: Nothing can be served on 127.0.0.1, port {port} (")
    assert "Traceback" not in said
    assert not site.has_database()


def test_a_number_that_is_no_port_is_said_in_one_sentence(checkout):
    said, _ = Site(checkout[0], "--port", "99999").process.communicate(timeout=30)
    assert said.splitlines()[-1] == "CommandError: 99999 is not a port: name one from 1 to 65535 with --port."


def test_a_web_server_that_dies_ends_the_whole_with_a_reason(checkout):
    site = Site(checkout[0])
    site.wait_until_served()
    children = subprocess.run(["pgrep", "-P", str(site.process.pid)], capture_output=True, text=True).stdout.split()
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in children}
    os.kill(next(int(pid) for pid, line in commands.items() if "runserver" in line), signal.SIGKILL)
    said, _ = site.process.communicate(timeout=30)
    assert site.process.returncode == 1
    assert "The web server has ended, exit code -9." in said
    assert not site.has_database()


def test_a_database_of_ones_own_is_used_and_left_running(checkout, tmp_path):
    own = LocalServer(tmp_path / "own")
    address = own.acquire()
    try:
        site = Site(checkout[0], DATABASE_URL=address)
        site.wait_until_served()
        assert not site.has_database()
        assert "Amman" in site.get("/en/practices/?q=Amman")
        site.end(signal.SIGINT)
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT count(*) FROM practices_practice").fetchone() == (197,)
    finally:
        own.stop()
        own.release()
        if (own.directory / "home").exists():
            shutil.rmtree((own.directory / "home").read_text())
