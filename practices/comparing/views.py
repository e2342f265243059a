"""My brief: the practices of a comparison, a page each, to be printed or handed on."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import parse_etags

from citysolidarity.caching.edition import edition
from citysolidarity.caching.page_cache import PageCache, etag_of, is_curators
from citysolidarity.http.throttle import address_block, too_many_requests
from practices.comparing.brief.content import Brief, brief_of
from practices.comparing.brief.pdf import draw
from practices.comparing.comparison import MOST, Comparison, named, query, search_of
from practices.comparing.limits import BRIEF_SHEETS
from practices.models import Practice
from practices.vocabularies.countries import INCOME_YEAR


def compare(request):
    """Up to four practices, row by row; unknown names are reported and left out. One query."""
    context = {"comparison": comparison_of(request), "most": MOST, "income_year": INCOME_YEAR}
    return render(request, "practices/comparing/compare.html", context)


def comparison_of(request) -> Comparison:
    """The comparison that the address asks for; no query where it names nothing."""
    slugs = named(request.GET.getlist("p"))
    practices = Practice.objects.published().with_city().with_review().in_language().with_parts("facts")
    return Comparison.of(slugs, practices.filter(slug__in=slugs) if slugs else [], search_of(request.GET))


# What fits on a printed sheet at the size of print.css, in characters and lines.
ROOM, SOURCES = 2_400, 5
# A withdrawal has to be seen everywhere within five minutes.
CACHED = "public, max-age=300"
# Apart from the pages: a few sheets would push out many of them.
sheets = PageCache()


def brief(request):
    """The briefs as a page that prints on one sheet each. One query."""
    comparison, briefs = briefs_of(request)
    context = {
        "comparison": comparison,
        "briefs": [item.shortened(ROOM, SOURCES) for item in briefs],
        "most": MOST,
        "today": timezone.localdate(),
    }
    return render(request, "practices/comparing/brief.html", context)


def brief_pdf(request):
    """The briefs as a PDF in the language of the address; without a practice, the page that says so.

    A sheet takes a quarter of a second to draw: what was drawn is kept until something public changes, and the others
    are limited. One query for what is kept.
    """
    slugs = named(request.GET.getlist("p"))
    etag = etag_of(edition.check(at_once=is_curators(request)), request.path, " ".join(slugs))
    if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        return HttpResponseNotModified(headers={"ETag": etag, "Cache-Control": CACHED})
    body = sheets.get(etag, "")
    if body is None:
        _comparison, briefs = briefs_of(request)
        if not briefs:
            return redirect("brief")
        if wait := BRIEF_SHEETS.take(address_block(request), len(briefs)):
            return put_off(request, wait)
        body = draw(briefs, timezone.localdate())
        sheets.keep(etag, "", body)
    headers = {
        "Content-Disposition": f'inline; filename="brief-{slugs[0] if len(slugs) == 1 else "practices"}.pdf"',
        "Cache-Control": CACHED,
        "ETag": etag,
        # A search engine's copy would outlive a withdrawal.
        "X-Robots-Tag": "noindex, noarchive",
    }
    return HttpResponse(body, content_type="application/pdf", headers=headers)


def put_off(request, wait: int):
    """429: too many sheets for now; the page that prints is always there."""
    context = {"minutes": -(-wait // 60), "query": query(named(request.GET.getlist("p")))}
    response = too_many_requests(render(request, "practices/comparing/brief_later.html", context), wait)
    response.headers["Cache-Control"] = "no-store"
    return response


def briefs_of(request) -> tuple[Comparison, list[Brief]]:
    """What the address asks for; no query where it names nothing."""
    slugs = named(request.GET.getlist("p"))
    practices = Practice.objects.published().with_city().in_language().with_feedback().with_parts()
    comparison = Comparison.of(slugs, practices.filter(slug__in=slugs) if slugs else [], search_of(request.GET))
    return comparison, [
        brief_of(practice, settings.SITE_URL + practice.get_absolute_url()) for practice in comparison.shown
    ]
