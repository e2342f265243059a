"""Every act of following in every order: each row is as it should be, and everybody is told what is new, all of it and once."""

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machines import walk_through
from tests.practices.following.machine import CITY, Telling, done

RUNS, STEPS, LEAST_STEPS = 12, 40, 400
MOVES = (
    "ask",
    "confirm",
    "stop",
    "publish",
    "told",
    "nothing new",
    "leave",
    "days",
    "in place of another",
    "stopped twice",
)
ENDS = ("refused: ended", "deleted: asked", "deleted: stopped")


@pytest.mark.django_db
def test_the_walk_makes_every_act_and_meets_every_refusal():
    done.clear()
    walk_through(Telling, walk)
    assert [act for act in (*MOVES, *ENDS) if not done[act]] == []
    assert done["told"] == 5


def walk(telling):
    first, of_the_city = telling.ask(0, 0, "at-once"), telling.ask(CITY, 0, "monthly")
    yield lambda: telling.publish({0, CITY})
    for one in (first, of_the_city):
        yield lambda one=one: telling.move("confirm", one)
    yield lambda: telling.move("confirm", first)  # a second time
    yield telling.look  # too early for both
    yield lambda: telling.days_pass(1)
    yield telling.look  # it was there when they began
    yield lambda: telling.publish({1})
    yield lambda: telling.days_pass(1)
    yield telling.look  # it does not fit
    yield lambda: telling.publish({0})
    yield lambda: telling.publish({0, CITY})
    yield lambda: telling.days_pass(1)
    yield telling.look  # two entries in one e-mail
    yield telling.look
    yield lambda: telling.publish({0})
    yield lambda: telling.days_pass(1)
    yield telling.look  # the last e-mail has not left yet
    yield telling.leave
    yield telling.look
    yield telling.leave
    yield lambda: telling.days_pass(30)
    yield telling.look  # what the city did in a month
    yield telling.leave
    yield lambda: telling.move("confirm", telling.ask(0, 0, "monthly"))  # in place of the first
    yield lambda: telling.days_pass(1)
    yield lambda: telling.publish({0, 1, CITY})
    yield lambda: telling.move("stop", first)  # over already
    yield lambda: telling.ask(1, 1, "at-once")
    yield lambda: telling.days_pass(30)
    yield telling.look
    yield lambda: telling.move("stop", of_the_city)
    yield lambda: telling.days_pass(15)


@pytest.mark.django_db
def test_in_every_order_every_row_is_as_known():
    done.clear()
    machine = settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None, phases=[Phase.generate], database=None
    )
    run_state_machine_as_test(Telling, settings=machine)
    assert done["steps"] >= LEAST_STEPS
