import shutil
import signal
import tempfile
from pathlib import Path

import pytest

from tests.citysolidarity.development.embedded import discard


@pytest.fixture(autouse=True, scope="session")
def heard_interrupts():
    """A run that a shell put into the background ignores Ctrl-C, and so would all that the tests start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def own_options(monkeypatch):
    """The run's own options would reach these servers too, and let a kill lose what was committed."""
    monkeypatch.delenv("PGOPTIONS", raising=False)


@pytest.fixture
def folder():
    """A folder with a space in its path that every account can enter, as a checkout in /srv is."""
    base = Path(tempfile.mkdtemp(prefix="a city "))
    base.chmod(0o755)
    yield base / "pg"
    discard(base / "pg")
    shutil.rmtree(base)
