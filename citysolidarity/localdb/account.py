"""The account PostgreSQL runs under: it refuses to run as root, so `nobody` takes over there."""

import os
import pwd
import subprocess


def server_account():
    """Return the passwd entry to run the server under, or None for the caller's own account."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def run_under(account):
    """Return the subprocess arguments that start a command under `account`, in a folder every account can enter."""
    here = {"cwd": "/", "stdin": subprocess.DEVNULL}
    if account is None:
        return here
    return {**here, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def can_enter(account, folder):
    """Say whether `account` reaches `folder`: tried out, because modes alone do not tell (ACLs, mounts)."""
    command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
    return subprocess.run(command, stderr=subprocess.DEVNULL, **run_under(account)).returncode == 0


def give(account, path):
    """Make `account` the owner of `path`; nothing to do for the caller's own account."""
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)
