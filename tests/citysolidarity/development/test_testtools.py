"""The browser and the HTML checker: found, installed, or missed in one clear line. No test here reaches a network."""

import hashlib
import io
import os
import sys
import tarfile

import pytest

from citysolidarity.development import testtools

RUNS = "exit 0"
BROKEN = "echo 'requires the chromium snap to be installed' >&2; exit 1"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """An ordinary user's machine with nothing on its path but a shell and a cat."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "cat", "cp", "chmod"):
        (programs / name).symlink_to(f"/bin/{name}")
    monkeypatch.setenv("PATH", str(programs))
    for variable in ("CHROMIUM", "VNU_JAR", "OPENAPI_LINTER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    # playwright's own browser may lie on the machine that runs these tests.
    monkeypatch.setattr(sys, "executable", str(script(programs / "python", "exit 1")))
    return programs


def script(path, body):
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def jar_of(monkeypatch, content):
    """Make `content` the jar these tests expect."""
    monkeypatch.setattr(testtools, "CHECKER_SHA256", hashlib.sha256(content).hexdigest())


def npm_that_packs(machine, content):
    """Put an npm on the path that packs `content` for the checker's jar, and counts its runs."""
    package = machine / "vnu.tgz"
    with tarfile.open(package, "w:gz") as archive:
        member = tarfile.TarInfo(testtools.CHECKER_MEMBER)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    # npm pack <package> --silent --ignore-scripts --pack-destination <folder>
    return script(machine / "npm", f'cp "{package}" "$6/"; echo run >> "{machine}/npm-runs"')


def test_the_first_browser_that_runs_is_taken(machine):
    script(machine / "chromium", BROKEN)
    found = script(machine / "google-chrome", RUNS)
    assert testtools.chromium() == str(found)


def test_a_browser_named_in_the_environment_comes_first(machine, monkeypatch):
    script(machine / "chromium", RUNS)
    named = script(machine / "my browser", RUNS)
    monkeypatch.setenv("CHROMIUM", str(named))
    assert testtools.chromium() == str(named)


def test_a_named_browser_that_does_not_run_is_said_so(machine, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(script(machine / "my browser", BROKEN)))
    with pytest.raises(testtools.ToolMissing, match="my browser, which does not run"):
        testtools.chromium()


