"""Cities: pages that draw on the practices and on the pledges."""

from itertools import groupby

from django.conf import settings
from django.db.models import FETCH_RAISE, Case, IntegerField, Value, When
from django.shortcuts import get_object_or_404, render
from text_unidecode import unidecode

from pledges.models import Signature
from practices.maps import world_map
from practices.models import City, Practice

SIMILAR = 6


def cities(request):
    """Every city the site knows, by region and country, with its practices and its signature."""
    listed = list(City.objects.listed().with_counts().defer("keywords").fetch_mode(FETCH_RAISE).in_name_order())
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


def city(request, slug):
    """A city: what it does, whether it signed, where it lies and which cities are of its size."""
    place = get_object_or_404(City.objects.listed().fetch_mode(FETCH_RAISE), slug=slug)
    nearest_first = Case(
        When(country=place.country, then=Value(0)),
        When(region=place.region, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    alike = City.objects.with_practice().with_counts().filter(size=place.size).exclude(pk=place.pk).defer("keywords")
    context = {
        "city": place,
        "practices": Practice.objects.published()
        .with_city()
        .fetch_mode(FETCH_RAISE)
        .filter(city=place)
        .marked("")
        .sorted_by("newest"),
        "signature": Signature.objects.public().for_city(place).first(),
        "memberships": place.memberships.select_related("network").order_by("network__name"),
        "similar": alike.order_by(nearest_first, "-practice_count", City.name_order())[:SIMILAR]
        if place.size != "unknown"
        else [],
        "map": world_map([place], around=place) if place.latitude is not None else None,
        "address": settings.SITE_URL + place.get_absolute_url(),
    }
    return render(request, "site/city.html", context)
