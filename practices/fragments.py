"""Pages put together from pieces that were rendered before. The ordinary templates stay the only source of markup.

Almost all the time of a page goes into templates, and almost all of what they print is the same every time. So what
surrounds the parts of a page (``{% part %}``) is rendered once per language, an option of a facet once per language, a
card once per language and version of its practice. A test holds that the page is, byte for byte, the one that
``render`` makes of the same template and context.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from django.http import HttpRequest
from django.template import Context, loader
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from practices import facets
from practices.paging import Page
from practices.selection import Selection
from practices.templatetags.fragments import CLOSE, OPEN, TAKEN, PartNode
from practices.wording import Chip

PARTS = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
FACETS_TEMPLATE = "components/facet_groups.html"
CHOICES_TEMPLATE, PAGER_TEMPLATE = "components/choices.html", "components/pager.html"
CHIPS_TEMPLATE = "practices/chips.html"
# Stands for the number where an option is rendered once for all numbers but 0.
HOLE = f"{OPEN}{CLOSE}"
FIGURES = ("first_shown", "last_shown", "total")

# Code, tag number and label of a facet's value.
type Terms = list[tuple[str, int, str]]
# An option's tag number, its markup before and after the count, and its markup where the count is 0.
type Piece = tuple[int, str, str, str]

frames: dict[tuple[str, str], "Frame"] = {}
option_pieces: dict[tuple[str, str, bool], list[Piece]] = {}
group_pieces: dict[tuple[str, str, bool], tuple[str, str]] = {}
patterns: dict[tuple, "Pattern"] = {}


# As many patterns as a visitor who turns every page could ask for.
MOST_PATTERNS = 1_000


def forget() -> None:
    """Render everything anew, as a fresh process does."""
    for kept in (frames, option_pieces, group_pieces, patterns):
        kept.clear()


class Frame:
    """A page without its parts: the texts between them, and how each part is rendered."""

    def __init__(self, template, request: HttpRequest):
        self.template = template.template
        self.parts: dict = {}
        html = template.render({TAKEN: self.parts}, request)
        pieces = PARTS.split(html)
        self.texts, self.names = pieces[0::2], pieces[1::2]

    def filled(self, context: dict) -> str:
        """The page, its parts rendered with ``context``."""
        scope = Context(context)
        scope.template = self.template
        found = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            found += (self.parts[name].render(scope), text)
        return "".join(found)


def page(request: HttpRequest, template: str, context: dict) -> str:
    """What ``render`` makes of the template, in which every part that depends on ``context`` must be marked.

    What surrounds the parts may depend on the language and on nothing else.
    """
    key = template, get_language()
    if key not in frames:
        frames[key] = Frame(loader.get_template(template), request)
    return frames[key].filled(context)


@cache
def nodes(template: str) -> dict[str, PartNode]:
    """The marked parts of a template by name."""
    found = loader.get_template(template).template.nodelist.get_nodes_by_type(PartNode)
    return {node.name: node for node in found}


def facet_groups(counts: facets.Counts, chosen: Mapping[str, tuple[str, ...]]) -> SafeString:
    """The facets of the directory, as components/facet_groups.html makes them of ``facets.groups``."""
    language, found, count_of = get_language(), [], counts.numbers.get
    for facet, terms in facets.laid_out(language):
        codes = chosen.get(facet.name, ())
        pieces = options(language, facet, terms)
        if codes:
            chosen_pieces = options(language, facet, terms, selected=True)
            pieces = [chosen_pieces[at] if term[0] in codes else pieces[at] for at, term in enumerate(terms)]
        if facet.only_present:
            kept = {number for code, number, _label in terms if code in codes} if codes else ()
            pieces = [piece for piece in pieces if count_of(piece[0]) or piece[0] in kept]
        body = [
            f"{before}{count}{after}" if (count := count_of(number)) else zero for number, before, after, zero in pieces
        ]
        if body:
            head, tail = group(language, facet, bool(codes))
            found += (head, *body, tail)
    return SafeString("".join(found))


def options(language: str, facet: facets.Facet, terms: Terms, selected: bool = False) -> list[Piece]:
    """Every option of a facet, in the language that is active: see Piece."""
    key = language, facet.name, selected
    if key not in option_pieces:
        option_pieces[key] = [option(facet.name, *term, selected) for term in terms]
    return option_pieces[key]


def option(name: str, code: str, number: int, label: str, selected: bool) -> Piece:
    """The markup of one option."""
    nodelist, shown = nodes(FACETS_TEMPLATE)["option"].nodelist, facets.Group(name, "", [], False)
    counted, zero = (
        nodelist.render(Context({"group": shown, "option": facets.Option(code, label, count, selected)}))
        for count in (HOLE, 0)
    )
    before, after = counted.split(HOLE)
    return number, before, after, zero


def group(language: str, facet: facets.Facet, is_chosen: bool) -> tuple[str, str]:
    """The markup of a facet before and after its options."""
    key = language, facet.name, is_chosen
    if key not in group_pieces:
        shown = facets.Group(facet.name, facet.title, [facets.Option("", "", 0, False)], facet.opened or is_chosen)
        html = nodes(FACETS_TEMPLATE)["group"].nodelist.render(Context({"group": shown, TAKEN: {}}))
        head, _options, tail = PARTS.split(html)
        group_pieces[key] = head, tail
    return group_pieces[key]


def choices(selection: Selection, offered: Callable[[Selection], list]) -> SafeString:
    """Ways to order or to show a search: components/choices.html of ``offered(selection)``.

    ``offered`` may look at the selection's sort and view, and at whether it has words or a city, and link to the same search.
    """
    key = (
        get_language(),
        offered,
        selection.order,
        selection.view,
        bool(selection.words),
        bool(selection.like),
        bool(selection.narrowing),
    )
    if key not in patterns:
        html = loader.render_to_string(CHOICES_TEMPLATE, {"choices": offered(with_hole(selection))})
        patterns[key] = Pattern(html)
    return patterns[key].filled(narrowing=selection.narrowing)


def pager(page: Page) -> SafeString:
    """The pages of a search: components/pager.html of ``page``."""
    selection = page.selection
    key = get_language(), page.number, page.last, selection.sort, selection.view, bool(selection.narrowing)
    if key not in patterns:
        if len(patterns) >= MOST_PATTERNS:
            patterns.clear()
        stand_in = replace(page, selection=with_hole(selection))
        shown = {name: getattr(stand_in, name) for name in ("number", "last", "previous_url", "next_url", "links")}
        figures = {name: hole(name) for name in FIGURES}
        patterns[key] = Pattern(loader.render_to_string(PAGER_TEMPLATE, {"page": shown | figures}))
    figures = {name: localize(getattr(page, name)) for name in FIGURES}
    return patterns[key].filled(narrowing=selection.narrowing, **figures)


def chips(selection: Selection, chosen: list[Chip]) -> SafeString:
    """Everything chosen: practices/chips.html of ``chosen``."""
    if not chosen:
        return SafeString(loader.render_to_string(CHIPS_TEMPLATE, {"chips": []}))
    language = get_language()
    around, each = (language, "chips", selection.view), (language, "chip")
    if around not in patterns:
        context = {"chips": chosen, "cleared_url": hole("cleared"), TAKEN: {}}
        patterns[around] = Pattern(loader.render_to_string(CHIPS_TEMPLATE, context))
    if each not in patterns:
        stand_in = {"chip": {"url": hole("url"), "label": hole("label")}}
        patterns[each] = Pattern(nodes(CHIPS_TEMPLATE)["chip"].nodelist.render(Context(stand_in)))
    inside = "".join(patterns[each].filled(url=chip.url, label=chip.label) for chip in chosen)
    return patterns[around].filled(chips=SafeString(inside), cleared=selection.cleared().query() or "?")


def hole(name: str) -> str:
    """A text that stands for another one in a Pattern."""
    return f"{OPEN}{name}{CLOSE}"


class Pattern:
    """What a template prints, with holes where it differs from one search to the next."""

    def __init__(self, html: str):
        pieces = PARTS.split(html)
        self.texts, self.names = pieces[0::2], pieces[1::2]

    def filled(self, **values: str) -> SafeString:
        """The markup with these texts in its holes."""
        escaped = {name: conditional_escape(value) for name, value in values.items()}
        found = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            found += (escaped[name], text)
        return SafeString("".join(found))


def with_hole(selection: Selection) -> Selection:
    """The search with a hole in its address where the real one says what it leaves out."""
    stand_in = replace(selection)
    stand_in.__dict__["narrowing"] = hole("narrowing") if selection.narrowing else ""
    return stand_in
