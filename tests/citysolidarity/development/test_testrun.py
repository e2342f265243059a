"""`manage.py test`: what pytest is told, and what is said about the tests left out."""

import os
import threading
import time

import pytest

from citysolidarity.development import environment, locks, testrun, testtools


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command with a pytest that only notes its arguments and says 3."""
    told = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(environment, "prepare", lambda root, command: None)
    monkeypatch.setattr(environment, "release_database", lambda: None)
    monkeypatch.setattr(environment, "server", None)
    monkeypatch.setattr(pytest, "main", lambda arguments: told.append(arguments) or pytest.ExitCode.INTERNAL_ERROR)
    monkeypatch.setattr(testtools, "provide", lambda root: {"CHROMIUM": "/a/browser", "VNU_JAR": "/a/jar"})
    monkeypatch.setattr(testtools, "fribidi", lambda: None)
    monkeypatch.setenv("CHROMIUM", "")
    monkeypatch.setenv("VNU_JAR", "")

    def running(*arguments):
        return testrun.run(tmp_path, list(arguments)), told

    return running


def test_pytests_own_exit_code_is_returned(run):
    assert run() == (3, [["-n", "2"]])


@pytest.mark.parametrize(
    "arguments",
    [
        ["-n4"],
        ["-n", "0"],
        ["-p", "no:xdist"],
        ["--pdb"],
        ["tests/citysolidarity/development/test_pythons.py::test_one"],
    ],
)
def test_workers_are_left_to_arguments_that_settle_them(run, arguments):
    assert run(*arguments)[1] == [arguments]


def test_other_arguments_reach_pytest_as_they_are(run):
    assert run("tests/citysolidarity/development", "-k", "a or b", "--maxfail=1")[1] == [
        ["-n", "2", "tests/citysolidarity/development", "-k", "a or b", "--maxfail=1"]
    ]


def test_no_browser_leaves_its_tests_out_and_says_so_before_and_after(run, monkeypatch, capfd):
    monkeypatch.setattr(testtools, "provide", lambda root: pytest.fail("a tool was asked for"))
    assert run("--no-browser")[1] == [["-n", "2", "-m", "not browser"]]
    assert capfd.readouterr().err.splitlines() == [testrun.WITHOUT_BROWSER] * 2


def test_no_browser_narrows_the_markers_asked_for(run):
    assert run("-m", "slow or odd", "--no-browser")[1][0][2:] == ["-m", "(slow or odd) and not browser"]


def test_the_tools_are_named_in_the_environment(run):
    import os

    run()
    assert (os.environ["CHROMIUM"], os.environ["VNU_JAR"]) == ("/a/browser", "/a/jar")


def test_a_missing_tool_stops_the_run_with_its_line(run, monkeypatch, capfd):
    def missing(root):
        raise testtools.ToolMissing("No Chromium.")

    monkeypatch.setattr(testtools, "provide", missing)
    assert run() == (1, [])
    assert capfd.readouterr().err == "No Chromium.\n"


def test_tests_of_one_folder_follow_one_another(run, tmp_path, capfd):
    others = locks.open_lock(tmp_path / "var" / "tests.lock")
    assert locks.take(others)
    threading.Timer(0.3, os.close, [others]).start()
    begun = time.monotonic()
    assert run()[0] == 3 and time.monotonic() - begun > 0.2
    assert capfd.readouterr().err.splitlines() == [testrun.OTHERS_RUN]


def test_containers_run_alone_and_in_their_order(run, monkeypatch):
    monkeypatch.setattr(testtools, "docker", lambda: {"CONTAINER_BASE": "a/base"})
    for name in ("CONTAINER_BASE", "WITH_CONTAINERS"):
        monkeypatch.setenv(name, "")
    alone = ["-n", "0", "--randomly-dont-reorganize", "tests/containers", "-k", "upgrade"]
    assert run("--containers", "-k", "upgrade") == (3, [alone])
    assert testrun.os.environ["CONTAINER_BASE"] == "a/base"


def test_without_an_engine_containers_fail_with_a_sentence(run, monkeypatch, capfd):
    def none():
        raise testtools.ToolMissing("No Docker engine answers.")

    monkeypatch.setattr(testtools, "docker", none)
    assert run("--containers") == (1, [])
    assert capfd.readouterr().err == "No Docker engine answers.\n"
