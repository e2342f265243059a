"""Find a Python that Django runs on, by running the candidates: pyenv's names may lead nowhere.

Standard library only; runs on Python 3.8 and later.
"""

import os
import subprocess
import sys
from pathlib import Path

MINIMUM = (3, 12)  # Django 6.1 needs it
NAMES = ("python3.14", "python3.13", "python3.12", "python3", "python")
# ensurepip is missing from Debian's Python until its venv package is installed.
PROBE = "import sys, venv, ensurepip; print('%d %d' % sys.version_info[:2]); print(getattr(sys, '_base_executable', sys.executable))"


def find_python(root, venv):
    """Return the path of a Python of at least MINIMUM that can make environments; else explain on stderr, return None.

    Candidates inside `venv` count as their base Python. They run in `root`, where pyenv reads .python-version.
    """
    for candidate in candidates():
        version, base = probe(candidate, root) or ((0,), None)
        if version >= MINIMUM and venv.resolve() not in Path(base).resolve().parents:
            return base
    named = os.environ.get("PYTHON")
    sys.stderr.write(
        "This project needs Python {}.{} or newer, with its venv module; this is Python {}.{}.\n"
        "None was found{} on PATH, in pyenv or in uv.\n"
        "Install one (uv python install 3.13, pyenv install 3.13, apt install python3-venv …) or name it: "
        "PYTHON=/path/to/python3 python3 manage.py …\n".format(
            *(MINIMUM + sys.version_info[:2]), f" in $PYTHON ({named})," if named else ""
        )
    )
    return None


def candidates():
    """Yield paths to try, the most deliberate choice first."""
    if os.environ.get("PYTHON"):
        yield os.environ["PYTHON"]
    yield sys.executable
    for name in NAMES:
        for folder in os.get_exec_path():
            if (Path(folder) / name).is_file():
                yield str(Path(folder) / name)
    home = Path(os.path.expanduser("~"))
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv") / "versions"
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or data / "uv" / "python")
    for folder in (pyenv, uv):
        yield from (str(path) for path in sorted(folder.glob("*/bin/python3"), reverse=True))


def probe(python, root):
    """Ask `python` for ((major, minor), path of its base Python); None if it does not run."""
    try:
        done = subprocess.run(
            [python, "-c", PROBE], cwd=str(root), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=30,
        )  # fmt: skip
        version, base = done.stdout.decode().splitlines()
        return tuple(int(part) for part in version.split()), base
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def runs(python):
    """Whether the Python at `python` runs and is new enough."""
    check = f"import sys; sys.exit(sys.version_info[:2] < {MINIMUM!r})"
    try:
        done = subprocess.run([str(python), "-I", "-S", "-c", check], stderr=subprocess.DEVNULL, timeout=30)
        return done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
