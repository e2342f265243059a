"""The directory. A page of it needs no query when its cards are kept, and at most three."""

from dataclasses import replace

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citysolidarity.caching.page_cache import cached_page
from citysolidarity.caching.reading import read_from_replicas
from practices.cities import place_search
from practices.cities.maps import world_map
from practices.cities.similarity.answers import Answers
from practices.cities.similarity.profile import Profile
from practices.comparing.comparison import MOST
from practices.directory import columns, summary
from practices.directory.cards import card_of
from practices.directory.close_in_meaning import close_in_meaning
from practices.directory.coverage import Grid
from practices.directory.filters import PracticeFilter, read_selection
from practices.directory.forms import LONGEST_NAME, LikeForm
from practices.directory.found import find
from practices.directory.like_my_city import city_context, led_on, most_similar_first, similarity_notes
from practices.directory.pagination import Page
from practices.directory.places import by_country
from practices.directory.regions import region_links
from practices.directory.rendering import LIST, TABLE, rendering_of
from practices.directory.suggestions import suggestions
from practices.models import City, Practice


def like(request):
    """Find a city by its name (``city``); everything else of the address stays. At most five queries.

    Where only one place can be meant, or none is named beside the words, the list follows at once.
    """
    selection = read_selection(request.GET)
    typed = request.GET.get("city", "").replace("\0", "").strip()[:LONGEST_NAME]
    if "city" in request.GET and not typed and selection.words:
        return HttpResponseRedirect(reverse("directory") + selection.query())
    places = place_search.find(typed) if typed else []
    answers = selection.like.answers
    if place := place_search.the_one_meant(typed, places):
        [(_place, key)] = keys_of([place])
        return HttpResponseRedirect(url_of(selection, replace(answers, city=key)))
    if typed and not places:
        places = place_search.find_similar(typed)
    context = {
        "selection": selection,
        "typed": typed,
        "choices": [(place, url_of(selection, replace(answers, city=key))) for place, key in keys_of(places)],
        "form": LikeForm(selection.like),
        # Each of the two forms keeps everything of the address but its own parameters.
        "kept": selection.pairs,
        "kept_by_questions": selection.changed(like=Profile(Answers(city=answers.city))).pairs,
        "directory_url": reverse("directory") + selection.query(),
    }
    return render(request, "practices/directory/like.html", context)


def keys_of(places: list[place_search.PlaceChoice]) -> list[tuple[place_search.PlaceChoice, str]]:
    """The places with their names in the address: the slug where the directory has the city, else GeoNames' number."""
    keys = [place.value.partition(":")[2] for place in places]
    numbers = [int(key) for key in keys if key.isdecimal()]
    cities = City.objects.listed().filter(geonames_id__in=numbers) if numbers else City.objects.none()
    slugs = {str(number): slug for number, slug in cities.values_list("geonames_id", "slug")}
    return [(place, slugs.get(key, key)) for place, key in zip(places, keys, strict=True)]


def url_of(selection, answers: Answers) -> str:
    return reverse("directory") + selection.changed(like=Profile(answers), sort="").query()


PAGE_SIZE = 20
TABLE_SIZE = 100


def search_of(request) -> tuple[str, dict]:
    """What the directory's page depends on: the search, and the moment from which a freshness will read otherwise."""
    found = find(read_selection(request.GET), checked=True)
    return f"{found.selection.query()} {found.fresh_until}", {"found": found}


@cached_page(search_of)
def directory(request, found):
    selection = found.selection
    counts = found.counts
    page = Page(selection, counts.total, TABLE_SIZE if selection.view == "table" else PAGE_SIZE)
    understood = selection.changed(words=found.reading.words) if selection.words else selection
    chips, rendering = summary.chips(selection), rendering_of(selection)
    context = {
        "selection": selection,
        "counts": counts,
        "reading": found.reading,
        "heading": summary.sentence(understood, counts.total),
        "show": summary.invitation(counts.total),
        "chips": rendering.chips(chips),
        "number": len(chips),
        "sorts": rendering.choices(summary.sorts_for(counts)),
        "views": rendering.choices(summary.views),
        "page": page,
        "facets": rendering.facets(counts),
    }
    context["card"] = card_of(selection, context["heading"])
    context |= city_context(selection)
    if selection.words:
        context["exact_url"] = selection.changed(exact=True).query()
        context["corrected_url"] = selection.changed(exact=False).query()
    context |= {
        "elsewhere": selection.compared,
        "clear_url": selection.changed(compared=()).query() or "?",
        "most": MOST,
    }
    shown = selection.view if counts.total else "nothing"
    if shown == "nothing":
        context["ways_out"] = summary.ways_out(selection, counts, found.total)
    elif shown == "map":
        practices = PracticeFilter.of(selection).qs
        cities = list(practices.by_city())
        context["places"] = most_similar_first(cities, selection)
        context["countries"] = [] if selection.like else by_country(cities, practices, counts.total)
        context["map"] = world_map(cities, region=selection.codes("region"))
        context["regions"] = region_links(selection, counts)
    else:
        context["pager"] = rendering.pager(page)
        keys = found.keys(page.slice)
        template = TABLE if shown == "table" else LIST
        if template == TABLE:
            context["columns"] = rendering.choices(columns.columns, columns.TEMPLATE)
        notes = similarity_notes(selection, found, keys, template)
        cards = led_on(rendering.cards(keys, found.reading, template, found.stamps(keys), notes), selection)
        context["cards"], context["elsewhere"] = ticked(cards, selection.compared)
    if shown in {"list", "nothing"}:
        keys = close_in_meaning(found)
        close = led_on(rendering.close(keys, found.stamps(keys)), selection)
        context["close"], context["elsewhere"] = ticked(close, context["elsewhere"])
        context["library"] = rendering.library(found.reading.words if page.number == 1 else "")
    return HttpResponse(rendering.page(request, f"practices/directory/shown_as_{shown}.html", context))


def ticked[Markup: (bytes, str)](cards: Markup, slugs: tuple[str, ...]) -> tuple[Markup, list[str]]:
    """The cards with the boxes of these practices ticked, and the practices that have no card on this page."""
    elsewhere = []
    for slug in slugs:
        box = f'name="p" value="{slug}"'
        ticked_box = f"{box} checked"
        if isinstance(cards, bytes):
            box, ticked_box = box.encode(), ticked_box.encode()
        if box in cards:
            cards = type(cards)(cards.replace(box, ticked_box))
        else:
            elsewhere.append(slug)
    return cards, elsewhere


@cached_page()
def coverage(request):
    """What the directory knows for whom, and where it knows nothing yet. One query."""
    return render(request, "practices/directory/coverage.html", {"grid": Grid(Practice.objects.published().coverage())})


@read_from_replicas
def suggest(request):
    """What fits the words typed so far (``q``), as JSON; ``said`` is announced by screen readers."""
    items = suggestions(request.GET.get("q", ""))
    said = ngettext("%(count)d suggestion", "%(count)d suggestions", len(items)) % {"count": len(items)}
    # As short as a withdrawal may take to be seen everywhere.
    headers = {"Cache-Control": "public, max-age=60"}
    return JsonResponse({"suggestions": items, "said": said if items else _("No suggestion")}, headers=headers)
