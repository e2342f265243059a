"""The directory and its entries. A page of the directory needs no statement when its cards are kept, and at most three."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from practices import facets, fragments, sharecard, wording
from practices.cards import LIST, TABLE, cards
from practices.citation import citation, structured_data
from practices.coverage import Grid
from practices.filters import PracticeFilter, read_selection
from practices.index.found import find
from practices.index.worker import worker
from practices.languages import base_of, own_name
from practices.maps import region_links, world_map
from practices.models import Practice
from practices.models.picture import pictures_of
from practices.pages import kept, path_alone
from practices.paging import Page
from practices.suggestions import suggestions
from practices.translations import alternates, note_of, other_ways, path_of
from practices.views.likeness import alike, alike_first, kept_of
from practices.voices import voices_of

PAGE_SIZE = 20
TABLE_SIZE = 100
OTHERS = 6


def selection_of(request) -> str:
    """What the directory's page depends on: the search, and the moment from which a freshness will read otherwise."""
    request.selection = read_selection(request.GET)
    return f"{request.selection.query()} {worker.as_looked().fresh_until}"


@kept(selection_of)
def directory(request):
    """The practices that fit the address, with every facet counted under them."""
    looked = hasattr(request, "selection")
    selection = request.selection if looked else read_selection(request.GET)
    found = find(selection, looked)
    counts = found.counts
    page = Page(selection, counts.total, TABLE_SIZE if selection.view == "table" else PAGE_SIZE)
    understood = selection.changed(words=found.reading.words) if selection.words else selection
    chips, pieces = wording.chips(selection), fragments.Pieces(selection)
    context = {
        "selection": selection,
        "counts": counts,
        "reading": found.reading,
        "heading": wording.sentence(understood, counts.total),
        "chips": pieces.chips(chips),
        "number": len(chips),
        "sorts": pieces.choices(wording.sorts),
        "views": pieces.choices(wording.views),
        "page": page,
        "facets": pieces.facets(counts),
    }
    context |= kept_of(selection)
    if selection.words:
        context["exact_url"] = selection.changed(exact=True).query()
        context["corrected_url"] = selection.changed(exact=False).query()
    shown = selection.view if counts.total else "nothing"
    if shown == "nothing":
        context["ways_out"] = wording.ways_out(selection, counts, found.total)
    elif shown == "map":
        places = list(PracticeFilter.of(selection).qs.by_city())
        context["places"] = alike_first(places, selection)
        context["map"] = world_map(places, region=selection.codes("region"))
        context["regions"] = region_links(selection, counts)
    else:
        context["pager"] = pieces.pager(page)
        keys = found.keys(page.slice)
        shape = TABLE if shown == "table" else LIST
        context["cards"] = cards.of(
            keys, found.reading, shape, found.stamps(keys), alike(selection, found, keys, shape)
        )
    return HttpResponse(fragments.page(request, f"practices/directory_{shown}.html", context))


@kept(path_alone)
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


@kept(path_alone)
def practice(request, slug):
    """One entry: what the city does, what it took, what changed, and where that is said."""
    entry = get_object_or_404(Practice.objects.published().for_its_page().told(), slug=slug)
    return render(request, "practices/practice.html", page_of(entry))


def page_of(entry: Practice) -> dict:
    """What ``practices/practice.html`` shows of an entry that was fetched ``for_its_page``: four statements."""
    published = Practice.objects.published().with_city().told()
    address = settings.SITE_URL + path_of(entry)
    sources = list(entry.sources.all())
    return {
        "practice": entry,
        "voices": voices_of(entry),
        "pictures": pictures_of(entry),
        "sources": sources,
        "figures": list(entry.figures.select_related("source")),
        "of_the_city": list(published.others_of(entry).sorted_by("newest")[:OTHERS]),
        "similar": [(other, facets.shared(entry.tags, other.tags)) for other in published.similar_to(entry)],
        "map": world_map([entry.city], around=entry.city),
        "address": address,
        "note": note_of(entry),
        "other_ways": other_ways(entry),
        "alternates": alternates(entry),
        "language_name": own_name(base_of(entry.language)),
        "citation": citation(entry, address),
        "structured_data": structured_data(entry, sources, address),
    }


def practice_card(request, slug, language=""):
    """The Open Graph image of an entry, with its title in this language: a PNG of 1200 × 630 pixels."""
    entry = get_object_or_404(Practice.objects.published().with_city().told(language), slug=slug)
    image = sharecard.draw(entry.title, str(entry.city), language=get_language())
    return HttpResponse(image, content_type="image/png", headers={"Cache-Control": "public, max-age=86400"})
