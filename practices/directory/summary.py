"""A search said in words, and the parts of it that can be taken back one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from practices.directory.selection import Selection
from practices.vocabularies import COUNTRIES
from practices.vocabularies.facets import BY_NAME, FACETS, Counts
from practices.vocabularies.orders import COLUMN_SORTS
from practices.vocabularies.phrases import MANY, ONE


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


@dataclass(frozen=True)
class WayOut:
    """A part to drop when nothing is found, and how many practices that would bring back."""

    label: str
    url: str
    count: int


# Their parts of the sentence need no comma: "about housing for refugees in Germany".
CLOSE = ("theme", "population", "region", "country")


@cache
def phrases(language: str, is_one: bool) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """By facet: the phrase, and how each of its values reads in it."""
    words = ONE if is_one else MANY
    values = {
        facet.name: facet.vocabulary.labels_in(language)
        | {code: str(said) for code, said in words.get(facet.name, {}).items()}
        for facet in FACETS
    }
    return {facet.name: str((is_one and facet.phrase_of_one) or facet.phrase) for facet in FACETS}, values


def sentence(selection: Selection, total: int | None) -> str:
    """The search in one sentence, such as "6 practices about housing for refugees in Germany, started in 2015 or later".

    Without a number where ``total`` is None: what is followed will be more than what is there now.
    """
    phrase_of, values = phrases(get_language(), total == 1)
    close, apart = [counted(selection, total)], []
    if selection.words:
        close.append(pgettext("practices …", "matching “%(words)s”") % {"words": selection.words})
    for facet in FACETS:
        if codes := selection.codes(facet.name):
            if facet.name == "status" and len(codes) == 1 and codes != ("unknown",):
                continue  # It stands before the noun.
            part = phrase_of[facet.name] % {"values": either([values[facet.name][code] for code in codes])}
            (close if facet.name in CLOSE else apart).append(part)
    if selection.since and selection.until:
        apart.append(
            _("started between %(since)d and %(until)d") % {"since": selection.since, "until": selection.until}
        )
    elif selection.since:
        apart.append(_("started in %(since)d or later") % {"since": selection.since})
    elif selection.until:
        apart.append(_("started in %(until)d or earlier") % {"until": selection.until})
    if len(close) == 1 and apart:
        close.append(apart.pop(0))
    return pgettext("list separator", ", ").join([" ".join(close), *apart])


def sentence_of(found) -> str:
    """The same of a search that was made (``found.find``), with its words as they were understood."""
    selection = found.selection
    understood = selection.changed(words=found.reading.words) if selection.words else selection
    return sentence(understood, found.counts.total)


def counted(selection: Selection, total: int | None) -> str:
    status = selection.codes("status")
    if total is None:
        kinds = {
            ("ongoing",): pgettext("practices …", "ongoing practices"),
            ("completed",): pgettext("practices …", "completed practices"),
        }
        return kinds.get(status, pgettext("practices …", "practices"))
    if status == ("ongoing",):
        said = ngettext("%(count)d ongoing practice", "%(count)d ongoing practices", total)
    elif status == ("completed",):
        said = ngettext("%(count)d completed practice", "%(count)d completed practices", total)
    else:
        said = ngettext("%(count)d practice", "%(count)d practices", total)
    return said % {"count": total}


def invitation(total: int) -> str:
    """What the button of the filters says where a script counts along."""
    return ngettext("Show %(count)d practice", "Show %(count)d practices", total) % {"count": total}


def either(labels: list[str]) -> str:
    """ "A", "A or B", "A, B or C" in the active language."""
    if len(labels) == 1:
        return labels[0]
    first = pgettext("list separator", ", ").join(labels[:-1])
    return _("%(first)s or %(last)s") % {"first": first, "last": labels[-1]}


def countries_in_words(codes: tuple[str, ...]) -> str:
    """Several countries, which a box to select one cannot show; "" for one or none."""
    return either([COUNTRIES.label(code) for code in codes]) if len(codes) > 1 else ""


def words_chip(selection) -> list[Chip]:
    """The words of any list's selection; none where nothing was typed."""
    label = pgettext("what was searched for", "“%(words)s”") % {"words": selection.words}
    return [Chip(label, selection.changed(words="").query() or "?")] if selection.words else []


def chips(selection: Selection) -> list[Chip]:
    chosen, language = words_chip(selection), get_language()
    for facet in FACETS:
        if codes := selection.codes(facet.name):
            labels = facet.vocabulary.labels_in(language)
            chosen += [Chip(labels[code], selection.query_without(f"{facet.name}={code}")) for code in codes]
    if selection.since:
        label = _("From %(year)d") % {"year": selection.since}
        chosen.append(Chip(label, selection.query_without(f"since={selection.since}")))
    if selection.until:
        label = _("Until %(year)d") % {"year": selection.until}
        chosen.append(Chip(label, selection.query_without(f"until={selection.until}")))
    return chosen


def ways_out(selection: Selection, counts: Counts, total_of: Callable[[Selection], int]) -> list[WayOut]:
    """What to drop when nothing is found, the most fruitful first; ways that bring nothing are left out.

    ``total_of`` counts what another search finds; it is asked for the search without its words or years.
    """
    ways = []
    if selection.words:
        rest, label = selection.changed(words=""), _("the words “%(words)s”") % {"words": selection.words}
        ways.append(WayOut(label, rest.query() or "?", total_of(rest)))
    if selection.since or selection.until:
        rest = selection.changed(since=None, until=None)
        ways.append(WayOut(_("the years"), rest.query() or "?", total_of(rest)))
    for name, count in counts.without.items():
        ways.append(WayOut(str(BY_NAME[name].title), selection.with_only(name, ()).query() or "?", count))
    return sorted((way for way in ways if way.count), key=lambda way: -way.count)


@dataclass(frozen=True)
class DisplayOption:
    label: str
    url: str
    current: bool


def name_of_column(sort: str) -> str:
    names = {"size": _("City size"), "cost": _("Yearly cost"), "evidence": _("Evidence"), "started": _("Start year")}
    return names[sort.removeprefix("-")]


def sorts(selection: Selection) -> list[DisplayOption]:
    labels = {
        "like": _("Most like your city"),
        "match": _("Best match"),
        "current": _("Most current"),
        "newest": _("Newest"),
        "confirmed": _("Last confirmed"),
        "city": _("City A–Z"),
        **{sort: name_of_column(sort) for sort in COLUMN_SORTS},
    }
    return [
        DisplayOption(labels[sort], selection.changed(sort=sort).query() or "?", sort == selection.order)
        for sort in selection.sorts
    ]


def sorts_of_unconfirmed(selection: Selection) -> list[DisplayOption]:
    """Where nobody confirmed anything lately: what is most current is the newest, so neither separates anything."""
    urls = {selection.changed(sort=sort).query() or "?" for sort in ("newest", "confirmed") if sort != selection.order}
    return [option for option in sorts(selection) if option.url not in urls]


def sorts_for(counts: Counts) -> Callable[[Selection], list[DisplayOption]]:
    is_confirmed = any(counts.of("freshness", code) for code in ("fresh", "due"))
    return sorts if is_confirmed else sorts_of_unconfirmed


def views(selection: Selection) -> list[DisplayOption]:
    labels = {"list": _("List"), "map": _("Map"), "table": _("Table")}
    return [
        DisplayOption(label, selection.changed(view=view).query() or "?", view == selection.view)
        for view, label in labels.items()
    ]
