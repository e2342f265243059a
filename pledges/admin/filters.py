"""Filters of the list of signatures; each choice is a list of things to do, with its count."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pledges.admin.todo import TODOS
from pledges.models.signatures import IN_STATE
from pledges.vocabularies import State


class WaitsFilter(admin.SimpleListFilter):
    """What waits for a curator."""

    title = _("what waits")
    parameter_name = "waits"

    def lookups(self, request, model_admin):
        return [(todo.code, todo.label) for todo in TODOS]

    def queryset(self, request, queryset):
        found = next((todo for todo in TODOS if todo.code == self.value()), None)
        return queryset.filter(found.condition) if found else queryset


class StateFilter(admin.SimpleListFilter):
    """Where the signatures stand."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(IN_STATE[State(self.value())]) if self.value() in State.values else queryset
