"""The processes that `up` runs beside itself, each a manage.py command: the web server and the worker."""

import os
import subprocess
import sys
from pathlib import Path

from citysolidarity import lifeline

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
STOP_SECONDS = 8


class Child:
    """A manage.py command running in a process of its own that ends with this one, whatever ends this one."""

    def __init__(self, name, *arguments, environment=None):
        self.name = name
        held, self.kept = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, MANAGE, *arguments],
            env={**os.environ, **(environment or {}), lifeline.VARIABLE: str(held)},
            pass_fds=[held],
            stdout=subprocess.DEVNULL,  # Django's banner; requests and errors are written to stderr
        )
        os.close(held)

    def has_ended(self):
        """Say whether the process has ended."""
        return self.process.poll() is not None

    def stop(self):
        """End the process, in good order if it can, and wait for its end."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.kept)
