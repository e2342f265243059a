"""The short form of the faults; the long one is ``python -m tests.faults``, see docs/reliability.md."""

import pytest

from tests.faults.story import play

POSTS = 56


@pytest.fixture(autouse=True)
def own_options(monkeypatch):
    """The run's own options would let a kill lose what was committed."""
    monkeypatch.delenv("PGOPTIONS", raising=False)


def test_nothing_acknowledged_is_lost_or_doubled_whatever_is_killed():
    report = play(POSTS, web=3, database=2, worker=1, mail=1)
    assert not report.troubles, report
    assert report.outcomes["503 with the typed text"], report
    assert sum(report.faults.values()) == 7 and report.killed_workers == 1
    assert report.rows == POSTS and report.letters_sent == POSTS + report.second_copies
