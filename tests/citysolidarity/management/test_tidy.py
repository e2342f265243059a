"""The daily housekeeping: one rule that fails stops no other."""

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from citysolidarity.management.commands import tidy
from practices.models import City


@pytest.mark.django_db
@pytest.mark.parametrize("failure", [ZeroDivisionError, OperationalError])
def test_a_rule_that_fails_stops_no_other_and_is_named(monkeypatch, capsys, failure):
    done = []

    def fails():
        raise failure("lock timeout")

    rules = {"first": lambda: done.append("first") or 1, "broken": fails, "last": lambda: done.append("last") or 2}
    monkeypatch.setattr(tidy, "RULES", rules)
    monkeypatch.setattr(tidy, "PRACTICES", {"others": lambda: done.append("others") or 3})
    with pytest.raises(CommandError, match="These rules failed, the others are done: broken"):
        call_command("tidy")
    assert done == ["first", "last", "others"]
    assert "first 1, last 2, others 3" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_lost_costs_one_rule_alone(monkeypatch):
    def loses_its_connection():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    rules = {"broken": loses_its_connection, "last": City.objects.count}
    monkeypatch.setattr(tidy, "RULES", rules)
    monkeypatch.setattr(tidy, "PRACTICES", {})
    with pytest.raises(CommandError, match=r"These rules failed, the others are done: broken\."):
        call_command("tidy", verbosity=0)
