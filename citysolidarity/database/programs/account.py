"""The account of the server: PostgreSQL refuses to run as root, so it runs as `nobody` there."""

import os
import pwd
import subprocess


def server_account():
    """A passwd entry, or None for the caller's own account."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def run_under(account):
    """Arguments of subprocess that run a command under `account`, in a folder that every account can enter."""
    arguments = {"cwd": "/", "stdin": subprocess.DEVNULL}
    if account is None:
        return arguments
    return {**arguments, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def can_enter(account, folder):
    """Try whether `account` reaches `folder`: its mode alone does not tell (ACLs, mounts)."""
    command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
    return subprocess.run(command, stderr=subprocess.DEVNULL, **run_under(account)).returncode == 0


def give(account, path):
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)
