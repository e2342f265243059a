"""The files of the embedded PostgreSQL: its password, its data, and where they may lie."""

import locale
import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from citysolidarity.database.programs import account as accounts
from citysolidarity.database.programs.binaries import reachable

SUPERUSER = "postgres"
FAR_HOMES = "/var/tmp"  # noqa: S108 - survives a restart, unlike /tmp; mkdtemp makes a private folder in it


def home_for(directory, account):
    """The folder for the data: `directory` itself, or another one if `account` cannot reach it."""
    if account is None:
        return directory
    directory.chmod(0o711)
    if accounts.can_enter(account, directory):
        return directory
    note = directory / "home"
    if note.exists() and (home := Path(note.read_text())).is_dir() and home.stat().st_uid == os.geteuid():
        return home
    home = Path(tempfile.mkdtemp(prefix="citysolidarity-", dir=FAR_HOMES))
    home.chmod(0o711)
    note.write_text(str(home))
    return home


def password(directory):
    """The password in `directory`, which is made at first need and readable by its owner alone."""
    path = directory / "password"
    if not path.exists():
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text()


def prepare(directory, binaries, account):
    """Make the cluster at first need; return (folder of the programs, folder of the data). Raises CalledProcessError."""
    home = home_for(directory, account)
    binaries = reachable(binaries, account, home)
    data = home / f"data-{binaries.major}"
    if not data.exists():
        unfinished = home / "data-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        accounts.give(account, unfinished)
        initialise(binaries, unfinished, password(directory), account)
        unfinished.rename(data)
    return binaries.folder, data


def initialise(binaries, data, secret, account):
    secret_file = data.with_name("data-password")
    secret_file.unlink(missing_ok=True)
    with open(os.open(secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret)
    accounts.give(account, secret_file)
    command = [
        *[binaries.folder / "initdb", "-D", data, f"--username={SUPERUSER}", f"--pwfile={secret_file}"],
        *["--auth=scram-sha-256", "--encoding=UTF8", "--no-sync", *locale_arguments(binaries.major)],
    ]
    try:
        subprocess.run(
            command,
            env={"PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC", "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
            **accounts.run_under(account),
        )
    finally:
        secret_file.unlink()


def locale_arguments(major):
    """The same order and case rules whatever the caller's LANG.

    The system's C.UTF-8, if there is one, is used by the full-text parser to tell letters from punctuation.
    """
    system = "--locale=C.UTF-8" if has_utf8_c_locale() else "--no-locale"
    return [system] if major < 17 else [system, "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


def has_utf8_c_locale():
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return False
    locale.setlocale(locale.LC_CTYPE, before)
    return True
