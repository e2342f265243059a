"""The embedded PostgreSQL, on clusters of the tests' own: how it starts, what it lets in, where it stands."""

import json
import os
import pwd
import shutil
import socket
import time
from pathlib import Path

import psycopg
import pytest

from citysolidarity.database.programs import binaries
from citysolidarity.database.programs.account import server_account
from citysolidarity.development import locks
from citysolidarity.development.postgres import LocalDatabaseError, LocalServer
from citysolidarity.development.postgres.cluster import home_for, locale_arguments
from tests.citysolidarity.development.embedded import answers, ask, discard, ended, is_running, server_pid, user

pytestmark = pytest.mark.usefixtures("own_options")


def test_a_second_start_is_quick_and_keeps_the_data(folder):
    server = LocalServer(folder)
    first = server.acquire()
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Amman' AS city")
    pid = server_pid(folder)
    server.release()
    assert not is_running(pid)
    began = time.monotonic()
    assert server.acquire() == first
    assert time.monotonic() - began < 5
    assert ask(first, "SELECT city FROM kept") == "Amman"
    server.release()


def test_letters_and_order_do_not_follow_the_callers_language(folder):
    process, address = user(folder, env={**os.environ, "LANG": "tr_TR.UTF-8", "LC_ALL": "C"})
    provider = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = current_database()"
    assert ask(address, "SHOW server_encoding") == "UTF8"
    assert ask(address, "SELECT lower('İSTANBUL ÉVORA I')").endswith("stanbul évora i")
    if int(ask(address, "SHOW server_version_num")) >= 170_000:
        assert ask(address, provider) == "bC.UTF-8"
    ended(process)


def test_the_server_listens_to_this_machine_alone_and_wants_the_password(folder):
    server = LocalServer(folder)
    address = server.acquire()
    assert ask(address, "SHOW listen_addresses") == "127.0.0.1"
    with server.connect(server.port(), "postgres", "postgres") as superuser:
        assert superuser.execute("SHOW unix_socket_directories").fetchone() == ("",)
    assert (folder / "password").stat().st_mode & 0o777 == 0o600
    secret = (folder / "password").read_text()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(address.replace(secret, "guess"))
    assert ask(address, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert ask(address, "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user") is True
    server.release()


def test_the_server_runs_as_nobody_for_root_and_as_oneself_otherwise(folder):
    server = LocalServer(folder)
    server.acquire()
    expected = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
    assert os.stat(f"/proc/{server_pid(folder)}").st_uid == expected
    server.release()


def test_what_nobody_cannot_reach_is_kept_in_a_far_home_for_root_and_in_its_own_otherwise(tmp_path, monkeypatch):
    """As oneself, the server runs under the account that made the folder, which can always enter it."""
    is_root = os.geteuid() == 0
    tmp_path.chmod(0o700)
    package = next(folder.parent.parent for folder in binaries.wheel_folders())
    shutil.copytree(package, tmp_path / package.name)
    shutil.copytree(package.with_name(package.name + ".libs"), tmp_path / f"{package.name}.libs")
    monkeypatch.setattr(binaries, "wheel_folders", lambda: [tmp_path / package.name / "pginstall" / "bin"])
    folder = tmp_path / "var" / "pg"
    try:
        server = LocalServer(folder)
        assert answers(server.acquire())
        home = Path((folder / "home").read_text()) if is_root else home_for(folder, None)
        assert home.parent == (Path("/var/tmp") if is_root else folder.parent)
        assert (home / f"data-{binaries.find_binaries().major}").is_dir()
        assert not tmp_path.stat().st_mode & 0o077  # no door was opened on the way
        server.release()
        address = server.acquire()
        assert answers(address)
        assert is_root == (folder / "home").exists()
        assert not is_root or Path((folder / "home").read_text()) == home
        server.release()
    finally:
        discard(folder)


def test_an_ordinary_user_has_a_server_of_the_same_kind(folder):
    if os.geteuid() != 0:
        prefix, uid = (), os.geteuid()  # these tests run as one
    else:
        nobody = server_account()
        uid = nobody.pw_uid
        folder.parent.chmod(0o777)
        # The capability to read everywhere lets the account run a Python that lies in root's home.
        prefix = ["setpriv", f"--reuid={uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
        prefix += ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    process, address = user(folder, *prefix)
    assert answers(address)
    assert os.stat(f"/proc/{process.pid}").st_uid == uid
    assert os.stat(f"/proc/{server_pid(folder)}").st_uid == uid
    assert next(folder.glob("data-*")).stat().st_uid == uid
    pid = server_pid(folder)
    ended(process)
    assert not is_running(pid)


def test_an_explicit_stop_ends_the_server_under_its_users(folder):
    process, address = user(folder)
    assert LocalServer(folder).stop() is True
    assert not answers(address)
    assert LocalServer(folder).stop() is False
    ended(process)


def test_a_port_taken_in_the_meantime_is_changed_for_another(folder):
    server = LocalServer(folder)
    address = server.acquire()
    server.release()
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", server.port()))
        squatter.listen()
        other = server.acquire()
        assert other != address
        assert answers(other)
    server.release()


def test_a_folder_of_another_user_is_named_in_one_sentence(folder, monkeypatch):
    folder.mkdir()

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(locks, "open_lock", refuse)
        with pytest.raises(LocalDatabaseError, match=r"start\.lock belongs to another user: remove"):
            LocalServer(folder).acquire()


class TestSystemPackages:
    """A machine without the wheel: the newest PostgreSQL of the system, if it is new enough."""

    @pytest.fixture
    def system(self, tmp_path, monkeypatch):
        monkeypatch.setattr(binaries, "wheel_folders", list)
        monkeypatch.setattr(binaries, "SYSTEM_FOLDERS", str(tmp_path / "postgresql" / "*" / "bin"))
        return tmp_path / "postgresql"

    def install(self, system, major):
        programs = system / str(major) / "bin"
        programs.mkdir(parents=True)
        for name in ("postgres", "initdb"):
            (programs / name).write_text(f'#!/bin/sh\necho "{name} (PostgreSQL) {major}.4 (Debian {major}.4-1)"\n')
            (programs / name).chmod(0o755)
        return programs

    def test_the_newest_is_taken(self, system):
        for major in (9, 15, 17):
            programs = self.install(system, major)
        assert binaries.find_binaries() == (programs, 17)

    def test_one_that_is_too_old_is_not_taken(self, system, folder):
        self.install(system, 14)
        assert binaries.find_binaries() is None
        with pytest.raises(LocalDatabaseError, match="No PostgreSQL was found: install postgresql"):
            LocalServer(folder).acquire()

    def test_versions_before_17_get_the_locale_they_know(self):
        assert all("provider" not in argument for argument in locale_arguments(16))
        assert "--builtin-locale=C.UTF-8" in locale_arguments(17)


def test_the_secret_never_stands_in_a_command_line(folder):
    server = LocalServer(folder)
    server.acquire()
    keeper = int((folder / "keeper.lock").read_text())
    lines = [Path(f"/proc/{pid}/cmdline").read_text() for pid in (keeper, server_pid(folder))]
    assert json.loads(lines[0].split("\0")[-2])["directory"] == str(folder)
    assert all((folder / "password").read_text() not in line for line in lines)
    server.release()
