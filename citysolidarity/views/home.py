"""The first page: what this is, and the ways in."""

from django.db.models import FETCH_RAISE
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from pledges.models import Milestone, Signature
from practices.facets import groups
from practices.maps import world_map
from practices.models import City, Practice

LATEST = 3


def choose_language(request):
    """Sends a visitor of the bare address to the home page in their language."""
    with translation.override(translation.get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def home(request):
    """Search, figures, the map, ways in by theme, the latest entries and the statement's milestones."""
    published = Practice.objects.published().fetch_mode(FETCH_RAISE)
    counts = published.facet_counts({})
    cities = list(City.objects.listed().on_the_map().with_counts().fetch_mode(FETCH_RAISE).in_name_order())
    with_practice = [city for city in cities if city.practice_count]
    shown = {group.name: group for group in groups(counts, {})}
    context = {
        "counts": counts,
        "city_count": City.objects.with_practice().count(),
        "country_count": len(shown["country"].options),
        "signed": Signature.objects.count_now(),
        "themes": shown["theme"].options,
        "latest": published.with_city().marked("").sorted_by("newest")[:LATEST],
        "milestones": Milestone.objects.in_order(),
        "map": world_map(cities),
        "mapped_count": len(with_practice),
    }
    return render(request, "site/home.html", context)
