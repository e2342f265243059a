"""Keep one PostgreSQL server running as long as a process holds `users.lock`; then stop it and exit.

Run by path in a Python of its own (`python -I -S keeper.py …`), so that it starts at once and outlives its starter.
Standard library only, no import of ours. Argument: a JSON object with `directory`, `data`, `command`, `uid` and `gid`.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time

PULSE = 0.1  # seconds between two checks of the users and the server
PATIENCE = 20.0  # seconds of failed starts before giving up; a killed server holds shared memory for a moment
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT  # PostgreSQL's own shutdown modes


def main(settings):
    """Take the keeper's lock and leave the starter's session."""
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
    signals = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: signals.append(True))
    keep(settings, lambda: bool(signals) or try_lock(users_lock))
    # In this order: whoever takes the users' lock next must find the keeper's lock free.
    os.close(keeper_lock)
    os.close(users_lock)


def keep(settings, must_stop):
    """Run the server until `must_stop()`; restart it whenever it ends by itself."""
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
    account = {}
    if settings["uid"] is not None:
        account = {"user": settings["uid"], "group": settings["gid"], "extra_groups": []}
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    return subprocess.Popen(settings["command"], cwd="/", env=environment, stdin=subprocess.DEVNULL, **account)


def stop(server):
    """Try a fast shutdown, then an immediate one, then kill the server."""
    for number, seconds in ((FAST, 8), (IMMEDIATE, 4), (signal.SIGKILL, 2)):
        server.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(seconds)
            return


def stop_orphan(data):
    """Stop the server of a keeper that was killed, if there is one.

    The pid file of a dead server must stay: by it PostgreSQL notices that processes of that server still write. It is
    removed only where another program has its number now, which PostgreSQL would take for a server.
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
    """Whether the process `pid` is a PostgreSQL server on the folder `data`."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return os.fsencode(data) in file.read().split(b"\0")
    except OSError:
        if os.path.exists("/proc/self/cmdline"):
            return False
    listing = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True)
    return data in listing.stdout


def open_lock(directory, name):
    return os.open(os.path.join(directory, name), os.O_RDWR | os.O_CREAT, 0o600)


def try_lock(descriptor):
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
