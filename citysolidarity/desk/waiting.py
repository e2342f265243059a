"""What waits for a member of staff, in the order of harm and of the time that is left."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Case, Count, DateTimeField, Exists, IntegerField, Min, Q, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from citysolidarity.desk.teamwork.admin import assigned
from citysolidarity.desk.todo import Rank


@dataclass(frozen=True)
class Waiting:
    """``oldest`` is since when the first of them waits, ``due`` until when the first has time; None where there is none.

    ``mine`` of them are given to whoever looks, ``colleagues`` need somebody else. ``url`` is their list.
    """

    label: str
    count: int
    oldest: datetime | None
    due: datetime | None
    mine: int
    colleagues: int
    rank: Rank
    url: str

    @property
    def open(self) -> int:
        """How many whoever looks can decide."""
        return self.count - self.colleagues

    @property
    def is_urgent(self) -> bool:
        return self.rank <= Rank.CLOCK


NONE = (0, None, None, 0, 0)


def waiting_for(user, todos: list[tuple]) -> list[Waiting]:
    """One line for each pair of a ModelAdmin and a ToDo, in one query; what waits no more comes last."""
    if not todos:
        return []
    first, *others = (count_query(number, admin, todo, user) for number, (admin, todo) in enumerate(todos))
    counts = {number: counted for number, *counted in first.union(*others, all=True).order_by()}
    lines = [line_of(admin, todo, *counts.get(number, NONE)) for number, (admin, todo) in enumerate(todos)]
    return sorted(lines, key=lambda line: (not line.count, line.rank, *when(line)))


def when(line: Waiting) -> tuple[float, float]:
    """The time that is left, then the age."""
    return tuple(moment.timestamp() if moment else float("inf") for moment in (line.due, line.oldest))


def line_of(admin, todo, count, oldest, due, mine, colleagues) -> Waiting:
    path = reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_changelist")
    url = f"{path}?{urlencode(todo.query)}"
    return Waiting(todo.label, count, oldest, due, mine, colleagues, todo.rank, url)


def count_query(number: int, admin, todo, user):
    """One row of the number and what Waiting says of it; no row where none waits."""
    given = assigned(admin.model)
    elsewhere = Q(Exists(given.exclude(to=user))) | (todo.not_for(user) if todo.not_for else Q())
    waiting = admin.model._default_manager.order_by().filter(todo.condition)
    waiting = waiting.annotate(
        todo_since=todo.since,
        # PostgreSQL takes an untyped NULL for text, which does not unite with moments.
        todo_due=Cast(todo.due if todo.due is not None else Value(None), DateTimeField()),
        is_mine=Exists(given.filter(to=user)),
        is_elsewhere=Case(When(elsewhere, then=True), default=False),
    )
    numbered = waiting.values(number=Value(number, output_field=IntegerField()))
    return numbered.annotate(
        count=Count("pk"),
        oldest=Min("todo_since"),
        due=Min("todo_due"),
        mine=Count("pk", filter=Q(is_mine=True)),
        colleagues=Count("pk", filter=Q(is_elsewhere=True)),
    ).values_list("number", "count", "oldest", "due", "mine", "colleagues")
