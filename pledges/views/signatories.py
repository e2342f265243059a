"""The signatories: who signed, when, and how well it is known. Six statements, whatever the number of rows."""

from django.db.models import FETCH_RAISE
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledges import maps
from pledges.chart import growth
from pledges.facets import Index
from pledges.models import Milestone, Signature
from pledges.numbers import by_country
from pledges.selection import NAMES, VIEWS, SignatorySelection, read
from practices.models import Membership
from practices.pages import kept
from practices.paging import Page
from practices.wording import Chip, Choice

PAGE_SIZES = {"list": 60, "table": 200}


def asked_for(request) -> str:
    """What the page depends on: every parameter that it reads."""
    return repr([(name, sorted(set(request.GET.getlist(name)))) for name in (*NAMES, "view", "page")])


@kept(asked_for)
def signatories(request):
    """The public signatures that fit the address, with every facet counted under them."""
    index = Index(Signature.objects.public().in_name_order(), Membership.objects.all())
    selection = read(request.GET, index.chosen_of(request.GET))
    found = index.found(selection.chosen)
    # A map shows all of them at once.
    page = Page(selection, len(found), PAGE_SIZES.get(selection.view) or max(len(found), 1))
    shown = Signature.objects.public().with_city().fetch_mode(FETCH_RAISE).filter(pk__in=found[page.slice])
    context = {
        "selection": selection,
        "heading": ngettext("%(count)d signatory", "%(count)d signatories", len(found)) % {"count": len(found)},
        "chips": chips(index, selection),
        "groups": index.groups(selection.chosen),
        "views": views(selection),
        "facets_query": selection.changed(view=VIEWS[0]).query(),
        "page": page,
        "signatures": list(shown.in_name_order()),
        "signed": Signature.objects.count_now(),
        "countries": by_country(Signature.objects.counted()),
        "growth": growth(Milestone.objects.in_order(), index.days, timezone.localdate()),
    }
    if selection.view == "map":
        context["map"] = maps.signatory_map(context["signatures"], region=selection.codes("region"))
        context["regions"] = maps.regions(selection, context["groups"])
    return render(request, f"pledges/signatories_{selection.view}.html", context)


def chips(index: Index, selection: SignatorySelection) -> list[Chip]:
    """Everything chosen, each with the address of the list without it."""
    return [
        Chip(index.label(name, code), selection.toggled(name, code).query() or "?")
        for name, codes in selection.chosen.items()
        for code in codes
    ]


def views(selection: SignatorySelection) -> list[Choice]:
    """List, map and table of the same selection."""
    labels = {"list": _("List"), "map": _("Map"), "table": _("Table")}
    return [
        Choice(label, selection.changed(view=view).query() or "?", view == selection.view)
        for view, label in labels.items()
    ]
