"""The first page: what this is, and the ways in."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from pledges.models import Milestone, Signature
from practices.facets import groups
from practices.maps import world_map
from practices.models import City, Practice
from practices.pages import kept, path_alone

LATEST = 3


def choose_language(request):
    """Sends a visitor of the bare address to the home page in their language."""
    with translation.override(translation.get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@kept(path_alone)
def home(request):
    """Search, figures, the map, ways in by theme, the latest entries and the statement's milestones."""
    published = Practice.objects.published()
    counts = published.facet_counts({})
    shown = {group.name: group.options for group in groups(counts, {})}
    cities = list(City.objects.listed().with_counts().public().in_name_order())
    context = {
        "counts": counts,
        "city_count": sum(1 for city in cities if city.practice_count),
        "country_count": len(shown["country"]),
        "signed": Signature.objects.count_now(),
        "themes": shown["theme"],
        "latest": list(published.with_city().with_review().told().sorted_by("newest")[:LATEST]),
        "milestones": list(Milestone.objects.in_order()),
        "map": world_map(cities),
    }
    return render(request, "site/home.html", context)