def test_root_gets_debians_browser(machine, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    install = f'if [ "$1" = install ]; then cp "{script(machine / "package", RUNS)}" "{machine}/chromium"; fi'
    script(machine / "apt-get", f'echo "$@" >> "{machine}/asked"; {install}')
    assert testtools.chromium() == str(machine / "chromium")
    assert (machine / "asked").read_text().splitlines() == [
        "update -qq",
        "install -y -qq chromium",
        "install -y -qq chromium-headless-shell",
    ]


def test_the_shell_without_windows_is_taken_where_it_runs_and_no_browser_is_named(machine, monkeypatch):
    browser = str(script(machine / "chromium", RUNS))
    assert testtools.browsers() == {"CHROMIUM": browser, "CHROMIUM_SHELL": ""}
    shell = str(script(machine / "chromium-headless-shell", RUNS))
    assert testtools.browsers() == {"CHROMIUM": browser, "CHROMIUM_SHELL": shell}
    monkeypatch.setenv("CHROMIUM", browser)
    assert testtools.browsers() == {"CHROMIUM": browser, "CHROMIUM_SHELL": ""}


def test_an_ordinary_user_gets_playwrights_browser(machine):
    browser = machine / "playwright's chromium"
    installed = f'if [ "$1" = -m ]; then cp "{machine}/package" "{browser}"; else echo "{browser}"; fi'
    script(machine / "package", RUNS)
    script(machine / "apt-get", "exit 1")
    script(machine / "python", installed)
    assert testtools.chromium() == str(browser)


def test_where_no_browser_can_be_had_one_line_names_the_ways_out(machine):
    with pytest.raises(testtools.ToolMissing) as missing:
        testtools.chromium()
    assert "--no-browser" in str(missing.value)
    assert "\n" not in str(missing.value)


def test_the_checker_is_fetched_once(machine, tmp_path, monkeypatch):
    script(machine / "java", RUNS)
    jar_of(monkeypatch, b"the checker")
    npm_that_packs(machine, b"the checker")
    first = testtools.html_checker(tmp_path / "tools")
    assert testtools.html_checker(tmp_path / "tools") == first
    assert (machine / "npm-runs").read_text().split() == ["run"]
    assert [path.name for path in (tmp_path / "tools").iterdir()] == ["vnu-jar-26.9.27.jar"]


def test_a_damaged_checker_is_fetched_again(machine, tmp_path, monkeypatch):
    script(machine / "java", RUNS)
    jar_of(monkeypatch, b"the checker")
    npm_that_packs(machine, b"the checker")
    (tmp_path / "vnu-jar-26.9.27.jar").write_bytes(b"half of")
    with open(testtools.html_checker(tmp_path), "rb") as jar:
        assert jar.read() == b"the checker"


def test_another_checker_than_the_pinned_one_is_refused(machine, tmp_path, monkeypatch):
    script(machine / "java", RUNS)
    jar_of(monkeypatch, b"the checker")
    npm_that_packs(machine, b"something else")
    with pytest.raises(testtools.ToolMissing, match="--no-browser"):
        testtools.html_checker(tmp_path)


def test_without_java_one_line_says_so(machine, tmp_path):
    with pytest.raises(testtools.ToolMissing, match=r"needs Java.*--no-browser"):
        testtools.html_checker(tmp_path)


def test_root_gets_debians_java(machine, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    jar_of(monkeypatch, b"the checker")
    npm_that_packs(machine, b"the checker")
    script(machine / "package", RUNS)
    script(machine / "apt-get", f'if [ "$4" = default-jre-headless ]; then cp "{machine}/package" "{machine}/java"; fi')
    assert testtools.html_checker(tmp_path).endswith(".jar")


def npm_that_packs_a_linter(machine, monkeypatch, genuine=True):
    package = machine / "linter.tgz"
    with tarfile.open(package, "w:gz") as archive:
        member = tarfile.TarInfo(testtools.LINTER_MEMBER)
        member.size = len(b"the linter")
        archive.addfile(member, io.BytesIO(b"the linter"))
    if genuine:
        monkeypatch.setattr(testtools, "LINTER_SHA256", hashlib.sha256(package.read_bytes()).hexdigest())
    script(machine / "npm", f'cp "{package}" "$6/"; echo run >> "{machine}/npm-runs"')


def test_the_linter_is_fetched_once(machine, tmp_path, monkeypatch):
    script(machine / "node", RUNS)
    npm_that_packs_a_linter(machine, monkeypatch)
    first = testtools.openapi_linter(tmp_path)
    assert testtools.openapi_linter(tmp_path) == first and first.endswith("2.77.0/package/bin/cli.js")
    with open(first, "rb") as program:
        assert program.read() == b"the linter"
    assert (machine / "npm-runs").read_text().split() == ["run"]


def test_another_linter_than_the_pinned_one_and_an_old_node_are_refused(machine, tmp_path, monkeypatch):
    npm_that_packs_a_linter(machine, monkeypatch, genuine=False)
    with pytest.raises(testtools.ToolMissing, match=r"brought no linter.*--no-browser"):
        testtools.openapi_linter(tmp_path)
    npm_that_packs_a_linter(machine, monkeypatch)
    script(machine / "node", BROKEN)
    with pytest.raises(testtools.ToolMissing, match=r"needs Node\.js.*--no-browser"):
        testtools.openapi_linter(tmp_path)


@pytest.mark.parametrize(
    ("library", "as_root", "installed"),
    [(None, True, ["libfribidi0"]), (None, False, []), ("libfribidi.so.0", True, [])],
)
def test_fribidi_is_installed_where_it_is_missing_and_can_be(monkeypatch, library, as_root, installed):
    asked = []
    monkeypatch.setattr("ctypes.util.find_library", lambda name: library)
    monkeypatch.setattr(testtools, "can_install_packages", lambda: as_root)
    monkeypatch.setattr(testtools, "install_package", asked.append)
    testtools.fribidi()
    assert asked == installed


def test_docker_is_missed_in_one_line_each(machine, monkeypatch):
    monkeypatch.delenv("CONTAINER_BASE", raising=False)
    with pytest.raises(testtools.ToolMissing, match="No Docker engine answers"):
        testtools.docker()
    docker = script(machine / "docker", '[ "$1" != compose ] && [ "$1" != image ]')
    with pytest.raises(testtools.ToolMissing, match="Docker has no Compose"):
        testtools.docker()
    script(machine / "docker-compose", RUNS)
    with pytest.raises(testtools.ToolMissing, match=r"build on python:3\.13-slim or debian:trixie-slim: pull it"):
        testtools.docker()
    script(docker, '[ "$1" != image ] || [ "$3" = debian:trixie-slim ]')
    assert testtools.docker() == {"CONTAINER_BASE": "debian:trixie-slim"}
    monkeypatch.setenv("CONTAINER_BASE", "another")
    with pytest.raises(testtools.ToolMissing, match="build on another: pull it"):
        testtools.docker()
