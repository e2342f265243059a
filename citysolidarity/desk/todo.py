"""What waits for a curator: each kind is one condition, for the filter of its list and for the desk's start page."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from django.contrib import admin
from django.db.models import Expression, Q
from django.utils.translation import gettext_lazy as _


class Rank(IntEnum):
    """What comes first on the start page, whatever its age."""

    HARM = 0  # somebody may be in danger
    CLOCK = 1  # we have promised an hour
    PEOPLE = 2  # somebody cannot go on without us
    UPKEEP = 3


@dataclass(frozen=True)
class ToDo:
    """Rows that wait: ``query`` selects them in the list, ``since`` says from when each of them waits.

    ``due`` is the moment until which each of them has time, where there is one. ``not_for`` says of a user which rows
    need a colleague's decision. Without ``on_start`` it is a filter of its list alone.
    """

    code: str
    label: str
    condition: Q
    since: Expression
    parameter: str = "waits"
    rank: Rank = Rank.UPKEEP
    due: Expression | None = None
    not_for: Callable | None = None
    on_start: bool = True

    @property
    def query(self) -> dict[str, str]:
        """Filters the list to exactly these rows."""
        return {self.parameter: self.code}


@dataclass(frozen=True)
class Coming:
    """Rows to which something will happen by itself: ``at`` says when, ``label`` what."""

    label: str
    condition: Q
    at: Expression


class WaitsFilter(admin.SimpleListFilter):
    """What waits for a curator, the longest waiting first."""

    title = _("what waits")
    parameter_name = "waits"

    def __init__(self, request, params, model, model_admin):
        self.todos = [todo for todo in model_admin.todos if todo.parameter == self.parameter_name]
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(todo.code, todo.label) for todo in self.todos]

    def queryset(self, request, queryset):
        todo = next((todo for todo in self.todos if todo.code == self.value()), None)
        return queryset.filter(todo.condition).order_by(todo.since, "pk") if todo else queryset
