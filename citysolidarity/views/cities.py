"""Cities: pages that draw on the practices and on the pledges."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, ngettext

from citysolidarity.caching.page_cache import PageCache, by_parameters, cached_file, cached_page
from citysolidarity.views import city_list
from pledges.deeds.city import CityRecord
from pledges.models import Signature
from pledges.supports.words import form_for, line_about
from practices.cities import place_search
from practices.cities.maps import Map, world_map
from practices.comparing.comparison import MOST as MOST_COMPARED
from practices.directory.pagination import Page
from practices.directory.regions import region_links
from practices.directory.summary import countries_in_words
from practices.entries import share_card
from practices.models import City, LibraryDocument, Practice

SIMILAR = 6
NEAR = 24
DOCUMENTS = 5
PAGE_SIZE = 120
MOST_ON_MAP = 600  # more dots hide each other, and take seconds to be moved apart
PLACES = 3  # around which one may look instead


@cached_page(by_parameters(*city_list.PARAMETERS))
def cities(request):
    """The public cities that match the URL (2 queries, at most 5 for a place, 8 for a name, 2 more for a network)."""
    selection = city_list.read_selection(request.GET)
    places = place_search.find(selection.words)[:PLACES] if selection.words else []
    if "around" in request.GET and (place := place_search.the_one_meant(selection.words, places)):
        return HttpResponseRedirect(request.path + selection.changed(words="", near=place).query())
    found = city_list.FoundCities(selection)
    page = Page(selection, len(found.rows), PAGE_SIZE)
    # The map on the first page shows what is on the others, too.
    is_mapped = page.number == 1 and len(found.rows) <= MOST_ON_MAP
    keys = found.keys if is_mapped else found.keys[page.slice]
    by_key = City.objects.filter(pk__in=keys).with_counts().public().in_bulk()
    mapped = [by_key[pk] for pk in keys if pk in by_key]
    listed = mapped[:PAGE_SIZE]
    for city in listed:
        city.distance = found.nearness[city.pk] if selection.near else None
    context = {
        "selection": selection,
        "heading": city_list.sentence(selection, len(found.rows)),
        "chips": city_list.chips(selection),
        "places": [(place, selection.changed(words="", near=place).query()) for place in places],
        "is_around": "around" in request.GET,
        "countries_offered": found.countries,
        "countries_chosen": countries_in_words(selection.codes("country")),
        "world_regions": region_links(selection, found.regions),
        "sorts": city_list.sorts(selection, found.everything),
        "page": page,
        "cities": listed,
        "regions": city_list.grouped(listed, found.per_country) if selection.is_grouped else [],
        "city_count": len(found.everything),
        "country_count": len({row.country for row in found.everything}),
        "with_practices": sum(row.has_practice for row in found.everything),
        "signed": sum(row.is_signed for row in found.everything),
        "map": map_of(mapped, selection) if is_mapped else None,
        "are_too_many": len(found.rows) > MOST_ON_MAP,
    }
    return render(request, "citysolidarity/views/cities.html", context)


def map_of(cities: list[City], selection: city_list.CitySelection) -> Map | None:
    """None where none of them has a place."""
    if all(city.latitude is None for city in cities):
        return None
    regions = (
        ()
        if selection.words or selection.near or selection.network or selection.codes("country")
        else selection.codes("region")
    )
    return world_map(cities, region=regions, close=selection.narrows)


@cached_page()
def city(request, slug):
    documents = LibraryDocument.objects.of_city(DOCUMENTS)
    shown = City.objects.listed().public().annotate(documents=documents).select_related("asked")
    place = get_object_or_404(shown, slug=slug)
    practices = Practice.objects.published().with_city().with_review().in_language().filter(city=place)
    alike = City.objects.with_practice().like(place).with_counts().public()
    practices = list(practices.sorted_by("newest"))
    memberships = list(place.memberships.select_related("network").order_by("network__name"))
    signature = Signature.objects.public().for_city(place).first()
    record = CityRecord(place, signature, practices, memberships)
    near = list(City.objects.listed().near(place).with_counts().public()[:NEAR])
    drawn = world_map([place, *near], around=place)
    context = {
        "city": place,
        "practices": practices,
        "signature": signature,
        "record": record,
        "memberships": memberships,
        "similar": list(alike[:SIMILAR]),
        **asked_about(place),
        "map": drawn,
        "brief": urlencode([("p", practice.slug) for practice in practices[:MOST_COMPARED]]),
        "address": settings.SITE_URL + place.get_absolute_url(),
    }
    return render(request, "citysolidarity/views/city.html", context)


@cached_file(PageCache())
def city_card(request, slug):
    """The Open Graph image of a city: a PNG of 1200 × 630 pixels."""
    place = get_object_or_404(City.objects.listed().with_counts().public(), slug=slug)
    count = ngettext("%(count)d practice", "%(count)d practices", place.practice_count)
    label = count % {"count": place.practice_count} if place.practice_count else ""
    image = share_card.draw(place.full_name, place.country_name, kind_label=label, language=get_language())
    return HttpResponse(image, content_type="image/png")


def asked_about(city: City) -> dict:
    """What is told of residents who ask this city: nothing where none has agreed to be counted, and no answer is public."""
    asked = getattr(city, "asked", None)
    return {
        "asked": asked if asked and (asked.supports or asked.published_at) else None,
        "asked_line": line_about(asked) if asked and asked.supports else "",
        "ask_url": form_for(city),
    }
