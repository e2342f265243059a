"""Cities: pages that draw on the practices and on the pledges."""

from itertools import groupby

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from text_unidecode import unidecode

from pledges.models import Signature
from practices.maps import world_map
from practices.models import City, Practice
from practices.pages import kept, path_alone

SIMILAR = 6


@kept(path_alone)
def cities(request):
    """Every city the site knows, by region and country, with its practices and its signature."""
    listed = list(City.objects.listed().with_counts().public().in_name_order())
    by_place = sorted(listed, key=lambda city: (str(city.region_name), unidecode(city.country_name)))
    regions = [
        (region, [(country, list(found)) for country, found in groupby(inside, key=lambda city: city.country_name)])
        for region, inside in (
            (name, list(group)) for name, group in groupby(by_place, key=lambda city: city.region_name)
        )
    ]
    context = {
        "regions": regions,
        "city_count": len(listed),
        "country_count": len({city.country for city in listed}),
        "map": world_map(listed),
    }
    return render(request, "site/cities.html", context)


@kept(path_alone)
def city(request, slug):
    """A city: what it does, whether it signed, where it lies and which cities are of its size."""
    place = get_object_or_404(City.objects.listed().public(), slug=slug)
    practices = Practice.objects.published().with_city().with_review().told().filter(city=place)
    alike = City.objects.with_practice().like(place).with_counts().public()
    context = {
        "city": place,
        "practices": list(practices.sorted_by("newest")),
        "signature": Signature.objects.public().for_city(place).first(),
        "memberships": list(place.memberships.select_related("network").order_by("network__name")),
        "similar": list(alike[:SIMILAR]),
        "map": world_map([place], around=place),
        "address": settings.SITE_URL + place.get_absolute_url(),
    }
    return render(request, "site/city.html", context)
