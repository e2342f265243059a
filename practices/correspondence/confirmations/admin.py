"""The answers of cities to the yearly question, at the desk."""

from django import forms
from django.contrib import admin
from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.decisions import Act, ActingAdmin
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.teamwork.admin import AssignedFilter
from citysolidarity.desk.todo import Coming, Rank, ToDo, WaitsFilter
from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.entries.differences import differences
from practices.models import Confirmation
from practices.models.correspondence.confirmation import REMINDED_AFTER, WAITS
from practices.models.entries.record import record_of

CHANGED = ToDo("changed", _("Answers from cities to deal with"), WAITS, F("answered_at"), rank=Rank.PEOPLE)
REMINDED = Coming(
    _("We send a reminder of the yearly question if the city has not answered"),
    Q(answered_at__isnull=True, reminded_at__isnull=True),
    ExpressionWrapper(F("asked_at") + REMINDED_AFTER, output_field=DateTimeField()),
)


class SettleForm(DeskForm, forms.ModelForm):
    class Meta:
        model = Confirmation
        fields = ["why"]

    def clean(self):
        facts = super().clean()
        if "_act_leave" in self.data and "why" in self.fields and not facts.get("why"):
            self.add_error("why", _("Say why the entry stays as it is."))
        return facts


def end_label(confirmation) -> str:
    if confirmation.ended:
        return gettext("Mark the entry as ended in %(year)d") % {"year": confirmation.ended}
    return gettext("Mark the entry as ended")


def told(was_settled: bool, sentence):
    if not was_settled:
        raise TransitionNotAllowed(_("another curator has already done this."))
    return sentence


def end(confirmation, by):
    return told(confirmation.end(by), _("The entry has been marked as ended, and the answer is closed."))


def settle(confirmation, by):
    return told(confirmation.settle(by), _("The answer is closed."))


def leave(confirmation, by):
    return told(confirmation.settle(by, confirmation.why), _("The answer is closed; the entry stays as it is."))


def reopen(confirmation, by):
    confirmation.reopen()
    return _("The answer is open again.")


@admin.register(Confirmation)
class ConfirmationAdmin(ActingAdmin):
    """Edit the entry, or mark it as ended right here; then the answer is settled. What was settled can be opened again."""

    form = SettleForm
    change_form_template = "admin/practices/confirmation.html"
    list_display = ["entry", "year", "answer", "asked_at", "reminded_at", "answered_at", "decided_at"]
    list_display_links = ["year"]
    list_filter = [WaitsFilter, AssignedFilter, "answer", "year"]
    search_fields = [*ActingAdmin.search_fields, "text"]
    todos = [CHANGED]
    comings = [REMINDED]
    acts = [
        Act("end", end_label, Confirmation.why_not_end, end, hides=lambda answer: answer.answer != "ended"),
        Act("settle", _("The entry has been updated"), Confirmation.why_not_settle, settle, hides=lambda answer: not answer.is_news),
        Act("leave", _("The entry stays as it is"), Confirmation.why_not_leave, leave, hides=lambda answer: not answer.is_news),
        Act("reopen", _("Reopen"), Confirmation.why_not_reopen, reopen, hides=lambda answer: not answer.decided_at),
    ]  # fmt: skip
    fields = [
        "entry", "year", "asked_at", "reminded_at", "answered_at", "answer", "text", "ended", "why", "decided_at",
        "decided_by",
    ]  # fmt: skip
    readonly_fields = [name for name in fields if name != "why"]

    def get_readonly_fields(self, request, obj=None):
        may_leave = obj is not None and not obj.why_not_leave()
        return self.readonly_fields if may_leave else [*self.readonly_fields, "why"]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        before = obj.version if obj and obj.is_news else None
        changes = differences(before.record, record_of(obj.practice)) if before else []
        context |= {"changes": changes, "is_compared": bool(before)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
