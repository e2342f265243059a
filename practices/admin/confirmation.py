"""The answers of cities to the yearly question, at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from practices.admin.acting import Act, ActingAdmin
from practices.admin.todo import CHANGED, WaitsFilter
from practices.models import Confirmation
from practices.models.asked import MovedOn


def settle(confirmation, by):
    if not confirmation.settle(by):
        raise MovedOn(_("another curator was quicker."))
    return _("The answer is settled.")


@admin.register(Confirmation)
class ConfirmationAdmin(ActingAdmin):
    """Edit the entry first, or mark it as ended on its page “Review”; then the answer is settled."""

    list_display = ["entry", "year", "answer", "asked_at", "reminded_at", "answered_at", "decided_at"]
    list_display_links = ["year"]
    list_filter = [WaitsFilter, "answer", "year"]
    todos = [CHANGED]
    acts = [Act("settle", _("The entry says it now"), lambda one: one.waits, settle)]
    fields = readonly_fields = [
        "entry", "year", "asked_at", "reminded_at", "answered_at", "answer", "text", "ended", "decided_at", "decided_by",
    ]  # fmt: skip
