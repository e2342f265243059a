"""The directory and its entries. The list may use six statements, a single entry five."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from practices import facets, sharecard, wording
from practices.citation import citation, structured_data
from practices.coverage import Grid
from practices.filters import PracticeFilter
from practices.maps import region_links, world_map
from practices.models import Practice
from practices.paging import Page
from practices.suggestions import suggestions

PAGE_SIZE = 20
TABLE_SIZE = 100
OTHERS = 6


def directory(request):
    """The practices that fit the address, with every facet counted under them."""
    asked = PracticeFilter(request.GET, Practice.objects.published())
    selection = asked.selection
    counts = asked.before_facets.facet_counts(selection.chosen)
    page = Page(selection, counts.total, TABLE_SIZE if selection.view == "table" else PAGE_SIZE)
    context = {
        "selection": selection,
        "counts": counts,
        "reading": asked.reading,
        "heading": wording.sentence(selection.changed(words=asked.reading.words), counts.total),
        "chips": wording.chips(selection),
        "groups": facets.groups(counts, selection.chosen),
        "sorts": wording.sorts(selection),
        "views": wording.views(selection),
        "page": page,
        "exact_url": selection.changed(exact=True).query(),
        "corrected_url": selection.changed(exact=False).query(),
    }
    if selection.view == "map":
        places = list(asked.qs.by_city())
        context["places"] = places
        context["map"] = world_map(places, region=selection.codes("region"))
        context["regions"] = region_links(selection, counts)
    else:
        found = asked.qs.with_city().marked(asked.reading).sorted_by(selection.order, asked.reading)
        context["practices"] = list(found[page.slice])
    if not counts.total:
        context["ways_out"] = ways_out(asked, counts)
    return render(request, f"practices/directory_{selection.view}.html", context)


def ways_out(asked: PracticeFilter, counts: facets.Counts) -> list[wording.Way]:
    """What could be dropped from a search that finds nothing; at most two statements."""
    selection, without = asked.selection, {"words": 0, "years": 0}
    everything = Practice.objects.published()
    if selection.words:
        rest = everything.started_between(selection.since, selection.until)
        without["words"] = rest.facet_counts(selection.chosen).total
    if selection.since or selection.until:
        without["years"] = everything.matching(asked.reading).facet_counts(selection.chosen).total
    return wording.ways_out(selection, counts, without["words"], without["years"])


def coverage(request):
    """What the directory knows for whom, and where it knows nothing yet. One statement."""
    return render(request, "practices/coverage.html", {"grid": Grid(Practice.objects.published().coverage())})


def suggest(request):
    """What fits the words typed so far (``q``), as JSON; ``said`` tells it to those who listen."""
    found = suggestions(request.GET.get("q", ""))
    said = ngettext("%(count)d suggestion", "%(count)d suggestions", len(found)) % {"count": len(found)}
    # As short as a withdrawal may take to be seen everywhere.
    headers = {"Cache-Control": "public, max-age=60"}
    return JsonResponse({"suggestions": found, "said": said if found else _("No suggestion")}, headers=headers)


def practice(request, slug):
    """One entry: what the city does, what it took, what changed, and where that is said."""
    entry = get_object_or_404(Practice.objects.published().with_city(), slug=slug)
    return render(request, "practices/practice.html", page_of(entry))


def page_of(entry: Practice) -> dict:
    """What ``practices/practice.html`` shows of an entry that was fetched ``with_city``: four statements."""
    published = Practice.objects.published().with_city()
    address = settings.SITE_URL + entry.get_absolute_url()
    sources = list(entry.sources.all())
    return {
        "practice": entry,
        "sources": sources,
        "figures": list(entry.figures.select_related("source")),
        "of_the_city": list(published.others_of(entry).sorted_by("newest")[:OTHERS]),
        "similar": [(other, facets.shared(entry.tags, other.tags)) for other in published.similar_to(entry)],
        "map": world_map([entry.city], around=entry.city),
        "address": address,
        "citation": citation(entry, address),
        "structured_data": structured_data(entry, sources, address),
    }


def practice_card(request, slug):
    """The Open Graph image of an entry: a PNG of 1200 × 630 pixels."""
    entry = get_object_or_404(Practice.objects.published().with_city(), slug=slug)
    image = sharecard.draw(entry.title, str(entry.city), language=get_language())
    return HttpResponse(image, content_type="image/png", headers={"Cache-Control": "public, max-age=86400"})
