"""What the desk's own pages have in common, beside the stock admin's."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render


def permitted_row(request, desk, object_id, *, to_change: bool = False):
    """The row that the address names; 404 where there is none, 403 for whoever may not see (or change) it.

    ``desk`` is the ModelAdmin.
    """
    row = desk.get_object(request, str(object_id))
    if row is None:
        raise Http404
    allowed = desk.has_change_permission if to_change else desk.has_view_or_change_permission
    if not allowed(request, row):
        raise PermissionDenied
    return row


def render_page(request, desk, template: str, context: dict):
    """Render with what the admin's own templates need."""
    request.current_app = desk.admin_site.name
    return render(request, template, desk.admin_site.each_context(request) | {"opts": desk.opts} | context)


def render_preview(request, template: str, context: dict):
    """Render a public page that is not public yet."""
    response = render(request, template, context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
