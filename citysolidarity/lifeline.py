"""A child process that ends with its parent, even when the parent gets `kill -9`.

The parent keeps one end of a pipe open for as long as it lives; the child, seeing the pipe end, stops itself.
"""

import os
import signal
import threading
import time

VARIABLE = "CITYSOLIDARITY_LIFELINE"
GRACE = 5  # seconds for an orderly stop


def hold():
    """Watch the parent named in the environment, if any; called first thing by manage.py."""
    descriptor = os.environ.get(VARIABLE)
    if descriptor:
        threading.Thread(target=end_with_parent, args=[int(descriptor)], daemon=True).start()


def end_with_parent(descriptor):
    """Wait for the end of the pipe, then stop this process: orderly, else hard."""
    os.read(descriptor, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
