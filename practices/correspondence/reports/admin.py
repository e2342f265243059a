"""Problems that readers reported, at the desk."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Case, DateTimeField, ExpressionWrapper, F, Q, When
from django.db.models.functions import Now
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from citysolidarity.desk.decisions import Act, ActingAdmin
from citysolidarity.desk.exports import Column, ExportedList
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.teamwork.admin import AssignedFilter
from citysolidarity.desk.todo import Coming, Rank, ToDo, WaitsFilter
from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.desk.writing.admin import WritesToSender
from practices.correspondence.reports.right_of_reply import tell_city
from practices.models import Report
from practices.models.correspondence.report import CONTESTS, FOLLOWS, MARKED_WITHIN, OPEN, Problem, ReportOutcome

MARKED_AT = ExpressionWrapper(F("sent_at") + MARKED_WITHIN, output_field=DateTimeField())
# After somebody has marked the entry, or the 72 hours have, no hour is promised any more.
UNMARKED_UNTIL = Case(When(taken_up_at__isnull=True, sent_at__gt=Now() - MARKED_WITHIN, then=MARKED_AT))
HARM = ToDo(
    "harm",
    _("Reports that someone may be at risk"),
    OPEN & Q(kind=Problem.HARMFUL),
    F("sent_at"),
    rank=Rank.HARM,
    due=UNMARKED_UNTIL,
)
CONTESTED = ToDo(
    "contested",
    _("Reports that dispute an entry: check within 72 hours"),
    OPEN & Q(kind__in=[Problem.WRONG, Problem.REPLY]),
    F("sent_at"),
    rank=Rank.CLOCK,
    due=UNMARKED_UNTIL,
)
REPORTED = ToDo(
    "open", _("Other problems reported"), OPEN & ~Q(kind__in=[*CONTESTS, *FOLLOWS]), F("sent_at"), rank=Rank.PEOPLE
)
FOLLOWED = ToDo(
    "follows", _("Cities that do the same, or adapted it"), OPEN & Q(kind__in=FOLLOWS), F("sent_at"), rank=Rank.PEOPLE
)
MARKED = Coming(
    _("The 72 hours to check the report are over"), OPEN & Q(kind__in=CONTESTS, taken_up_at__isnull=True), MARKED_AT
)


class ReportDecisionForm(DeskForm, forms.ModelForm):
    class Meta:
        model = Report
        fields = ["outcome", "public_reply"]

    def clean(self):
        facts = super().clean()
        if "_act_close" in self.data and "outcome" in self.fields and not facts.get("outcome"):
            self.add_error("outcome", _("Select the outcome."))
        if facts.get("outcome") == ReportOutcome.REPLIED and not facts.get("public_reply"):
            if "public_reply" in self.fields:
                self.add_error("public_reply", _("Write the reply as it should be shown."))
            else:
                self.add_error("outcome", _("This is not a reply from a city: there is nothing to show."))
        return facts


def take_up(report, by):
    if not report.take_up():
        raise TransitionNotAllowed(_("it is already marked."))
    tell_city(report)
    return _("The entry is shown as under review.")


def close(report, by):
    if not report.close(by, report.outcome, report.public_reply):
        raise TransitionNotAllowed(_("another curator has already done this."))
    return _("The report is closed.")


def reopen(report, by):
    report.reopen()
    return _("The report is open again.")


def close_many(outcome: ReportOutcome):
    """An action of the list that closes the selected reports with one outcome."""

    @admin.action(description=format_lazy(_("Close: {outcome}"), outcome=outcome.label), permissions=["change"])
    def close_selected(desk, request, queryset):
        with transaction.atomic():
            closed = [report for report in queryset.filter(OPEN).order_by("pk") if report.close(request.user, outcome)]
            for report in closed:
                desk.log_change(request, report, str(outcome.label))
        sentence = ngettext("%(count)d report is closed.", "%(count)d reports are closed.", len(closed))
        messages.success(request, sentence % {"count": len(closed)})

    close_selected.__name__ = f"close_{outcome.name.lower()}"
    return close_selected


@admin.register(Report)
class ReportAdmin(ExportedList, WritesToSender, ActingAdmin):
    """What contests an entry is shown as “under review” at once when you mark it, and by itself within 72 hours where
    the reporter confirmed an e-mail address, or several people contest the entry."""

    export_columns = (
        Column("reference"),
        Column("entry", "practice__slug"),
        Column("title", "practice__title"),
        Column("city", "practice__city__slug"),
        Column("kind", lambda report: report.get_kind_display()),
        Column("text", is_private=True),
        Column("email", is_private=True),
        Column("sent", "sent_at"),
        Column("marked", "taken_up_at"),
        Column("outcome", lambda report: report.get_outcome_display()),
        Column("public_reply"),
        Column("closed", "closed_at"),
        Column("closed_by"),
    )
    form = ReportDecisionForm
    list_display = ["reference", "entry", "kind", "sent_at", "taken_up_at", "closed_at", "outcome"]
    list_filter = [WaitsFilter, AssignedFilter, "kind", "outcome"]
    search_fields = [*ActingAdmin.search_fields, "reference", "text", "email"]
    todos = [HARM, CONTESTED, REPORTED, FOLLOWED]
    actions = [close_many(ReportOutcome.NOT_MEANT), close_many(ReportOutcome.NOTHING)]
    comings = [MARKED]
    acts = [
        Act("take_up", _("Mark the entry as under review"), Report.why_not_take_up, take_up),
        Act("close", _("Close"), Report.why_not_close, close),
        Act("reopen", _("Reopen"), Report.why_not_reopen, reopen, hides=lambda report: not report.closed_at),
    ]
    fields = [
        "entry", "kind", "text", "email", "mailbox_confirmed_at", "sent_at", "taken_up_at", "outcome", "public_reply",
        "closed_at", "closed_by",
    ]  # fmt: skip
    readonly_fields = [
        "entry",
        "kind",
        "text",
        "email",
        "mailbox_confirmed_at",
        "sent_at",
        "taken_up_at",
        "closed_at",
        "closed_by",
    ]

    def get_readonly_fields(self, request, obj=None):
        if obj is not None and obj.closed_at:
            return [*self.readonly_fields, "outcome", "public_reply"]
        hidden = [] if obj is None or obj.kind == Problem.REPLY else ["public_reply"]
        return [*self.readonly_fields, *hidden]
