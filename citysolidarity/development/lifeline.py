"""A child process that ends with its parent, even after `kill -9`: it stops itself when the parent's pipe is closed."""

import os
import signal
import threading
import time

VARIABLE = "CITYSOLIDARITY_LIFELINE"
GRACE = 5  # seconds for an orderly stop


def hold():
    """Watch the parent named in the environment, if any. manage.py calls this first."""
    descriptor = os.environ.get(VARIABLE)
    if descriptor:
        threading.Thread(target=end_with_parent, args=[int(descriptor)], daemon=True).start()


def end_with_parent(descriptor):
    """Wait for the end of the pipe, then terminate this process, and kill it after GRACE."""
    os.read(descriptor, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
