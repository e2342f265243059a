"""Keep one PostgreSQL server running for as long as somebody holds `users.lock`; then stop it and leave.

Run by path in a Python of its own (`python -I -S keeper.py …`), so that it starts in an instant and survives its starter.
Standard library only, and nothing of ours. Argument: a JSON object with `directory`, `data`, `command`, `uid` and `gid`.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time

PULSE = 0.1  # seconds between two looks at the users and the server
PATIENCE = 20.0  # seconds of failed starts in a row before giving up; killed servers leave memory behind for a moment
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT  # PostgreSQL's own shutdown modes


def main(settings):
    """Take the keeper's lock, leave the starter's session, keep the server."""
    directory = settings["directory"]
    keeper_lock = open_lock(directory, "keeper.lock")
    if not try_lock(keeper_lock):
        return
    if os.fork():
        os._exit(0)  # the lock stays with the child
    os.setsid()
    os.ftruncate(keeper_lock, 0)
    os.pwrite(keeper_lock, str(os.getpid()).encode(), 0)
    users_lock = open_lock(directory, "users.lock")
    asked = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: asked.append(True))
    keep(settings, lambda: bool(asked) or try_lock(users_lock))
    # In this order: who gets the users' lock next must find the keeper's lock free.
    os.close(keeper_lock)
    os.close(users_lock)


def keep(settings, must_stop):
    """Run the server until `must_stop()`; start it again whenever it ends by itself."""
    last_good = time.monotonic()
    while not must_stop() and time.monotonic() - last_good < PATIENCE:
        stop_orphan(settings["data"])
        server = start(settings)
        began = time.monotonic()
        while server.poll() is None:
            if must_stop():
                stop(server)
                return
            time.sleep(PULSE)
        if time.monotonic() - began > 2:
            last_good = time.monotonic()
        time.sleep(PULSE)


def start(settings):
    """Start the server with its messages in the log that this process inherited."""
    account = {}
    if settings["uid"] is not None:
        account = {"user": settings["uid"], "group": settings["gid"], "extra_groups": []}
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    return subprocess.Popen(settings["command"], cwd="/", env=environment, stdin=subprocess.DEVNULL, **account)


def stop(server):
    """Stop the server: first in good order, then without waiting for anybody, then by force."""
    for number, seconds in ((FAST, 8), (IMMEDIATE, 4), (signal.SIGKILL, 2)):
        server.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(seconds)
            return


def stop_orphan(data):
    """Stop a server left over from a keeper that was killed; do nothing when there is none.

    The pid file of a dead server stays: through it PostgreSQL notices processes of that server which still write. Only
    where its number has passed to another program, which PostgreSQL would take for a server, is it removed.
    """
    pid_file = os.path.join(data, "postmaster.pid")
    with contextlib.suppress(OSError, ValueError):
        with open(pid_file) as file:
            pid = int(file.readline())
        os.kill(pid, 0)
        if not is_server(pid, data):
            os.unlink(pid_file)
            return
        for number in (FAST, IMMEDIATE):
            os.kill(pid, number)
            for _ in range(50):
                if not is_server(pid, data):
                    return
                time.sleep(PULSE)


def is_server(pid, data):
    """Say whether the process `pid` is a PostgreSQL server on the folder `data`."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return os.fsencode(data) in file.read().split(b"\0")
    except OSError:
        if os.path.exists("/proc/self/cmdline"):
            return False
    listing = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True)
    return data in listing.stdout


def open_lock(directory, name):
    """Open the lock file `name`; the descriptor is not inherited by the server."""
    return os.open(os.path.join(directory, name), os.O_RDWR | os.O_CREAT, 0o600)


def try_lock(descriptor):
    """Take the lock alone if nobody holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
