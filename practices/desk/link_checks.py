"""The sources whose addresses no longer answer, as a list to work off."""

from concurrent.futures import ThreadPoolExecutor

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import DateTimeField, Q
from django.db.models.functions import Cast
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from citysolidarity.desk.decisions import Act, ActingAdmin
from citysolidarity.desk.page import permitted_row
from citysolidarity.desk.rows import NoneAddedOrDeleted
from citysolidarity.desk.todo import ToDo, WaitsFilter
from citysolidarity.http.link_checker import LinkStatus, Outcome, check_url
from practices.models import LinkCheck, Practice, Source
from practices.models.entries.version import Version

# Shorter than a web server waits for an answer.
LOOK_SECONDS = 20
# With an archived copy, or where a curator keeps the source as it is, nothing is left to do.
TO_MEND = Q(broken_since__isnull=False, archived_url="", kept_at__isnull=True)
BROKEN = ToDo("broken", _("Broken links"), TO_MEND, Cast("broken_since", DateTimeField()))
OUTCOMES = {
    Outcome.WORKS: _("The link works."),
    Outcome.MOVED: _("The page has moved permanently."),
    Outcome.GONE: _("The page is gone."),
    Outcome.CLOSED: _("The page does not answer our check: open it in your browser."),
    Outcome.FAILING: _("The other server reports an error."),
    Outcome.UNREACHABLE: _("No server answers at this address."),
    Outcome.FORBIDDEN: _("It leads to a private network, which we never check."),
}


class LinkCheckInline(NoneAddedOrDeleted, admin.StackedInline):
    model = LinkCheck
    fields = [("checked_at", "found", "status", "moved_to")]
    readonly_fields = ["checked_at", "found", "status", "moved_to"]
    extra = 0

    @admin.display(description=_("outcome"))
    def found(self, check):
        return OUTCOMES[Outcome(check.outcome)]


def keep(source, by):
    source.keep()
    return _("The source stays as it is and is no longer listed.")


@admin.register(Source)
class SourceAdmin(ActingAdmin):
    """Search an archived copy, or a new address; the next night looks again. A source is removed in its entry."""

    list_display = ["title", "publisher", "practice", "broken_since", "kept_at", "last_seen_on"]
    list_filter = [WaitsFilter, ("broken_since", admin.EmptyFieldListFilter)]
    todos = [BROKEN]
    list_select_related = ["practice"]
    search_fields = ["title", "publisher", "url", "practice__title"]
    ordering = ["broken_since", "pk"]
    saves = True
    acts = [Act("keep", _("Checked: keep it as it is"), Source.why_not_keep, keep)]
    change_form_template = "admin/practices/source.html"
    fields = [
        "practice", "title", "publisher", "year", "language", "url", "archived_url", "last_seen_on", "broken_since",
        "kept_at",
    ]  # fmt: skip
    readonly_fields = ["practice", "last_seen_on", "broken_since", "kept_at"]
    inlines = [LinkCheckInline]

    def get_urls(self):
        view = self.admin_site.admin_view(look_now)
        return [path("<int:object_id>/look/", view, {"desk": self}, "practices_source_look"), *super().get_urls()]

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST" and str(object_id).isdecimal() and transaction.get_connection().in_atomic_block:
            # The entry first, as its own form locks: a save there and one here wait for each other and not both at once.
            Practice.objects.select_for_update(of=["self"]).filter(sources=object_id).values_list("pk").first()
        return super().get_object(request, object_id, from_field)

    def save_model(self, request, obj, form, change):
        """An edit here is a version of the entry, as one on its own page is."""
        Version.objects.keep([obj.practice_id])
        super().save_model(request, obj, form, change)
        Version.objects.keep([obj.practice_id], by=request.user, note=_("Changed in the list of sources"))


def look_within(seconds: float, url: str) -> LinkStatus:
    """What is found at an address; a server that only drips holds up nobody at the desk for longer."""
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        return pool.submit(check_url, url).result(timeout=seconds)
    except TimeoutError:
        return LinkStatus(Outcome.UNREACHABLE)
    finally:
        pool.shutdown(wait=False)


@require_POST
def look_now(request, object_id, desk):
    """Looks at the address at once, without a transaction meanwhile; the nights count on."""
    with transaction.atomic():
        source = permitted_row(request, desk, object_id, to_change=True)
    link = look_within(LOOK_SECONDS, source.url)
    if LinkCheck.objects.record(source, link, timezone.localdate()) is None:
        messages.warning(request, _("The address was changed in the meantime: please check it again."))
    else:
        level = messages.WARNING if link.outcome.is_broken else messages.SUCCESS
        messages.add_message(request, level, OUTCOMES[link.outcome])
    return redirect("admin:practices_source_change", source.pk)
