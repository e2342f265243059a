from django.db.models import FETCH_RAISE
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from citysolidarity.caching.page_cache import by_parameters, cached_page
from pledges.models import Milestone, Signature
from pledges.signatories import maps, summary
from pledges.signatories.chart import growth
from pledges.signatories.found import FoundSignatories, in_order, separates
from pledges.signatories.numbers import by_country
from pledges.signatories.selection import NAMES, VIEWS
from practices.cities import place_search
from practices.directory.pagination import Page
from practices.directory.summary import countries_in_words

PLACES = 3  # around which one may look instead
PAGE_SIZES = {"list": 60, "table": 200}
PARAMETERS = ("q", "around", "near", *NAMES, "sort", "view", "page")


@cached_page(by_parameters(*PARAMETERS))
def signatories(request):
    """The public signatures that match the URL, with every facet counted (6 queries, at most 9 for a place, 12 for a name)."""
    found = FoundSignatories(request.GET)
    index, selection, count = found.index, found.selection, len(found.keys)
    places = place_search.find(selection.words)[:PLACES] if selection.words else []
    if "around" in request.GET and (place := place_search.the_one_meant(selection.words, places)):
        return HttpResponseRedirect(request.path + selection.changed(words="", near=place).query())
    # The map shows everything on one page.
    page = Page(selection, count, PAGE_SIZES.get(selection.view) or max(count, 1))
    shown = Signature.objects.public().with_city().fetch_mode(FETCH_RAISE).in_bulk(found.keys[page.slice])
    groups = found.narrowed.groups(selection.chosen)
    signatures = in_order(shown, found.keys[page.slice])
    for signature in signatures:
        signature.distance = found.nearness[signature.city_id] if selection.near else None
    context = {
        "selection": selection,
        "heading": summary.sentence(index, selection, count),
        "chips": summary.chips(index, selection),
        "groups": groups,
        # The country has a box of its own, above the list.
        "panel": [group for group in groups if group.name != "country"],
        "countries_offered": next(group for group in groups if group.name == "country").options,
        "countries_chosen": countries_in_words(selection.codes("country")),
        "places": [(place, selection.changed(words="", near=place).query()) for place in places],
        "in_its_country": summary.in_country_of(index, selection),
        "is_around": "around" in request.GET,
        "sorts": summary.sorts(selection) if separates(found.index.rows) else [],
        "views": summary.views(selection),
        "facets_query": selection.changed(view=VIEWS[0]).query(),
        "page": page,
        "signatures": signatures,
        "signed": Signature.objects.count_now(),
        "countries": by_country(Signature.objects.counted()),
        "growth": growth(Milestone.objects.in_order(), index.days, timezone.localdate()),
    }
    if selection.view == "map":
        close = bool(selection.words or selection.near or selection.codes("country"))
        context["map"] = maps.signatory_map(signatures, region=selection.codes("region"), close=close)
        context["regions"] = maps.regions(selection, context["groups"])
    return render(request, f"pledges/signatories/{selection.view}.html", context)
