"""The curators' desk: the stock admin under our name, opening on what waits."""

import math
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.db.models import Count, IntegerField, Min, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citysolidarity.throttle import Limit

# The limit of the signing form: known by its name, so that both look at one row.
DRAFTS = Limit("drafts in all", 200, hours=1)


@dataclass(frozen=True)
class Waiting:
    """Something that waits: how many, since when the oldest does (None where there is none), and the list of them."""

    label: str
    count: int
    oldest: datetime | None
    url: str


class Desk(AdminSite):
    """Every registered admin may have ``todos``: things with a ``label``, a ``condition`` (Q) that says which rows wait,
    ``since`` (an expression: from when) and ``query``, the query string by which its list shows exactly these rows.
    """

    site_header = site_title = _("Curators’ desk")
    index_title = _("What waits")
    index_template = "admin/desk.html"
    enable_nav_sidebar = False

    def get_urls(self):
        from citysolidarity.door.urls import urls_of

        return [*urls_of(self), *super().get_urls()]

    def has_permission(self, request):
        """Staff who have passed the second factor in this session."""
        from citysolidarity.door import entry

        return super().has_permission(request) and entry.is_inside(request)

    def password_change(self, request, extra_context=None):
        """The stock page; the old password is not to be guessed in a session that was left open."""
        from citysolidarity.door import limits
        from citysolidarity.views.door import page

        wait = limits.try_password(request, request.user.get_username()) if request.method == "POST" else 0
        if wait:
            return page(request, "page", _("Change password"), wait=wait)
        return super().password_change(request, extra_context)

    def index(self, request, extra_context=None):
        found = {"waiting": self.waiting(request), "paused_for": math.ceil(DRAFTS.wait() / 60)}
        return super().index(request, {**found, **(extra_context or {})})

    def waiting(self, request) -> list[Waiting]:
        """What waits for this member of staff, the oldest first; one statement for all of it."""
        asked = [
            (admin, todo)
            for admin in self._registry.values()
            for todo in getattr(admin, "todos", ())
            if admin.has_view_permission(request)
        ]
        if not asked:
            return []
        first, *others = (counting(number, admin, todo) for number, (admin, todo) in enumerate(asked))
        counted = {number: (count, oldest) for number, count, oldest in first.union(*others, all=True).order_by()}
        found = [
            Waiting(todo.label, *counted.get(number, (0, None)), self._list_of(admin, todo))
            for number, (admin, todo) in enumerate(asked)
        ]
        return sorted(found, key=lambda one: (one.oldest is None, one.oldest and one.oldest.timestamp()))

    def _list_of(self, admin, todo) -> str:
        path = reverse(f"{self.name}:{admin.opts.app_label}_{admin.opts.model_name}_changelist")
        return f"{path}?{urlencode(todo.query)}"


def counting(number: int, admin, todo):
    """A query of one row: the number, how many wait, and since when the oldest does; of no row where none waits."""
    waiting = admin.model._default_manager.order_by().filter(todo.condition).annotate(since=todo.since)
    numbered = waiting.values(number=Value(number, output_field=IntegerField()))
    return numbered.annotate(count=Count("pk"), oldest=Min("since")).values_list("number", "count", "oldest")
