"""The curators' desk: the stock admin under our name, opening on what waits."""

import math

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk import limits
from citysolidarity.desk.lookups import OfferedLookups
from citysolidarity.desk.pauses import MAY_PAUSE, open_pauses
from citysolidarity.desk.waiting import Waiting, waiting_for


class Desk(AdminSite):
    """Every registered admin may have ``todos`` (ToDo), which the start page counts, and ``comings`` (Coming)."""

    site_header = site_title = _("Curators’ desk")
    index_title = _("What waits")
    index_template = "admin/desk.html"
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        """No list can be asked for what it does not show, whoever wrote it."""
        admin_class = admin_class or ModelAdmin
        asked = type(admin_class.__name__, (OfferedLookups, admin_class), {"__module__": admin_class.__module__})
        super().register(model_or_iterable, asked, **options)

    def get_urls(self):
        from citysolidarity.desk import urls
        from citysolidarity.login.urls import urls_of

        return [*urls_of(self), *urls.urls_of(self), *super().get_urls()]

    def has_permission(self, request):
        # allauth's secure_admin_login asks for no second factor, which the session must have passed here.
        from citysolidarity.login.login_steps import is_logged_in

        return super().has_permission(request) and is_logged_in(request)

    def admin_view(self, view, cacheable=False):
        from citysolidarity.desk.drafts.giving_back import guard

        return guard(self, view, super().admin_view(view, cacheable))

    def each_context(self, request):
        own = {"kept": getattr(request, "kept", None), "session_seconds": 0, "session_ends": None}
        context = super().each_context(request) | own
        if context["has_permission"]:
            context |= {"session_seconds": request.session.seconds_left, "session_ends": request.session.ends_at}
        return context

    def password_change(self, request, extra_context=None):
        """The stock page, limited: the old password is not to be guessed in a session that was left open."""
        from citysolidarity.login import limits
        from citysolidarity.login.page import page

        wait = limits.try_password(request, request.user.get_username()) if request.method == "POST" else 0
        if wait:
            return page(request, "admin/login/page.html", _("Change password"), wait=wait)
        return super().password_change(request, extra_context)

    def logout(self, request, extra_context=None):
        """Nothing of the desk stays in the browser: another person may sit down at this machine."""
        response = super().logout(request, extra_context)
        # Not "cookies": the one of a known browser outlives the session on purpose (login/known_devices.py).
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def index(self, request, extra_context=None):
        lines = self.waiting(request.user)
        context = {
            "waiting": lines,
            "busy": [line for line in lines if line.count],
            "empty": [line for line in lines if not line.count],
        }
        if request.user.has_perm(MAY_PAUSE):
            context |= {"pauses": open_pauses(), "drafts_wait": math.ceil(limits.DRAFTS.wait() / 60)}
        return super().index(request, context | (extra_context or {}))

    def waiting(self, user) -> list[Waiting]:
        """What waits for this member of staff, what is most urgent first, in one query."""
        request = HttpRequest()
        request.user = user
        todos = [
            (admin, todo)
            for admin in self._registry.values()
            for todo in getattr(admin, "todos", ())
            if todo.on_start and admin.has_view_permission(request)
        ]
        return waiting_for(user, todos)
