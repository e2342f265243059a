"""Every move in every order: what the public is told agrees on every surface, and each move leaves exactly one event.

The machine says which moves are allowed and what is public after each; PostgreSQL must agree.
"""

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from pledges.vocabularies import Kind, State, Visibility
from tests.pledges.models.machine import Signing, done
from tests.pledges.models.surfaces import told

PARTS, RUNS, STEPS, LEAST_STEPS = 5, 10, 50, 2_000
# Without shrinking: a failure under load would outlast the time a test may take.
PHASES = [Phase.generate]
CODES = """
wrong-state expired not-expired second-curator already-signed no-strong-proof other-city too-late not-a-curator
taken-away decided-long-ago
"""


@pytest.mark.django_db
def test_the_walk_makes_every_move_and_meets_every_refusal():
    """Step by step and without chance: a machine that could not make some move would prove nothing about it."""
    done.clear()
    signing = Signing()
    signing.ask = told  # each surface by itself
    signing.begin()
    try:
        for step in walk(signing):
            step()
            signing.every_surface_tells_the_same()
            signing.every_move_left_one_event()
    finally:
        signing.teardown()
    assert [kind for kind in Kind if not done[kind]] == []
    assert [code for code in CODES.split() if not done[f"refused: {code}"]] == []
    assert done["revealed"] == 1


def walk(signing):
    """Yields the steps. The three of the beginning: named at once; named in two days; counted, from free mail."""
    named, later, counted = signing.known

    def on(move, one, by=0, strong=True):
        return lambda: move(one, by, strong)

    def climbed(one, to=State.PUBLISHED):
        yield on(signing.confirm, one)
        yield on(signing.verify, one)
        if to == State.PUBLISHED:
            yield on(signing.publish, one)

    def drafted(city, free=False):
        signing.draft(city, Visibility.PUBLIC, free, wait=0)
        return signing.known[-1]

    yield on(signing.expire, named)  # too early
    yield on(signing.publish, named)  # the wrong step
    yield on(signing.confirm, named)
    yield on(signing.verify, named, strong=False)  # by a weak proof
    yield on(signing.verify, named)
    yield on(signing.publish, named)
    yield from climbed(later)
    yield lambda: signing.days_pass(2)  # its day comes
    yield from climbed(counted)  # the last step by the curator who verified it
    yield on(signing.publish, counted, by=1)

    successor = drafted(named.city)
    yield from climbed(successor)  # while the city has a live one
    yield on(signing.supersede, successor)
    elsewhere = drafted(later.city)
    yield from climbed(elsewhere, to=State.VERIFIED)
    yield on(signing.supersede, elsewhere, strong=False)  # one of another city
    yield on(signing.refuse, elsewhere)
    yield on(signing.reopen, elsewhere)  # verified, as before
    yield on(signing.reopen, elsewhere)
    yield on(signing.verify, elsewhere)
    yield on(signing.refuse, elsewhere)
    yield on(signing.disown, drafted(later.city))

    by_the_city = 1
    yield on(signing.withdraw, later, strong=False)  # by a curator who may not
    yield on(signing.withdraw, later, by=by_the_city)
    yield lambda: signing.days_pass(1)
    yield on(signing.reopen, elsewhere)  # a day too late
    yield on(signing.undo, later)
    yield on(signing.withdraw, later, by=by_the_city)
    yield lambda: signing.days_pass(2)
    yield on(signing.undo, later)  # a day too late
    yield on(signing.withdraw, successor)  # by the lead curator
    yield on(signing.undo, successor)
    yield lambda: signing.state_from_a_source(later.city)
    yield lambda: signing.state_from_a_source(later.city)  # a second live one

    late = drafted(named.city)
    yield lambda: signing.days_pass(8)
    yield on(signing.confirm, late)
    yield on(signing.expire, late)


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_the_public_is_told_the_same_everywhere_after_every_move(part):
    done.clear()
    run_state_machine_as_test(
        Signing, settings=settings(max_examples=RUNS, stateful_step_count=STEPS, database=None, phases=PHASES)
    )
    assert done["steps"] >= LEAST_STEPS / PARTS
