"""The processes that `up` runs beside itself, each a manage.py command: the web server and the worker."""

import os
import subprocess
import sys
from pathlib import Path

from citysolidarity.development import lifeline

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
STOP_SECONDS = 8


class Child:
    """A manage.py command in a process of its own, which ends with this one even after `kill -9`."""

    def __init__(self, name, *arguments, environment=None):
        self.name = name
        read_end, self.write_end = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, MANAGE, *arguments],
            env={**os.environ, **(environment or {}), lifeline.VARIABLE: str(read_end)},
            pass_fds=[read_end],
            stdout=subprocess.DEVNULL,  # Django's banner; requests and errors are written to stderr
        )
        os.close(read_end)

    def has_ended(self):
        return self.process.poll() is not None

    def stop(self):
        """Terminate the process and wait for its end; kill it if that takes longer than STOP_SECONDS."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.write_end)
