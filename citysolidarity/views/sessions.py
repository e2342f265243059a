"""The browsers in which somebody is logged in at the desk, and how to end that from elsewhere."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from citysolidarity.sessions import DeskSession
from citysolidarity.views.door import page

END = "citysolidarity.end_sessions"
ALL = "all"


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request):
    """One's own sessions; a lead curator sees at the end who else is at the desk. A POST ends what ``end`` names."""
    live = DeskSession.objects.live()
    own = list(live.of(request.user))
    if request.method == "POST":
        _end(request, [one for one in own if one.session_key != request.session.session_key])
        return redirect("admin:sessions")
    users = get_user_model().objects.filter(desk_sessions__in=live).exclude(pk=request.user.pk)
    colleagues = list(users.distinct().order_by("username")) if request.user.has_perm(END) else []
    return page(
        request, "sessions", _("Where you are logged in"),
        sessions=own, here=request.session.session_key, colleagues=colleagues,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def sessions_of(request, user_id):
    """A colleague's sessions, for lead curators; each ending is written into the log of the desk."""
    if not request.user.has_perm(END):
        raise PermissionDenied
    user = get_user_model().objects.filter(pk=user_id, is_staff=True).first()
    if user is None:
        raise Http404
    found = list(DeskSession.objects.live().of(user))
    if request.method == "POST":
        _end(request, found, of=user)
        return redirect("admin:sessions_of", user.pk)
    title = _("Where %(name)s is logged in") % {"name": user.get_full_name() or user.get_username()}
    return page(request, "sessions", title, sessions=found, here="", colleagues=[], colleague=user)


def _end(request, found: list[DeskSession], of=None) -> None:
    """Ends the one session of ``found`` that the form names, or all of them, and says how many."""
    wanted = request.POST.get("end")
    keys = [one.session_key for one in found if wanted in (ALL, one.handle)]
    DeskSession.objects.filter(session_key__in=keys).delete()
    if not keys:
        messages.warning(request, _("Nothing was ended: it had ended already."))
        return
    said = ngettext("%(count)d session is ended.", "%(count)d sessions are ended.", len(keys)) % {"count": len(keys)}
    if of is not None:
        admin.site._registry[type(of)].log_change(request, of, said)
    messages.success(request, said)
