"""Every act in every order: what the public is told is the last daily count, and each row is as it should be."""

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machines import walk_through
from tests.pledges.supports.machine import Asking, done

PARTS, RUNS, STEPS, LEAST_STEPS = 5, 10, 50, 2_000
PHASES = [Phase.generate]  # without shrinking: a failure under load would outlast the time a test may take


@pytest.mark.django_db
def test_the_walk_makes_every_act_and_meets_every_refusal():
    done.clear()
    walk_through(Asking, walk)
    acts = ["ask", "confirm", "withdraw", "no", "days", "erased", "refused: ended", "refused: already-supported"]
    assert [act for act in acts if not done[act]] == []


def walk(asking):
    first = asking.known[0]
    yield lambda: asking.move("confirm", first)  # a second time
    yield lambda: asking.move("confirm", asking.ask(0, 0, counted=True))  # by the same resident
    yield lambda: asking.move("confirm", asking.ask(1, 0, counted=True))  # in another city
    yield lambda: asking.move("confirm", asking.ask(1, 3, counted=False))
    yield lambda: asking.days_pass(1)
    yield lambda: asking.move("withdraw", first)  # nine are left
    yield lambda: asking.move("withdraw", first)
    yield lambda: asking.days_pass(1)
    yield lambda: asking.move("confirm", asking.ask(0, 0, counted=True))  # whoever has withdrawn may come back
    yield lambda: asking.say_no(0)
    yield lambda: asking.ask(2, 5, counted=True)
    yield lambda: asking.days_pass(15)  # what nobody confirmed is deleted
    yield lambda: asking.days_pass(190)


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_the_public_is_told_the_same_everywhere_after_every_act(part):
    done.clear()
    run_state_machine_as_test(
        Asking, settings=settings(max_examples=RUNS, stateful_step_count=STEPS, database=None, phases=PHASES)
    )
    assert done["steps"] >= LEAST_STEPS / PARTS
