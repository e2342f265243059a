"""Commands that go on: again and again, and after an outage of the database as well."""

import pytest
from django.db import OperationalError

from citysolidarity.worker import repeating


def test_it_goes_on_after_an_outage_and_after_nothing_else(monkeypatch):
    done, slept, said = iter([None, OperationalError("away"), None, ValueError("a fault of ours")]), [], []

    def act():
        if failure := next(done):
            raise failure

    monkeypatch.setattr(repeating.time, "sleep", slept.append)
    monkeypatch.setattr(repeating.connection, "close", lambda: None)
    with pytest.raises(ValueError, match="a fault of ours"):
        repeating.repeat(act, 3_600, said.append)
    assert slept == [3_600, 60, 3_600] and said == ["The database is away: OperationalError"]
