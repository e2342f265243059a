"""Networks that cities belong to: their list, and the page of each with its members as far as sources say."""

from django.conf import settings
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from citysolidarity.caching.page_cache import PageCache, by_parameters, cached_file, cached_page
from practices.entries import share_card
from practices.library.language_note import note_of, note_of_list
from practices.library.networks.found import FoundNetworks
from practices.library.selection import NetworkSelection, parameters
from practices.models import City, Network
from practices.vocabularies.countries import country_name


@cached_page(by_parameters(*parameters(NetworkSelection)))
def networks(request):
    """The networks that the address asks for. One query."""
    found = FoundNetworks(request.GET)
    context = {
        "selection": found.selection,
        "heading": found.heading,
        "chips": found.chips,
        "groups": found.groups,
        "networks": found.rows,
        "language_note": note_of_list((network.reading, network.description) for network in found.rows),
        "total": len(found.everything),
        "cleared_url": found.selection.cleared().query() or "?",
    }
    return render(request, "practices/library/networks.html", context)


@cached_page()
def network(request, slug):
    """A network with the members that a source names. Three queries."""
    row = get_object_or_404(Network.objects.with_counts().in_language(), slug=slug).as_read()
    listed = City.objects.listed().with_counts().public().filter(memberships__network=row)
    members = listed.annotate(source_url=F("memberships__source_url"), since=F("memberships__since"))
    others = list(row.othermembers.all())
    for other in others:
        other.country_name = country_name(other.country)
    context = {
        "network": row,
        "members": list(members.in_name_order()),
        "others": others,
        "language_note": note_of(row.reading, [row.description, row.member_count_of, row.note]),
        "address": settings.SITE_URL + row.get_absolute_url(),
    }
    return render(request, "practices/library/network.html", context)


@cached_file(PageCache())
def network_card(request, slug):
    """The Open Graph image of a network: a PNG of 1200 × 630 pixels. One query."""
    row = get_object_or_404(Network, slug=slug)
    image = share_card.draw(
        row.name, row.get_region_display(), kind_label=row.get_kind_display(), language=get_language()
    )
    return HttpResponse(image, content_type="image/png")
