"""The guides: their list, the page of each, and its share card."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext

from citysolidarity.caching.page_cache import PageCache, cached_file, cached_page
from practices.entries import share_card
from practices.guides.notes import note_of
from practices.guides.steps import steps_of
from practices.models import Guide


@cached_page()
def guides(request):
    """Every public guide with its question. One query."""
    rows = list(Guide.objects.published().in_language())
    return render(request, "practices/guides/guides.html", {"guides": rows})


@cached_page()
def guide(request, slug):
    """A guide from its first step to its last. Four queries, whatever it holds."""
    row = get_object_or_404(Guide.objects.published().in_language(), slug=slug)
    context = {
        "guide": row,
        "note": note_of(row),
        "steps": steps_of(row),
        "address": settings.SITE_URL + row.get_absolute_url(),
    }
    return render(request, "practices/guides/guide.html", context)


@cached_file(PageCache())
def guide_card(request, slug):
    """The Open Graph image of a guide: a PNG of 1200 × 630 pixels."""
    row = get_object_or_404(Guide.objects.published().in_language(), slug=slug)
    line = gettext("Practices and documents, step by step")
    image = share_card.draw(row.title, line, kind_label=gettext("Guide"), language=get_language())
    return HttpResponse(image, content_type="image/png")
