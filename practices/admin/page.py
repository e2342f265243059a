"""What the desk's own pages about one entry have in common."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from practices.models import Practice


def entry_of(request, desk, object_id: str, *, to_change: bool = False) -> Practice:
    """The entry that the address names; 404 where there is none, 403 for whoever may not see (or change) it."""
    practice = desk.get_object(request, object_id)
    if practice is None:
        raise Http404
    allowed = desk.has_change_permission if to_change else desk.has_view_or_change_permission
    if not allowed(request, practice):
        raise PermissionDenied
    return practice


def show(request, desk, template: str, practice: Practice, title: str, **context):
    """Renders a page of the desk, with what the admin's own templates need."""
    request.current_app = desk.admin_site.name
    common = desk.admin_site.each_context(request)
    own = {"title": title, "subtitle": practice.title, "practice": practice, "opts": desk.opts, "original": practice}
    own["has_view_permission"] = desk.has_view_permission(request)
    own["may_change"] = desk.has_change_permission(request, practice)
    return render(request, f"admin/practices/practice/{template}.html", common | own | context)
