"""My brief: the practices of a comparison, a page each, to be printed or handed on."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from practices.brief.content import Brief, brief_of
from practices.brief.sheet import draw
from practices.comparing import MOST, Comparison, named
from practices.models import Practice

# What fits on a printed sheet at the size of print.css, in characters and lines.
ROOM, SOURCES = 2_400, 5


def brief(request):
    """The briefs as a page that prints on one sheet each. Three statements."""
    comparison, briefs = briefs_of(request)
    context = {
        "comparison": comparison,
        "briefs": [one.shortened(ROOM, SOURCES) for one in briefs],
        "most": MOST,
        "today": timezone.localdate(),
    }
    return render(request, "practices/brief.html", context)


def brief_pdf(request):
    """The briefs as a PDF in the language of the address; without a practice, the page that says so."""
    _comparison, briefs = briefs_of(request)
    if not briefs:
        return redirect("brief")
    name = briefs[0].address.rstrip("/").rpartition("/")[2] if len(briefs) == 1 else "practices"
    headers = {
        "Content-Disposition": f'inline; filename="brief-{name}.pdf"',
        "Cache-Control": "public, max-age=300",
        # A search engine's copy would outlive a withdrawal.
        "X-Robots-Tag": "noindex, noarchive",
    }
    return HttpResponse(draw(briefs, timezone.localdate()), content_type="application/pdf", headers=headers)


def briefs_of(request) -> tuple[Comparison, list[Brief]]:
    """What the address asks for; no statement where it names nothing."""
    slugs = named(request.GET.getlist("p"))
    practices = Practice.objects.published().with_city().told().with_voices().filter(slug__in=slugs)
    practices = practices.prefetch_related("sources", "figures__source")
    comparison = Comparison.of(slugs, practices if slugs else [])
    return comparison, [brief_of(one, settings.SITE_URL + one.get_absolute_url()) for one in comparison.shown]
