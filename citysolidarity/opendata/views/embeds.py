"""The frames themselves. The only pages that other sites may frame, so that each says so (``may_be_framed``)."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from citysolidarity.caching.page_cache import cached_page
from citysolidarity.opendata.embeds import embed_of
from citysolidarity.opendata.views.files import search_of
from pledges.models import Signature
from practices.cities.maps import world_map
from practices.directory.filters import PracticeFilter
from practices.models import Practice

CARDS = 5


def framed(view):
    """The mark for ``middleware.security_headers``: without it, no other site may frame an answer."""
    view = require_safe(view)
    view.may_be_framed = True
    return view


@framed
@cached_page()
def practice(request, slug):
    """One entry as a card. Two queries."""
    embed = embed_of("practice", slug)
    public = Practice.objects.published().with_city().with_review().with_parts("sources", "figures").in_language()
    entry = embed and public.filter(slug=slug).first()
    return shown(request, "practice", embed, practice=entry) if entry else gone(request)


@framed
@cached_page(search_of)
def practices(request, found):
    """The first cards of a selection, and how many there are in all. Two queries."""
    selection = found.selection.changed(view="list")
    keys = found.keys(slice(0, CARDS))
    public = Practice.objects.published().with_city().with_review().with_parts("sources", "figures").in_language()
    rows = public.in_bulk(keys)
    cards = [rows[pk] for pk in keys if pk in rows]
    embed = embed_of("practices", query=selection.canonical_query.removeprefix("?"))
    return shown(request, "practices", embed, cards=cards, total=found.counts.total)


@framed
@cached_page(search_of)
def cities_map(request, found):
    """The cities of a selection on the map. Two queries."""
    selection = found.selection
    cities = list(PracticeFilter.of(selection).qs.by_city())
    embed = embed_of("map", query=selection.canonical_query.removeprefix("?"))
    drawn = world_map(cities, region=selection.codes("region"), close=selection.narrows)
    return shown(request, "map", embed, map=drawn)


@framed
@cached_page()
def counter(request):
    return shown(request, "counter", embed_of("counter"), signed=Signature.objects.count_now())


@framed
@cached_page()
def badge(request, slug):
    embed = embed_of("badge", slug)
    return shown(request, "badge", embed, slug=slug) if embed else gone(request)


def shown(request, name: str, embed, **context):
    return render(request, f"citysolidarity/opendata/embeds/{name}.html", {"embed": embed, **context})


def gone(request):
    """Small enough for the frame, which stands on another site; nothing says whether there was something."""
    return render(request, "citysolidarity/opendata/embeds/gone.html", status=404)
