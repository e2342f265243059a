from django.db.models import FETCH_RAISE
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citysolidarity.caching.page_cache import cached_page
from pledges.models import Milestone, Signature
from pledges.signatories import maps
from pledges.signatories.chart import growth
from pledges.signatories.facets import SignatoryIndex
from pledges.signatories.numbers import by_country
from pledges.signatories.selection import NAMES, VIEWS, SignatorySelection, read_selection
from practices.directory.pagination import Page
from practices.directory.summary import Chip, DisplayOption
from practices.models import Membership

PAGE_SIZES = {"list": 60, "table": 200}


def by_parameters(request) -> tuple[str, dict]:
    """The key of the page in the cache: every parameter that the view reads."""
    return repr([(name, sorted(set(request.GET.getlist(name)))) for name in (*NAMES, "view", "page")]), {}


@cached_page(by_parameters)
def signatories(request):
    """The public signatures that match the URL, with every facet counted (6 queries)."""
    index = SignatoryIndex(Signature.objects.public().in_list_order(), Membership.objects.all())
    selection = read_selection(request.GET, index.chosen_of(request.GET))
    matching = index.matching(selection.chosen)
    count = len(matching)
    # The map shows everything on one page.
    page = Page(selection, count, PAGE_SIZES.get(selection.view) or max(count, 1))
    shown = Signature.objects.public().with_city().fetch_mode(FETCH_RAISE).filter(pk__in=matching[page.slice])
    context = {
        "selection": selection,
        "heading": ngettext("%(count)d signatory", "%(count)d signatories", count) % {"count": count},
        "chips": chips(index, selection),
        "groups": index.groups(selection.chosen),
        "views": views(selection),
        "facets_query": selection.changed(view=VIEWS[0]).query(),
        "page": page,
        "signatures": list(shown.in_list_order()),
        "signed": Signature.objects.count_now(),
        "countries": by_country(Signature.objects.counted()),
        "growth": growth(Milestone.objects.in_order(), index.days, timezone.localdate()),
    }
    if selection.view == "map":
        context["map"] = maps.signatory_map(context["signatures"], region=selection.codes("region"))
        context["regions"] = maps.regions(selection, context["groups"])
    return render(request, f"pledges/signatories/{selection.view}.html", context)


def chips(index: SignatoryIndex, selection: SignatorySelection) -> list[Chip]:
    """Everything chosen, each with the URL of the list without it."""
    return [
        Chip(index.label(name, code), selection.toggled(name, code).query() or "?")
        for name, codes in selection.chosen.items()
        for code in codes
    ]


def views(selection: SignatorySelection) -> list[DisplayOption]:
    labels = {"list": _("List"), "map": _("Map"), "table": _("Table")}
    return [
        DisplayOption(label, selection.changed(view=view).query() or "?", view == selection.view)
        for view, label in labels.items()
    ]
