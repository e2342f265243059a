"""Sharing, step by step: what it takes, the pages of the form, and that it has arrived."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from citysolidarity.private import private
from practices.forms.sharing import Sharing
from practices.models import Practice
from practices.views.share_steps import CHECK, show, steps, take_step


@require_safe
def share(request):
    """What is asked, what to have at hand, and what happens then; no statement."""
    return render(request, "practices/share.html", {"steps": steps(1)})


@private
def share_page(request, page):
    """One of the pages with questions."""
    if page not in Sharing.PAGES or page == CHECK:
        raise Http404
    return take_step(request, page)


@private
def share_update(request, slug):
    """A published entry as the answers of a form, for whoever knows better."""
    entry = get_object_or_404(Practice.objects.published().with_city(), slug=slug)
    way = Sharing()
    way.fill(entry)
    return show(request, way, None, CHECK)


@private
def share_sent(request, reference):
    """It has arrived: what happens next. The same page whatever became of the form; no statement."""
    return render(request, "practices/share_sent.html", {"reference": reference, "steps": steps(6)})
