"""A selection of signatories in words: its heading, what can be taken back, ways to order and to show it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pledges.signatories.facets import SignatoryIndex
from pledges.signatories.selection import NEWEST, SignatorySelection
from practices.cities.list_search import REACH
from practices.directory.summary import Chip, DisplayOption, either, words_chip


def sentence(index: SignatoryIndex, selection: SignatorySelection, count: int) -> str:
    """Such as "3 signatories in Japan" or "2 signatories within 100 km of Dortmund, Germany"."""
    parts = [ngettext("%(count)d signatory", "%(count)d signatories", count) % {"count": count}]
    if selection.words:
        parts.append(pgettext("signatories …", "matching “%(words)s”") % {"words": selection.words})
    if selection.near:
        parts.append(pgettext("signatories …", "within %(reach)d km of %(place)s") % reach_of(selection))
    facet = "country" if selection.codes("country") else "region"
    if codes := selection.codes(facet):
        places = either([index.label(facet, code) for code in codes])
        parts.append(pgettext("signatories …", "in %(places)s") % {"places": places})
    return " ".join(parts)


def reach_of(selection: SignatorySelection) -> dict:
    return {"reach": REACH, "place": selection.near.label}


def chips(index: SignatoryIndex, selection: SignatorySelection) -> list[Chip]:
    """Everything chosen, each with the URL of the list without it."""
    chosen = words_chip(selection)
    if selection.near:
        label = _("Within %(reach)d km of %(place)s") % reach_of(selection)
        chosen.append(Chip(label, selection.changed(near=None).query() or "?"))
    return chosen + [
        Chip(index.label(name, code), selection.toggled(name, code).query() or "?")
        for name, codes in selection.chosen.items()
        for code in codes
    ]


def in_country_of(index: SignatoryIndex, selection: SignatorySelection) -> Chip | None:
    """The signatories of the country in which the place lies, where there are any."""
    if not selection.near:
        return None
    there = selection.changed(near=None).cleared().with_only("country", [selection.near.country])
    count = len(index.matching(there.chosen))
    return Chip(sentence(index, there, count), there.query()) if count else None


def sorts(selection: SignatorySelection) -> list[DisplayOption]:
    first = _("Nearest") if selection.near else _("Best match") if selection.words else _("City A–Z")
    labels = {"": first, NEWEST: _("Newest")}
    return [
        DisplayOption(label, selection.changed(sort=sort).query() or "?", sort == selection.sort)
        for sort, label in labels.items()
    ]


def views(selection: SignatorySelection) -> list[DisplayOption]:
    labels = {"list": _("List"), "map": _("Map"), "table": _("Table")}
    return [
        DisplayOption(label, selection.changed(view=view).query() or "?", view == selection.view)
        for view, label in labels.items()
    ]
