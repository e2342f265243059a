"""Moves that happen at the same time: one wins, the others are refused, and nothing is doubled."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models import Signature
from pledges.vocabularies import Kind
from practices.models import City
from tests.people import a_city
from tests.pledges.signers import a_curator, a_draft, a_published, a_verified

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*moves) -> list[str]:
    """Runs the moves side by side, each on its own connection; returns "done" or the code of each refusal."""
    ready = Barrier(len(moves))

    def run(move):
        try:
            ready.wait(10)
            move()
        except TransitionNotAllowed as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(moves)) as pool:
        return sorted(pool.map(run, moves))


def test_one_of_many_confirmations_counts():
    signature = a_draft()
    moves = [Signature.objects.get(pk=signature.pk).confirm for _ in range(6)]
    assert at_once(*moves) == ["done"] + ["wrong-state"] * 5
    assert signature.events.filter(kind=Kind.CONFIRMED).count() == 1


def test_one_of_two_signatures_of_a_city_is_published():
    city = a_city(official_domain="amman.example")
    by, signatures = a_curator(), [a_verified(city=city) for _ in range(2)]
    assert at_once(*(lambda one=one: one.publish(by) for one in signatures)) == ["already-signed", "done"]
    live = Signature.objects.live().get()
    assert City.objects.get(pk=city.pk).signed_on == live.signed_on


def test_the_citys_mark_is_right_whichever_of_two_moves_comes_last():
    for _ in range(5):
        old, by = a_published(), a_curator()
        new = a_verified(city=old.city)
        outcomes = at_once(old.withdraw, lambda new=new, by=by: new.publish(by))
        assert outcomes in (["done", "done"], ["already-signed", "done"])
        city = City.objects.get(pk=old.city_id)
        assert city.is_signed == Signature.objects.public().filter(city=city).exists()


def wait_until_somebody_waits():
    """For a lock, in this database; fails where nobody does."""
    until = time.monotonic() + 10
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        while cursor.execute(waiting).fetchone() == (0,):
            assert time.monotonic() < until, "nobody waits"
            time.sleep(0.01)
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the same state again


def test_a_city_may_be_edited_while_its_signature_is_published():
    """Neither holds what the other waits for: PostgreSQL would end one of them as a deadlock."""
    signature, by, is_locked = a_verified(), a_curator(), Event()

    def edit():
        with transaction.atomic():
            city = City.objects.select_for_update().get(pk=signature.city_id)
            is_locked.set()
            wait_until_somebody_waits()
            city.save(update_fields=["name"])

    def publish():
        is_locked.wait(10)
        signature.publish(by)

    assert at_once(edit, publish) == ["done", "done"]
