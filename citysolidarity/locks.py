"""File locks kept by the kernel: a process that dies, even by `kill -9`, lets go of them. Standard library, Python 3.8+."""

import contextlib
import fcntl
import os


def open_lock(path):
    """Open (and make, with its folders) the lock file `path`; return a descriptor that child processes do not inherit."""
    os.makedirs(os.path.dirname(str(path)), exist_ok=True)
    return os.open(str(path), os.O_RDWR | os.O_CREAT, 0o600)


def take(descriptor, shared=False, wait=True):
    """Lock `descriptor`, exclusively unless `shared`. Return False when not waiting and somebody else holds it."""
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def exclusive(path):
    """Hold the lock file `path` alone for the length of a `with` block, waiting for it if need be."""
    descriptor = open_lock(path)
    try:
        take(descriptor)
        yield
    finally:
        os.close(descriptor)


def is_held(path):
    """Say whether some process holds the lock file `path`, alone or shared. A missing file is held by nobody."""
    if not os.path.exists(str(path)):
        return False
    descriptor = open_lock(path)
    try:
        return not take(descriptor, wait=False)
    finally:
        os.close(descriptor)
