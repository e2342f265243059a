"""An entry as the public would see it, whatever its state."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices.admin.page import entry_of
from practices.models import Practice
from practices.models.moves import STATES
from practices.views import page_of


@require_safe
def preview(request, object_id, desk):
    """The public page of what is saved; what stands unsaved in a form is not on it."""
    practice = entry_of(request, desk, object_id)
    entry = Practice.objects.for_its_page().get(pk=practice.pk)
    context = page_of(entry) | {"state": STATES[entry.state]}
    answer = render(request, "admin/practices/practice/preview.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer
