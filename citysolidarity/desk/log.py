"""Who did what at the desk, for lead curators: a list to be filtered and exported, which nobody changes."""

import csv
from datetime import UTC

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from citysolidarity.desk.acts import LOGIN, TAKEN_OUT
from citysolidarity.desk.exports import log_export
from citysolidarity.desk.fields import curator_name
from citysolidarity.desk.rows import NoneAddedOrDeleted
from citysolidarity.forms.formula_guard import guard

KINDS = {
    ADDITION: _("Added"),
    CHANGE: _("Changed, or acted on"),
    DELETION: _("Deleted"),
    LOGIN: _("Log-in, or a try"),
    TAKEN_OUT: _("Opened or exported"),
}
COLUMNS = ("when (UTC)", "who", "kind", "about", "which", "number", "what")
DAY = "%Y-%m-%d %H:%M:%S"


class WhoFilter(admin.SimpleListFilter):
    title = _("who")
    parameter_name = "who"

    def lookups(self, request, model_admin):
        people = get_user_model().objects.filter(pk__in=LogEntry.objects.values("user")).order_by("username")
        return [(str(person.pk), curator_name(person)) for person in people]

    def queryset(self, request, queryset):
        known = {key for key, _name in self.lookup_choices}
        return queryset.filter(user=self.value()) if self.value() in known else queryset


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [(str(flag), label) for flag, label in KINDS.items()]

    def queryset(self, request, queryset):
        return queryset.filter(action_flag=self.value()) if self.value() in map(str, KINDS) else queryset


@admin.register(LogEntry)
class LogAdmin(NoneAddedOrDeleted, admin.ModelAdmin):
    list_display = ["action_time", "who", "kind", "content_type", "which", "what"]
    list_display_links = None
    list_filter = [WhoFilter, KindFilter, "content_type", "action_time"]
    date_hierarchy = "action_time"
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "change_message"]
    ordering = ["-action_time", "-pk"]
    change_list_template = "admin/log.html"
    actions = None
    show_full_result_count = False

    def get_urls(self):
        export = self.admin_site.admin_view(self.export)
        return [path("export/", export, name="admin_logentry_export"), *super().get_urls()]

    def has_change_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Log of the desk"), **(extra_context or {})})

    def export(self, request):
        """The list as it is filtered, the latest first."""
        return export(request, self)

    @admin.display(description=_("who"), ordering="user__username")
    def who(self, entry):
        return curator_name(entry.user)

    @admin.display(description=_("kind"), ordering="action_flag")
    def kind(self, entry):
        return KINDS[entry.action_flag]

    @admin.display(description=_("which"), ordering="object_repr")
    def which(self, entry):
        try:
            url = entry.get_admin_url()
        except NoReverseMatch:
            url = None
        return format_html('<a href="{}">{}</a>', url, entry.object_repr) if url else entry.object_repr

    @admin.display(description=_("what"))
    def what(self, entry):
        return entry.get_change_message() or KINDS[entry.action_flag]


@require_POST
def export(request, desk):
    if not desk.has_view_permission(request):
        raise PermissionDenied
    try:
        changelist = desk.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return redirect("admin:admin_logentry_changelist")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="log-of-the-desk.csv"'
    response["Cache-Control"] = "private, no-store"
    # Without its mark Excel spoils every accent.
    response.write("\ufeff")
    rows = csv.writer(response)
    rows.writerow(COLUMNS)
    entries = changelist.get_queryset(request)
    for entry in entries.iterator(chunk_size=2_000):
        when = entry.action_time.astimezone(UTC).strftime(DAY)
        about = str(entry.content_type) if entry.content_type else ""
        texts = (
            curator_name(entry.user),
            str(KINDS[entry.action_flag]),
            about,
            entry.object_repr,
            str(desk.what(entry)),
        )
        who, kind, about, which, what = map(guard, texts)
        rows.writerow([when, who, kind, about, which, entry.object_id, what])
    log_export(desk, request, "csv", entries.count())
    return response
