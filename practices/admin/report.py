"""Problems that readers reported, at the desk."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from practices.admin.acting import Act, ActingAdmin
from practices.admin.todo import REPORTED, WaitsFilter
from practices.models import Report
from practices.models.asked import MovedOn
from practices.models.report import Outcome, Problem
from practices.replies import told


class ReportForm(forms.ModelForm):
    class Meta:
        model = Report
        fields = ["outcome", "public_reply"]

    def clean(self):
        facts = super().clean()
        if "_act_close" in self.data and not facts.get("outcome"):
            self.add_error("outcome", _("Choose what came of it."))
        if facts.get("outcome") == Outcome.REPLIED and not facts.get("public_reply"):
            self.add_error("public_reply", _("Write the reply as it is to be shown."))
        return facts


def take_up(report, by):
    if not report.take_up():
        raise MovedOn(_("it is marked already."))
    told(report)
    return _("The entry is shown as under review.")


def close(report, by):
    if not report.close(by, report.outcome, report.public_reply):
        raise MovedOn(_("another curator was quicker."))
    return _("The report is closed.")


@admin.register(Report)
class ReportAdmin(ActingAdmin):
    """What contests an entry is shown as “under review” at once when you mark it, and by itself within 72 hours."""

    form = ReportForm
    list_display = ["reference", "entry", "kind", "sent_at", "taken_up_at", "closed_at", "outcome"]
    list_filter = [WaitsFilter, "kind", "outcome"]
    todos = [REPORTED]
    acts = [
        Act("take_up", _("Mark the entry as under review"), lambda one: one.marks_nothing_yet, take_up),
        Act("close", _("Close"), lambda one: one.closed_at is None, close),
    ]
    fields = [
        "entry", "kind", "text", "email", "sent_at", "taken_up_at", "outcome", "public_reply", "closed_at", "closed_by",
    ]  # fmt: skip
    readonly_fields = ["entry", "kind", "text", "email", "sent_at", "taken_up_at", "closed_at", "closed_by"]

    def get_readonly_fields(self, request, obj=None):
        if obj is not None and obj.closed_at:
            return [*self.readonly_fields, "outcome", "public_reply"]
        hidden = [] if obj is None or obj.kind == Problem.REPLY else ["public_reply"]
        return [*self.readonly_fields, *hidden]
