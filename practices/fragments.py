"""Pages put together from pieces that were rendered before. The ordinary templates stay the only source of markup.

Almost all the time of a page goes into templates, and almost all of what they print is the same every time. So a page
of the directory is rendered once for each language and shape of search, with holes where searches of this shape differ;
an option of a facet once per language, a card once per language and version of its practice. A test holds that the page
is, byte for byte, the one that ``render`` makes of the same template and context.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from types import SimpleNamespace

from django.http import HttpRequest
from django.template import Context, loader
from django.utils.translation import get_language

from practices import options
from practices.facets import Counts
from practices.paging import Page
from practices.patterns import PARTS, Pattern, escaped, figure, hole
from practices.selection import NOBODY, Selection
from practices.templatetags.fragments import TAKEN, nodes
from practices.wording import Chip

CHOICES_TEMPLATE, PAGER_TEMPLATE = "components/choices.html", "components/pager.html"
CHIPS_TEMPLATE = "practices/chips.html"
FIGURES = ("first_shown", "last_shown", "total")
# What a page is given ready-made, as bytes.
READY = ("sorts", "views", "chips", "facets", "cards", "pager")
# Parts that say more than fits into a hole are rendered each time, where a search has them at all.
ALWAYS_RENDERED = {"map", "nothing"}
OF_A_CITY, OF_A_COMPARISON = {"title", "kept", "like", "like-head"}, {"kept", "compared"}

frames: dict[tuple[str, str], "Frame"] = {}
patterns: dict[tuple, Pattern] = {}

# As many patterns as a visitor who turns every page could ask for.
MOST_PATTERNS = 1_000


def forget() -> None:
    """Render everything anew, as a fresh process does."""
    for kept in (frames, patterns):
        kept.clear()
    options.forget()


def kept_pattern(key: tuple, made: Callable[[], Pattern]) -> Pattern:
    """The pattern of that name; it is made where it is not kept."""
    if key not in patterns:
        if len(patterns) >= MOST_PATTERNS:
            patterns.clear()
        patterns[key] = made()
    return patterns[key]


class Frame:
    """A page without its parts: the texts between them, and how each part is rendered."""

    def __init__(self, template, request: HttpRequest):
        self.template = template.template
        self.parts: dict = {}
        pieces = PARTS.split(template.render({TAKEN: self.parts}, request))
        self.texts, self.names = [text.encode() for text in pieces[0::2]], pieces[1::2]

    def rendered(self, names: Iterable[str], context: dict) -> dict[str, bytes]:
        """These parts, by name, of a page with this context."""
        scope = Context(context)
        scope.template = self.template
        return {name: self.parts[name].render(scope).encode() for name in names}

    def pattern(self, stand_in: dict, apart: set[str]) -> Pattern:
        """The page of a context full of holes; the parts named ``apart`` are holes as well."""
        shown = self.rendered(set(self.names) - apart, stand_in)
        pieces = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            pieces += (shown[name].decode() if name in shown else hole(name), text)
        return Pattern(*pieces)


def page(request: HttpRequest, template: str, context: dict) -> bytes:
    """What ``render`` makes of a template of the directory, in which every part that depends on ``context`` is marked.

    What surrounds the parts may depend on the language and on nothing else.
    """
    key = template, get_language()
    if key not in frames:
        frames[key] = Frame(loader.get_template(template), request)
    frame, selection, number = frames[key], context["selection"], context["number"]
    is_later = context["page"].number > 1
    shape = (
        *key,
        selection.view,
        selection.sort,
        selection.exact,
        bool(selection.words),
        bool(selection.since),
        bool(selection.until),
        bool(selection.like),
        bool(selection.compared),
        bool(number),
        is_later,
    )
    apart = set(ALWAYS_RENDERED)
    if is_later:
        apart.add("title")
    if selection.words:
        apart.add("corrected")
    if selection.like:
        apart |= OF_A_CITY
    if selection.compared:
        apart |= OF_A_COMPARISON
    found = kept_pattern(shape, lambda: frame.pattern(stand_in(selection, number), apart))
    texts = {name: context.get(name, b"") for name in READY} | {
        "heading": escaped(context["heading"]),
        "query": escaped(selection.canonical_query),
        "words": escaped(selection.words),
        "like-query": escaped(context["like_query"]),
        "since": b"%d" % (selection.since or 0),
        "until": b"%d" % (selection.until or 0),
        "number": figure(key[1], number),
    }
    if rendered := apart.intersection(frame.names):
        texts |= frame.rendered(rendered, context)
    return found.filled(texts)


def stand_in(selection: Selection, number: int) -> dict:
    """The context of a page with holes where searches of one shape differ."""
    shown = SimpleNamespace(
        view=selection.view,
        sort=selection.sort,
        exact=selection.exact,
        words=selection.words and hole("words"),
        since=selection.since and hole("since"),
        until=selection.until and hole("until"),
        canonical_query=hole("query"),
        like=NOBODY,
        compared=(),
        kept_pairs=(),
    )
    return {name: hole(name) for name in (*READY, "heading")} | {
        "selection": shown,
        "page": SimpleNamespace(number=1),
        "like_query": hole("like-query"),
        "number": number and hole("number"),
    }


class Pieces:
    """The ready-made pieces of a page about one search, in the language that is active."""

    def __init__(self, selection: Selection):
        self.selection, self.language = selection, get_language()
        self.texts = {"narrowing": escaped(selection.narrowing)}

    def facets(self, counts: Counts) -> bytes:
        """Every facet with these counts."""
        return options.facet_groups(self.language, counts, self.selection.chosen)

    def choices(self, offered: Callable[[Selection], list]) -> bytes:
        """Ways to order or to show a search: components/choices.html of ``offered(selection)``.

        ``offered`` may look at the selection's sort and view, and at whether it has words or a city, and link to the
        same search.
        """
        search = self.selection
        key = (
            self.language,
            offered,
            search.order,
            search.view,
            bool(search.words),
            bool(search.like),
            bool(search.narrowing),
        )

        def made():
            return Pattern(loader.render_to_string(CHOICES_TEMPLATE, {"choices": offered(with_hole(search))}))

        return kept_pattern(key, made).filled(self.texts)

    def pager(self, page: Page) -> bytes:
        """The pages of the search: components/pager.html of ``page``."""
        search = self.selection
        key = (
            self.language,
            page.number,
            page.last,
            search.sort,
            search.view,
            bool(search.words),
            bool(search.narrowing),
        )

        def made():
            stand_in = replace(page, selection=with_hole(search))
            shown = {name: getattr(stand_in, name) for name in ("number", "last", "previous_url", "next_url", "links")}
            figures = {name: hole(name) for name in FIGURES}
            return Pattern(loader.render_to_string(PAGER_TEMPLATE, {"page": shown | figures}))

        figures = {name: figure(self.language, getattr(page, name)) for name in FIGURES}
        return kept_pattern(key, made).filled(self.texts | figures)

    def chips(self, chosen: list[Chip]) -> bytes:
        """Everything chosen: practices/chips.html of ``chosen``."""
        cleared = self.selection.cleared().query() or "?" if chosen else ""
        around = kept_pattern((self.language, "chips", bool(chosen)), lambda: chips_around(bool(chosen)))
        each = kept_pattern((self.language, "chip"), one_chip)
        inside = [each.filled({"url": escaped(chip.url), "label": escaped(chip.label)}) for chip in chosen]
        return around.filled({"chips": b"".join(inside), "cleared": escaped(cleared)})


def chips_around(are_any: bool) -> Pattern:
    """The list of chips without them."""
    context = {"chips": are_any, "cleared_url": hole("cleared"), TAKEN: {}}
    return Pattern(loader.render_to_string(CHIPS_TEMPLATE, context))


def one_chip() -> Pattern:
    """A chip of any label and address."""
    stand_in = {"chip": {"url": hole("url"), "label": hole("label")}}
    return Pattern(nodes(CHIPS_TEMPLATE)["chip"].nodelist.render(Context(stand_in)))


def with_hole(selection: Selection) -> Selection:
    """The search with a hole in its address where the real one says what it leaves out."""
    stand_in = replace(selection)
    stand_in.__dict__["narrowing"] = hole("narrowing") if selection.narrowing else ""
    return stand_in
