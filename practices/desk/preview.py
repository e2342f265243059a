"""An entry as the public would see it, whatever its state."""

from django.urls import reverse
from django.views.decorators.http import require_safe

from citysolidarity.desk.page import permitted_row, render_preview
from practices.entries.page import page_of
from practices.models import Practice
from practices.models.entries.workflow import STATES


@require_safe
def preview(request, object_id, desk):
    """The public page of what is saved; what stands unsaved in a form is not on it."""
    practice = Practice.objects.for_its_page().get(pk=permitted_row(request, desk, object_id).pk)
    back = reverse("admin:practices_practice_change", args=[practice.pk])
    context = page_of(practice) | {"state": STATES[practice.state], "is_typed": False, "back": back}
    return render_preview(request, "admin/practices/practice/preview.html", context)
