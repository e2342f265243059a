"""Cities: pages that draw on the practices and on the pledges."""

from itertools import groupby

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from text_unidecode import unidecode

from citysolidarity.caching.page_cache import cached_page
from pledges.models import Signature
from practices.cities.maps import world_map
from practices.models import City, Practice

SIMILAR = 6


@cached_page()
def cities(request):
    listed = list(City.objects.listed().with_counts().public().in_name_order())
    by_place = sorted(listed, key=lambda city: (str(city.region_name), unidecode(city.country_name)))
    regions = [
        (region, [(country, list(group)) for country, group in groupby(inside, key=lambda city: city.country_name)])
        for region, inside in groupby(by_place, key=lambda city: city.region_name)
    ]
    context = {
        "regions": regions,
        "city_count": len(listed),
        "country_count": len({city.country for city in listed}),
        "with_practices": sum(1 for city in listed if city.practice_count),
        "signed": sum(1 for city in listed if city.is_signed),
        "map": world_map(listed),
    }
    return render(request, "citysolidarity/views/cities.html", context)


@cached_page()
def city(request, slug):
    place = get_object_or_404(City.objects.listed().public(), slug=slug)
    practices = Practice.objects.published().with_city().with_review().in_language().filter(city=place)
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
    return render(request, "citysolidarity/views/city.html", context)
