"""How far a replica is behind, and when that takes it out."""

import pytest

from citysolidarity.database.lag import KNOWN, Log
from citysolidarity.database.replicas import Replica
from tests.citysolidarity.test_env import start

LIMIT = 10


@pytest.fixture
def log():
    """The primary wrote at seconds 0 and 4, and has had nothing to write since."""
    found = Log()
    for now, place in ((0, 100), (4, 200), (20, 200)):
        found.note(place, now)
    return found


@pytest.mark.parametrize(
    ("place", "seconds"),
    [(50, 20), (100, 16), (150, 16), (200, 0), (300, 0)],
    ids=["from before", "all but the last", "half of it", "all", "more than we know"],
)
def test_a_replica_is_behind_since_the_primary_had_more(log, place, seconds):
    assert log.lag(place, 20) == seconds


def test_nobody_knows_while_the_primary_is_away(log):
    assert log.lag(50, 20 + KNOWN + 1) is None


def test_another_primary_is_not_measured_by_the_former_ones_log(log):
    log.note(150, 21)
    assert log.lag(150, 21) == 0


def test_it_is_out_while_it_is_late_or_lost_and_comes_back_by_itself():
    replica = Replica("replica-1", LIMIT)
    seen = [replica.is_in]
    for what in (0.0, LIMIT + 1.0, None, 1.0, OSError(), None, LIMIT + 1.0):
        if isinstance(what, OSError):
            replica.lost(what)
        else:
            replica.found(what)
        seen.append(replica.is_in)
    # Late when the primary went away, it stays out: another may have more. Lost and back meanwhile, it is taken.
    assert seen == [False, True, False, False, True, False, True, False]


PRINTED = """if True:
    import citysolidarity.settings as s
    print(*s.DATABASES, "citysolidarity.caching.reading.FromReplicas" in s.MIDDLEWARE,
          s.DATABASES["default"]["OPTIONS"]["options"].count("read_only"), *(
          d["OPTIONS"]["options"].count("default_transaction_read_only=on") for d in s.DATABASES.values()))
"""


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        (None, "default False 0 0\n"),
        ("postgres://u@a/n, postgres://u@b/n", "default replica-1 replica-2 True 0 0 1 1\n"),
    ],
)
def test_without_replicas_nothing_is_different(said, printed):
    assert start(PRINTED, REPLICA_URLS=said).stdout == printed


def test_nonsense_is_told():
    assert "REPLICA_URLS must be the address" in start(REPLICA_URLS="replica.example").stderr
