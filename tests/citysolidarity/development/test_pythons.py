"""Which Python the project is built with: found by running candidates, not by believing their names."""

import os
import sys

import pytest

from citysolidarity.development import pythons


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine whose `python3` is 3.11 and which has no other Python: tests put more on it."""
    place = tmp_path / "a machine"
    for name in ("bin", "home"):
        (place / name).mkdir(parents=True)
    for variable in ("PYTHON", "PYENV_ROOT", "XDG_DATA_HOME", "UV_PYTHON_INSTALL_DIR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(place / "bin"))
    monkeypatch.setenv("HOME", str(place / "home"))
    monkeypatch.setattr(sys, "executable", str(pretend(place / "bin" / "python3", "3 11")))
    return place


def pretend(path, version):
    """Put a program at `path` that answers the probe like a Python of `version`."""
    return script(path, f'echo "{version}"\necho "{path}"')


def script(path, body):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def find(machine):
    return pythons.find_python(machine, machine / ".venv")


def test_a_newer_python_beside_a_python3_of_3_11_is_found(machine):
    newer = pretend(machine / "bin" / "python3.13", "3 13")
    assert find(machine) == str(newer)


def test_a_name_that_leads_nowhere_is_passed_over(machine):
    script(machine / "bin" / "python3.14", "echo 'pyenv: python3.14: command not found' >&2; exit 127")
    pretend(machine / "bin" / "python3.13", "3 9")
    newer = pretend(machine / "bin" / "python3.12", "3 12")
    assert find(machine) == str(newer)


def test_a_python_without_its_venv_module_is_passed_over(machine):
    script(machine / "bin" / "python3.13", "echo \"ModuleNotFoundError: No module named 'ensurepip'\" >&2; exit 1")
    newer = pretend(machine / "bin" / "python3.12", "3 12")
    assert find(machine) == str(newer)


def test_the_python_in_the_variable_comes_before_all_others(machine, monkeypatch):
    pretend(machine / "bin" / "python3.13", "3 13")
    chosen = pretend(machine / "elsewhere" / "mine", "3 12")
    monkeypatch.setenv("PYTHON", str(chosen))
    assert find(machine) == str(chosen)


@pytest.mark.parametrize("place", ["home/.pyenv/versions/3.12.1", "home/.local/share/uv/python/cpython-3.12.1"])
def test_the_pythons_of_pyenv_and_uv_are_found_off_the_path(machine, place):
    found = pretend(machine / place / "bin" / "python3", "3 12")
    assert find(machine) == str(found)


def test_a_python_inside_the_environment_to_be_rebuilt_is_never_chosen(machine, monkeypatch):
    pretend(machine / ".venv" / "bin" / "python3.13", "3 13")
    monkeypatch.setenv("PATH", f"{machine / 'bin'}:{machine / '.venv' / 'bin'}")
    assert find(machine) is None


def test_without_a_suitable_python_three_plain_lines_say_what_to_do(machine, capsys):
    assert find(machine) is None
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert "Python 3.12 or newer" in lines[0]
    assert "pyenv" in lines[1]
    assert "PYTHON=" in lines[2]


def test_the_python_that_runs_these_tests_passes_the_probe(tmp_path):
    version, base = pythons.probe(sys.executable, tmp_path)
    assert version == sys.version_info[:2]
    assert os.path.samefile(base, sys._base_executable)
