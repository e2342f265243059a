"""The short form of ``python -m tests.faults.every_form``."""

import pytest

from tests.faults.every_form import play
from tests.faults.ledger import ACTS

EACH = 5


@pytest.fixture(autouse=True)
def own_options(monkeypatch):
    """The run's own options would let a kill lose what was committed."""
    monkeypatch.delenv("PGOPTIONS", raising=False)


def test_every_public_form_is_done_once_whatever_is_killed():
    outcome = play(EACH, web=3, database=2, worker=1, mail=1)
    assert not outcome.troubles, outcome
    assert outcome.acknowledged == dict.fromkeys(ACTS, EACH), outcome
    assert sum(outcome.faults.values()) == 7
