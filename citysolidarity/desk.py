"""The curators' desk: the stock admin under our name, opening on what waits."""

import math
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.db.models import Count, Min
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

    def index(self, request, extra_context=None):
        found = {"waiting": self.waiting(request), "paused_for": math.ceil(DRAFTS.wait() / 60)}
        return super().index(request, {**found, **(extra_context or {})})

    def waiting(self, request) -> list[Waiting]:
        """What waits for this member of staff, the oldest first; one statement for each admin."""
        found = [
            one
            for admin in self._registry.values()
            if getattr(admin, "todos", ()) and admin.has_view_permission(request)
            for one in self._of(admin)
        ]
        return sorted(found, key=lambda one: (one.oldest is None, one.oldest and one.oldest.timestamp()))

    def _of(self, admin) -> list[Waiting]:
        columns = {}
        for number, todo in enumerate(admin.todos):
            columns[f"count_{number}"] = Count("pk", filter=todo.condition)
            columns[f"since_{number}"] = Min(todo.since, filter=todo.condition)
        row = admin.model._default_manager.aggregate(**columns)
        path = reverse(f"{self.name}:{admin.opts.app_label}_{admin.opts.model_name}_changelist")
        return [
            Waiting(todo.label, row[f"count_{number}"], row[f"since_{number}"], f"{path}?{urlencode(todo.query)}")
            for number, todo in enumerate(admin.todos)
        ]
