"""What the public sees of the supports. No name of a person is among it, and no small number."""

from dataclasses import replace

from django.shortcuts import render
from django.views.decorators.http import require_safe

from citysolidarity.caching.page_cache import by_parameters, cached_page
from pledges.models import AskedCity, SupportMonth
from pledges.models.asked_city import FEWEST_TOLD
from pledges.supports.chart import growth_by_month, in_words
from pledges.supports.petition import COUNTS, EVENTS
from pledges.supports.words import line_about, place_of
from practices.cities.maps import world_map
from practices.directory.filters import LAST_PAGE, NumberField
from practices.directory.pagination import Page
from practices.directory.selection import Selection

PAGE_SIZE = 100
MOST_ON_MAP = 600  # more dots hide each other
LATEST_ANSWERS = 20


@cached_page(by_parameters("page"))
def supports(request):
    """Why and how, the numbers by city, in all and by month, and the answers of cities (6 queries)."""
    cities = AskedCity.objects.told().most_first()
    number = NumberField(least=1, most=LAST_PAGE).clean(request.GET.get("page")) or 1
    page = Page(Selection(page=number), cities.count(), PAGE_SIZE)
    months = list(SupportMonth.objects.all())
    context = {
        "cities": [(asked, line_about(asked), place_of(asked)) for asked in cities[page.slice]],
        "page": page,
        "total": in_words(months[-1].told) if months else "",
        "counted_on": months[-1].counted_on if months else None,
        "growth": growth_by_month(months),
        "map": map_of(list(cities[:MOST_ON_MAP])) if page.number == 1 else None,
        "answers": list(AskedCity.objects.answered()[:LATEST_ANSWERS]),
        "fewest": FEWEST_TOLD,
    }
    return render(request, "pledges/supports/supports.html", context)


def map_of(cities: list[AskedCity]):
    """Each dot says what the list says, and leads where the list leads; None where no city has a place."""
    placed = {asked.city.get_absolute_url(): asked for asked in cities if asked.city.latitude is not None}
    if not placed:
        return None
    drawn = world_map([asked.city for asked in placed.values()])
    dots = [replace(dot, **dot_of(placed[dot.url])) for dot in drawn.dots]
    return replace(drawn, dots=dots)


def dot_of(asked: AskedCity) -> dict:
    # The colours of signatures: verified, and those that only a source names.
    kind = "verified" if asked.thanks else "stated"
    return {"label": f"{asked.city}: {line_about(asked)}", "url": place_of(asked), "kind": kind}


@require_safe
def petition(request):
    """UNHCR's petition of individuals as it was, with the sources."""
    return render(request, "pledges/supports/petition.html", {"events": EVENTS, "counts": COUNTS})
