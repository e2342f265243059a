"""Admin pages for what the public wrote: most fields are read-only, and buttons decide."""

from collections.abc import Callable
from copy import copy
from typing import NamedTuple

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from psycopg.errors import UniqueViolation

from citysolidarity.database.locks import lock_edition
from citysolidarity.desk.rows import LockedWhileSaving, NoneAddedOrDeleted
from citysolidarity.desk.teamwork.admin import Teamwork
from citysolidarity.desk.transitions import TransitionNotAllowed

NOTHING_DONE = _("Nothing was done: %(reason)s")
AT_ONCE = _("someone else has just saved this. Please check it again.")


class Done(NamedTuple):
    """What an act did: the sentence for the curator, and the one for the log where that says more."""

    sentence: str
    log: str


class Act(NamedTuple):
    """A button: its label, why it can't be pressed for a row now (a sentence, or ""), and what it does.

    ``does`` takes the row and the curator and returns a sentence of success or Done, or raises TransitionNotAllowed.
    ``hides`` says of which rows the button does not even speak. ``label`` may be a function of the row.
    """

    name: str
    label: str | Callable
    why_not: Callable
    does: Callable
    hides: Callable = lambda row: False

    def label_for(self, row) -> str:
        return self.label(row) if callable(self.label) else self.label


def attempt(request, act: Callable, warning=NOTHING_DONE):
    """Run ``act`` in one transaction and return its result; None where it may not be done, which the curator is told."""
    try:
        with transaction.atomic():
            lock_edition()
            return act()
    except TransitionNotAllowed as refusal:
        messages.warning(request, warning % {"reason": refusal})
    except IntegrityError as error:
        # Two people at the same moment; any other refusal of the database is a fault of ours.
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        messages.warning(request, warning % {"reason": AT_ONCE})
    return None


def typed_into(form_class, row, posted) -> list[tuple[str, str]]:
    """What a form was sent with beside what is stored, as (label, text): nothing typed is lost with a refused button."""
    return [
        (field.label or name, posted[name])
        for name, field in form_class.base_fields.items()
        if posted.get(name, "").strip() and posted[name] != str(getattr(row, name, ""))
    ]


class ActingAdmin(Teamwork, LockedWhileSaving, NoneAddedOrDeleted, admin.ModelAdmin):
    """The public makes the rows and housekeeping deletes them: nobody adds or deletes one here."""

    acts: list[Act] = []
    # Whether the form is also saved by itself, without an act.
    saves = False
    change_form_template = "admin/practices/acting.html"
    list_select_related = ["practice__city"]
    search_fields = ["practice__title", "practice__city__keywords__unaccent"]
    show_full_result_count = False

    @admin.display(description=_("entry"))
    def entry(self, row):
        """The entry, to be opened and edited in another tab."""
        address = reverse("admin:practices_practice_change", args=[row.practice_id])
        return format_html('<a href="{}">{}</a>, {}', address, row.practice.title, row.practice.city)

    def acts_for(self, row) -> list[Act]:
        """The acts that are possible now."""
        return [act for act in self.acts if not act.hides(row) and not act.why_not(row)]

    @transaction.atomic
    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        may = bool(row) and self.has_change_permission(request, row)
        context = {"acts": [], "typed": [], "saves": self.saves and may} | (extra_context or {})
        late = self._late_act(request, row) if may else None
        if late:
            messages.warning(request, NOTHING_DONE % {"reason": late.why_not(row) or AT_ONCE})
            context["typed"] = typed_into(self.form, row, request.POST)
            request = looking_only(request)
        if may:
            shown = [act for act in self.acts if not act.hides(row)]
            context["acts"] = [(act.name, act.label_for(row), act.why_not(row)) for act in shown]
        return super().change_view(request, object_id, form_url, context)

    def _late_act(self, request, row) -> Act | None:
        """The act whose button was pressed and that is not possible any more."""
        possible = self.acts_for(row)
        return next((act for act in self.acts if is_pressed(act, request) and act not in possible), None)

    def save_model(self, request, obj, form, change):
        """A pressed button saves the fields that it needs, and decides; without one the form is saved as usual."""
        pressed = next((act for act in self.acts_for(obj) if is_pressed(act, request)), None)
        if pressed is None or self.saves:
            super().save_model(request, obj, form, change)
        if pressed and (done := attempt(request, lambda: pressed.does(obj, request.user))):
            done = done if isinstance(done, Done) else Done(done, pressed.label_for(obj))
            messages.success(request, done.sentence)
            request.act_done = done

    def log_change(self, request, obj, message):
        """The log of the desk names the button; what was refused is not logged as done."""
        done = getattr(request, "act_done", None)
        if done or not any(is_pressed(act, request) for act in self.acts):
            super().log_change(request, obj, str(done.log) if done else message)

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        # The act has said what it did.
        if not any(name.startswith("_act_") for name in request.POST):
            super().message_user(request, message, level, *args, **kwargs)


def is_pressed(act: Act, request) -> bool:
    return request.method == "POST" and f"_act_{act.name}" in request.POST


def looking_only(request):
    """The same request as one that only looks: the page as it stands now."""
    look = copy(request)
    look.method, look.POST = "GET", QueryDict()
    return look
