"""A search said in words, and the parts of it that can be taken back one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from practices.facets import BY_NAME, FACETS, Counts
from practices.selection import Selection


@dataclass(frozen=True)
class Chip:
    """One chosen thing, and the address of the same search without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Way:
    """A part to drop when nothing is found, and how many practices that would bring back."""

    label: str
    url: str
    count: int


@cache
def phrases(language: str) -> tuple[str, dict[str, str]]:
    """What stands between two parts of a sentence in the active language, and how each facet reads in it."""
    return pgettext("list separator", ", "), {facet.name: str(facet.phrase) for facet in FACETS}


def sentence(selection: Selection, total: int) -> str:
    """The search in one sentence, such as "6 practices on Housing, for Refugees, since 2015"."""
    language = get_language()
    separator, phrase_of = phrases(language)
    said = ngettext("%(count)d practice", "%(count)d practices", total) % {"count": total}
    parts = []
    if selection.words:
        parts.append(pgettext("practices …", "matching “%(words)s”") % {"words": selection.words})
    for facet in FACETS:
        if codes := selection.codes(facet.name):
            labels = facet.vocabulary.labels_in(language)
            parts.append(phrase_of[facet.name] % {"values": either([labels[code] for code in codes])})
    if selection.since and selection.until:
        parts.append(_("begun between %(since)d and %(until)d") % {"since": selection.since, "until": selection.until})
    elif selection.since:
        parts.append(_("begun in %(since)d or later") % {"since": selection.since})
    elif selection.until:
        parts.append(_("begun in %(until)d or earlier") % {"until": selection.until})
    return " ".join([said, separator.join(parts)]).strip()


def either(labels: list[str]) -> str:
    """ "A", "A or B", "A, B or C" in the active language."""
    if len(labels) == 1:
        return labels[0]
    first = pgettext("list separator", ", ").join(labels[:-1])
    return _("%(first)s or %(last)s") % {"first": first, "last": labels[-1]}


def chips(selection: Selection) -> list[Chip]:
    """Everything chosen, in the order of the page."""
    found, language = [], get_language()
    if selection.words:
        found.append(Chip(f"“{selection.words}”", selection.changed(words="").query() or "?"))
    for facet in FACETS:
        if codes := selection.codes(facet.name):
            labels = facet.vocabulary.labels_in(language)
            found += [Chip(labels[code], selection.query_without(f"{facet.name}={code}")) for code in codes]
    if selection.since:
        said = _("From %(year)d") % {"year": selection.since}
        found.append(Chip(said, selection.query_without(f"since={selection.since}")))
    if selection.until:
        said = _("Until %(year)d") % {"year": selection.until}
        found.append(Chip(said, selection.query_without(f"until={selection.until}")))
    return found


def ways_out(selection: Selection, counts: Counts, total_of: Callable[[Selection], int]) -> list[Way]:
    """What to drop when nothing is found, the most fruitful first; ways that bring nothing are left out.

    ``total_of`` counts what another search finds; it is asked for the search without its words or years.
    """
    ways = []
    if selection.words:
        rest, label = selection.changed(words=""), _("the words “%(words)s”") % {"words": selection.words}
        ways.append(Way(label, rest.query() or "?", total_of(rest)))
    if selection.since or selection.until:
        rest = selection.changed(since=None, until=None)
        ways.append(Way(_("the years"), rest.query() or "?", total_of(rest)))
    for name, count in counts.without.items():
        ways.append(Way(str(BY_NAME[name].title), selection.with_only(name, ()).query() or "?", count))
    return sorted((way for way in ways if way.count), key=lambda way: -way.count)


@dataclass(frozen=True)
class Choice:
    """One of several ways to order or show the list."""

    label: str
    url: str
    current: bool


def sorts(selection: Selection) -> list[Choice]:
    """The orders on offer."""
    labels = {
        "like": _("Most like your city"),
        "match": _("Best match"),
        "current": _("Up to date first"),
        "newest": _("Newest"),
        "confirmed": _("Recently confirmed"),
        "city": _("City"),
    }
    return [
        Choice(labels[sort], selection.changed(sort=sort).query() or "?", sort == selection.order)
        for sort in selection.sorts
    ]


def views(selection: Selection) -> list[Choice]:
    """List, map and table of the same search."""
    labels = {"list": _("List"), "map": _("Map"), "table": _("Table")}
    return [
        Choice(label, selection.changed(view=view).query() or "?", view == selection.view)
        for view, label in labels.items()
    ]
