"""The browsers in which somebody is logged in at the desk, and how to end that from elsewhere."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from citysolidarity.login.page import page
from citysolidarity.login.sessions import DeskSession

END = "citysolidarity.end_sessions"
ALL = "all"


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request):
    """One's own sessions; a lead curator also sees who else is logged in. A POST ends what ``end`` names."""
    live = DeskSession.objects.live()
    own = list(live.of(request.user))
    if request.method == "POST":
        _end(request, [session for session in own if session.session_key != request.session.session_key])
        return redirect("admin:sessions")
    users = get_user_model().objects.filter(desk_sessions__in=live).exclude(pk=request.user.pk)
    colleagues = list(users.distinct().order_by("username")) if request.user.has_perm(END) else []
    return page(request, "admin/login/sessions.html", _("Where you are logged in"),
        sessions=own, here=request.session.session_key, colleagues=colleagues,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def sessions_of(request, user_id):
    """A colleague's sessions, for lead curators; each ending is written into the log of the admin."""
    if not request.user.has_perm(END):
        raise PermissionDenied
    user = get_user_model().objects.filter(pk=user_id, is_staff=True).first()
    if user is None:
        raise Http404
    live = list(DeskSession.objects.live().of(user))
    if request.method == "POST":
        _end(request, live, owner=user)
        return redirect("admin:sessions_of", user.pk)
    title = _("Where %(name)s is logged in") % {"name": user.get_full_name() or user.get_username()}
    return page(request, "admin/login/sessions.html", title, sessions=live, here="", colleagues=[], colleague=user)


def _end(request, sessions: list[DeskSession], owner=None) -> None:
    """End the one of these sessions that the form names, or all of them, and say how many."""
    wanted = request.POST.get("end")
    keys = [session.session_key for session in sessions if wanted in (ALL, session.handle)]
    DeskSession.objects.filter(session_key__in=keys).delete()
    if not keys:
        messages.warning(request, _("Nothing was ended: the session had already ended."))
        return
    message = ngettext("%(count)d session has been ended.", "%(count)d sessions have been ended.", len(keys)) % {
        "count": len(keys)
    }
    if owner is not None:
        admin.site.get_model_admin(type(owner)).log_change(request, owner, message)
    messages.success(request, message)
