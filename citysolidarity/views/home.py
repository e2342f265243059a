"""The first page."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from citysolidarity.caching.page_cache import cached_page
from citysolidarity.views.campaign_days import moment_of
from pledges.models import Milestone, Signature, StatementVersion
from pledges.signatories.chart import growth
from pledges.supports.petition import LAST_EXACT
from practices.cities.maps import world_map
from practices.models import City, Guide, Practice
from practices.vocabularies.facets import every_option

LATEST = 3
EVALUATED = 2


def choose_language(request):
    """Redirect "/" to the home page in the visitor's language."""
    with translation.override(translation.get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@cached_page()
def home(request):
    published = Practice.objects.published()
    counts = published.facet_counts({})
    themes = sorted(every_option(counts, "theme"), key=lambda theme: -theme.count)
    version = StatementVersion.objects.current(translation.get_language())
    evaluated = published.evaluated().with_city().with_review().in_language().with_parts("sources", "figures")
    cities = list(City.objects.listed().with_counts().public().in_name_order())
    context = {
        "counts": counts,
        "city_count": sum(1 for city in cities if city.practice_count),
        "country_count": sum(country.count > 0 for country in every_option(counts, "country")),
        "signed": Signature.objects.count_now(),
        "themes": themes,
        "most": max(themes[0].count, 1),
        "evaluated": list(evaluated[:EVALUATED]),
        "latest": list(published.with_city().with_review().in_language().sorted_by("newest")[:LATEST]),
        "version": version,
        "clauses": list(version.clauses.all()) if version else [],
        "growth": growth(Milestone.objects.in_order(), [], timezone.localdate()),
        "map": world_map(cities),
        "guides": list(Guide.objects.published().in_language()),
        "petition": LAST_EXACT,
        "moment": moment_of(timezone.localdate()),
    }
    return render(request, "citysolidarity/views/home.html", context)
