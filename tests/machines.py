"""What the state machines of the tests share: one transaction that is rolled back, and a walk without chance."""

from collections.abc import Callable, Iterator

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, initialize


class InATransaction(RuleBasedStateMachine):
    """``prepare`` makes what is there at first; ``known`` is what the model knows of the rows, deleted ones among them."""

    @initialize()
    def begin(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.known: list = []
        self.prepare()

    def prepare(self):
        """Make what is there before the first step: nothing, unless a machine says otherwise."""

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def kept(self) -> list:
        return [one for one in self.known if not one.is_deleted]

    def pick(self, at: int, states) -> object | None:
        """One of those in these states, or in any where ``states`` is None."""
        fitting = [one for one in self.kept() if states is None or one.state in states]
        return fitting[at % len(fitting)] if fitting else None


def walk_through(kind: type[InATransaction], walk: Callable[[InATransaction], Iterator[Callable]]) -> None:
    """Step by step and without chance, every invariant after each: ``walk`` gives the steps of a machine."""
    machine = kind()
    machine.begin()
    try:
        for step in walk(machine):
            step()
            for invariant in machine.invariants:
                invariant.function(machine)
    finally:
        machine.teardown()
