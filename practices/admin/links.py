"""The sources whose addresses no longer answer, as a list to work off."""

from django.contrib import admin

from practices.admin.todo import BROKEN, WaitsFilter
from practices.models import LinkCheck, Source


class LinkCheckInline(admin.TabularInline):
    model = LinkCheck
    fields = readonly_fields = ["checked_at", "outcome", "status", "moved_to"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """Search an archived copy, or a new address; the next night looks again."""

    list_display = ["title", "publisher", "practice", "broken_since", "last_seen_on"]
    list_filter = [WaitsFilter, ("broken_since", admin.EmptyFieldListFilter)]
    todos = [BROKEN]
    list_select_related = ["practice"]
    search_fields = ["title", "publisher", "url", "practice__title"]
    ordering = ["broken_since", "pk"]
    fields = [
        "practice",
        "title",
        "publisher",
        "year",
        "language",
        "url",
        "archived_url",
        "last_seen_on",
        "broken_since",
    ]
    readonly_fields = ["practice", "last_seen_on", "broken_since"]
    inlines = [LinkCheckInline]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        # A source is taken away in its entry, which keeps at least one.
        return False
