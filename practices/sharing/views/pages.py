"""Sharing, step by step: what it takes, the pages of the form, and that it has arrived."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from citysolidarity.http.private_pages import private
from practices.models import Practice
from practices.sharing.forms.journey import Sharing
from practices.sharing.views.steps import CHECK, show, steps, take_step


@require_safe
def share(request):
    return render(request, "practices/sharing/share.html", {"steps": steps(1)})


@private
def share_page(request, page):
    if page not in Sharing.PAGES or page == CHECK:
        raise Http404
    return take_step(request, page)


@private
def share_update(request, slug):
    """A published entry as the answers of a form, for whoever knows better."""
    entry = get_object_or_404(Practice.objects.published().with_city(), slug=slug)
    journey = Sharing()
    journey.fill(entry)
    return show(request, journey, None, CHECK)


@private
def share_sent(request, reference):
    """The same page whatever became of the form (no query)."""
    return render(request, "practices/sharing/sent.html", {"reference": reference, "steps": steps(6)})
