"""Every act of inviting in every order: each row is as it should be, and a city is written to once a month at most."""

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machines import walk_through
from tests.pledges.invitations.machine import Inviting, done

RUNS, STEPS, LEAST_STEPS = 42, 50, 2_000
MOVES = ("write", "confirm", "withdraw", "read", "send", "refuse", "days", "sign", "erased", "sent together")
REFUSED = ("signed", "ended", "already-invited", "month", "unread")


@pytest.mark.django_db
def test_the_walk_makes_every_act_and_meets_every_refusal():
    done.clear()
    walk_through(Inviting, walk)
    assert [act for act in (*MOVES, *(f"refused: {why}" for why in REFUSED)) if not done[act]] == []


def walk(inviting):
    first, second, third, fourth = (inviting.write(0, who) for who in range(4))
    for one in (first, second, third, fourth):
        yield lambda one=one: inviting.move("confirm", one)
    yield lambda: inviting.move("confirm", inviting.write(0, 0))  # by the same person
    yield lambda: inviting.move("send", first)  # unread
    for one in (first, second):
        yield lambda one=one: inviting.move("read", one)
    yield lambda: inviting.sign_or_withdraw(0)
    yield lambda: inviting.move("send", first)  # the city has signed
    yield lambda: inviting.sign_or_withdraw(0)
    yield lambda: inviting.move("send", first)  # and the second with it
    yield lambda: inviting.move("withdraw", first)  # too late
    yield lambda: inviting.move("refuse", fourth)
    yield lambda: inviting.move("read", third)
    yield lambda: inviting.move("send", third)  # within the month
    yield lambda: inviting.days_pass(31)
    yield lambda: inviting.move("send", third)
    yield lambda: inviting.move("withdraw", inviting.write(1, 1))
    yield lambda: inviting.write(2, 2)
    yield lambda: inviting.days_pass(190)


@pytest.mark.django_db
def test_in_every_order_every_row_is_as_known():
    done.clear()
    machine = settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None, phases=[Phase.generate], database=None
    )
    run_state_machine_as_test(Inviting, settings=machine)
    assert done["steps"] >= LEAST_STEPS
