"""The real site, served by a process of its own, and what a browser is started with: for tests and for commands."""

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


def set_up() -> None:
    """What manage.py does before a command, for one of the tests: a key, the database, Django, and a browser."""
    import django

    from citysolidarity.development import environment, testtools

    environment.prepare(ROOT, "tests")
    os.environ.update(testtools.browsers())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
    django.setup()


@dataclass(frozen=True)
class Site:
    """A served site: its origin without a slash at the end, and the file it writes its complaints to."""

    origin: str
    log: Path

    def complaints(self) -> str:
        """The errors it wrote down, to be shown when a page fails."""
        return "\n".join(line for line in self.log.read_text("utf-8").splitlines() if '"ERROR"' in line)[-3000:]


@contextmanager
def served_site(today: str = ""):
    """The site with the starter directory while it is needed.

    Where a day ``today`` (ISO 8601) is named, its pages say the same for ever: it lives on that day, at one address.
    """
    frozen = {"TODAY": today, "SITE_URL": "http://solidarity.example"} if today else {}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "site.log"
        with log.open("w") as written:
            server = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", "tests.rig.serve"],
                cwd=ROOT,
                env=os.environ | frozen,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=written,
                text=True,
            )
        try:
            origin = server.stdout.readline().strip()
            assert origin, f"The site did not start:\n{log.read_text('utf-8')}"
            yield Site(origin, log)
        finally:
            server.stdin.close()
            server.wait(timeout=20)
            server.stdout.close()


def launch_options(whole: bool = False) -> dict:
    """How Chromium is started, for playwright: its shell without windows where there is one, unless it is to be ``whole``."""
    quiet = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        "executable_path": (not whole and os.environ.get("CHROMIUM_SHELL")) or os.environ.get("CHROMIUM") or None,
        "args": [*quiet, *as_root, "--disable-sync", "--disable-dev-shm-usage"],
    }
