"""File locks that the kernel releases when a process dies, even by `kill -9`. Standard library, Python 3.8+."""

import contextlib
import fcntl
import os


def open_lock(path):
    """Open `path`, made with its folders at need; return a descriptor that child processes do not inherit."""
    os.makedirs(os.path.dirname(str(path)), exist_ok=True)
    return os.open(str(path), os.O_RDWR | os.O_CREAT, 0o600)


def take(descriptor, shared=False, wait=True):
    """Return False when another process holds the lock and `wait` is False."""
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def exclusive(path):
    """Hold the lock file `path` exclusively in a `with` block; waits for it."""
    descriptor = open_lock(path)
    try:
        take(descriptor)
        yield
    finally:
        os.close(descriptor)


def is_held(path):
    """Whether some process holds the lock file `path`, exclusively or shared."""
    if not os.path.exists(str(path)):
        return False
    descriptor = open_lock(path)
    try:
        return not take(descriptor, wait=False)
    finally:
        os.close(descriptor)
