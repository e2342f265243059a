"""What the desk's own pages about one entry have in common."""

from citysolidarity.desk.page import render_page
from practices.models import Practice


def show(request, desk, template: str, practice: Practice, title: str, **context):
    own = {"title": title, "subtitle": practice.title, "practice": practice, "original": practice}
    own["has_view_permission"] = desk.has_view_permission(request)
    own["may_change"] = desk.has_change_permission(request, practice)
    return render_page(request, desk, f"admin/practices/practice/{template}.html", own | context)
