"""The embedded PostgreSQL shared, stopped and killed in every way, and never left behind."""

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from citysolidarity.development import locks
from citysolidarity.development.postgres import LocalServer
from tests.citysolidarity.development.embedded import (
    ROOT,
    USER,
    answers,
    ask,
    ended,
    is_running,
    server_pid,
    user,
)
from tests.processes import wait_for

pytestmark = pytest.mark.usefixtures("own_options")


def test_the_server_ends_with_its_last_user(folder):
    one, address = user(folder)
    two, same = user(folder)
    assert same == address
    pid = server_pid(folder)
    ended(one)
    assert answers(address)
    ended(two)
    assert not is_running(pid)


def test_a_user_that_was_killed_leaves_no_server_behind(folder):
    process, address = user(folder)
    pid = server_pid(folder)
    ended(process, signal.SIGKILL)
    wait_for(lambda: not is_running(pid))
    wait_for(lambda: not locks.is_held(folder / "keeper.lock"))
    assert not answers(address)


def test_a_server_that_was_killed_comes_back_under_its_users(folder):
    server = LocalServer(folder)
    address = server.acquire()
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Gaziantep' AS city")
    killed = server_pid(folder)
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: answers(address))
    assert server_pid(folder) != killed
    assert ask(address, "SELECT city FROM kept") == "Gaziantep"
    server.release()


def test_after_everything_was_killed_the_next_start_mends_it(folder):
    process, address = user(folder)
    orphan = server_pid(folder)
    os.kill(int((folder / "keeper.lock").read_text()), signal.SIGKILL)
    ended(process, signal.SIGKILL)
    # A killed process keeps its lock until the system has cleared it away.
    wait_for(lambda: not locks.is_held(folder / "keeper.lock"))
    assert is_running(orphan)
    server = LocalServer(folder)
    assert server.acquire() == address
    assert not is_running(orphan)
    pid = server_pid(folder)
    server.release()
    assert not is_running(pid)


def test_a_pid_that_has_passed_to_another_program_is_no_obstacle(folder):
    server = LocalServer(folder)
    server.acquire()
    keeper, data = int((folder / "keeper.lock").read_text()), next(folder.glob("data-*"))
    pid_file = data / "postmaster.pid"
    for pid in (keeper, server_pid(folder)):
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda pid=pid: not is_running(pid))
    stranger = subprocess.Popen(["sleep", "60"], **({"user": "nobody"} if os.geteuid() == 0 else {}))
    pid_file.write_text(pid_file.read_text().replace(pid_file.read_text().split()[0], str(stranger.pid), 1))
    assert answers(server.acquire())
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
    server.release()


def test_simultaneous_first_starts_give_one_server(folder):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", USER, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        for _ in range(4)
    ]
    addresses = {process.stdout.readline().strip() for process in processes}
    assert len(addresses) == 1
    assert answers(addresses.pop())
    assert len(list(folder.glob("data-*"))) == 1
    for process in processes:
        ended(process)
