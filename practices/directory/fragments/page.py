"""Pages pasted from fragments that were rendered before. The ordinary templates stay the only source of markup.

Rendering takes almost all the time of a page, and prints almost the same every time. So a page of the directory is
rendered once for each language and shape of search, with slots where searches of this shape differ; an option of a
facet once for each language, a card once for each language and version of its practice.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from types import SimpleNamespace

from django.http import HttpRequest
from django.template import Context, loader
from django.utils.translation import get_language

from practices.comparing.comparison import MOST
from practices.directory.fragments import options
from practices.directory.fragments.cards import cards
from practices.directory.fragments.fragment import PARTS, Fragment, escaped, formatted_number, slot
from practices.directory.in_the_library import in_the_library
from practices.directory.pagination import Page
from practices.directory.selection import NOBODY, Selection
from practices.directory.summary import Chip
from practices.search.query import Reading
from practices.templatetags.fragments import TAKEN, nodes
from practices.vocabularies.facets import Counts

CHOICES_TEMPLATE, PAGER_TEMPLATE = "components/choices.html", "components/pager.html"
CHIPS_TEMPLATE = "practices/directory/chips.html"
CARD_TEMPLATE, CLOSE_TEMPLATE = "components/card.html", "practices/directory/close_in_meaning.html"
# What the context of a page holds as finished bytes.
READY = ("sorts", "views", "chips", "facets", "columns", "cards", "pager", "close", "library")
# Parts too varied for a slot are rendered for each request, where a search has them at all.
ALWAYS_RENDERED = {"map", "nothing"}
OF_A_CITY, OF_A_COMPARISON = {"title", "kept", "like", "like-head"}, {"elsewhere"}

shells: dict[tuple[str, str | None], "PageShell"] = {}
fragments: dict[tuple, Fragment] = {}

# A visitor who turns every page could otherwise fill the memory.
MOST_FRAGMENTS = 1_000


def forget() -> None:
    shells.clear()
    fragments.clear()
    options.forget()


def cached_fragment(key: tuple, make: Callable[[], Fragment]) -> Fragment:
    if key not in fragments:
        if len(fragments) >= MOST_FRAGMENTS:
            fragments.clear()
        fragments[key] = make()
    return fragments[key]


class PageShell:
    """A page without its parts: the texts between them, and the nodes of each part."""

    def __init__(self, template, request: HttpRequest):
        self.template = template.template
        self.parts: dict = {}
        pieces = PARTS.split(template.render({TAKEN: self.parts}, request))
        self.texts, self.names = [text.encode() for text in pieces[0::2]], pieces[1::2]

    def rendered(self, names: Iterable[str], context: dict) -> dict[str, bytes]:
        scope = Context(context)
        scope.template = self.template
        return {name: self.parts[name].render(scope).encode() for name in names}

    def fragment(self, slots: dict, apart: set[str]) -> Fragment:
        """The page of a context full of slots; the parts named in ``apart`` become slots as well."""
        shown = self.rendered(set(self.names) - apart, slots)
        pieces = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            pieces += (shown[name].decode() if name in shown else slot(name), text)
        return Fragment(*pieces)


def page(request: HttpRequest, template: str, context: dict) -> bytes:
    """What ``render`` makes of a template of the directory, in which every part that depends on ``context`` is marked.

    What surrounds the parts may depend on the language and on nothing else.
    """
    key = template, get_language()
    if key not in shells:
        shells[key] = PageShell(loader.get_template(template), request)
    shell, selection, number = shells[key], context["selection"], context["number"]
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
    fragment = cached_fragment(shape, lambda: shell.fragment(page_of_slots(selection, number), apart))
    texts = {name: context.get(name, b"") for name in READY} | {
        "heading": escaped(context["heading"]),
        "show": escaped(context["show"]),
        "query": escaped(selection.canonical_query),
        "quoted": escaped(selection.quoted_query),
        "kept-query": escaped(selection.query()),
        "words": escaped(selection.words),
        "like-query": escaped(context["like_query"]),
        "clear": escaped(context["clear_url"]),
        "card-title": escaped(context["card"].title),
        "card": escaped(context["card"].path),
        "since": b"%d" % (selection.since or 0),
        "until": b"%d" % (selection.until or 0),
        "number": formatted_number(key[1], number),
    }
    if rendered := apart.intersection(shell.names):
        texts |= shell.rendered(rendered, context)
    return fragment.filled(texts)


def page_of_slots(selection: Selection, number: int) -> dict:
    """The context of a page with slots where searches of one shape differ."""
    shown = SimpleNamespace(
        view=selection.view,
        sort=selection.sort,
        exact=selection.exact,
        words=selection.words and slot("words"),
        since=selection.since and slot("since"),
        until=selection.until and slot("until"),
        canonical_query=slot("query"),
        quoted_query=slot("quoted"),
        query=slot("kept-query"),
        like=NOBODY,
    )
    return {name: slot(name) for name in (*READY, "heading", "show")} | {
        "selection": shown,
        "page": SimpleNamespace(number=1),
        "like_query": slot("like-query"),
        "clear_url": slot("clear"),
        "card": SimpleNamespace(title=slot("card-title"), path=slot("card")),
        "elsewhere": (),
        "most": MOST,
        "number": number and slot("number"),
    }


class PageFragments:
    """The parts of a page about one search, in the active language, as bytes."""

    cards = staticmethod(cards.of)
    page = staticmethod(page)

    def __init__(self, selection: Selection):
        self.selection, self.language = selection, get_language()
        self.texts = {"narrowing": escaped(selection.narrowing)}

    def facets(self, counts: Counts) -> bytes:
        return options.facet_groups(self.language, counts, self.selection.chosen)

    def choices(self, options_of: Callable[[Selection], list], template: str = CHOICES_TEMPLATE) -> bytes:
        """Ways to order or to show a search: components/choices.html, or another template, of ``options_of(selection)``.

        The options may depend on the selection's sort and view and on whether it has words or a city, and link to the
        same search; on nothing else, since they are kept.
        """
        search = self.selection
        key = (
            self.language,
            options_of,
            template,
            search.order,
            search.view,
            bool(search.words),
            bool(search.like),
            bool(search.narrowing),
        )

        def make():
            return Fragment(loader.render_to_string(template, {"choices": options_of(with_slot(search))}))

        return cached_fragment(key, make).filled(self.texts)

    def pager(self, page: Page) -> bytes:
        search, total, last = self.selection, page.paginator.count, page.paginator.num_pages
        key = (
            self.language,
            page.number,
            last,
            search.sort,
            search.view,
            bool(search.words),
            bool(search.narrowing),
        )

        def make():
            slots = {
                **{name: slot(name) for name in ("start_index", "end_index")},
                "paginator": {"num_pages": last, "count": slot("count")},
            }
            links = Page(with_slot(search), total, page.paginator.per_page)
            slots |= {name: getattr(links, name) for name in ("number", "previous_url", "next_url", "links")}
            return Fragment(loader.render_to_string(PAGER_TEMPLATE, {"page": slots}))

        numbers = {"start_index": page.start_index(), "end_index": page.end_index(), "count": total}
        figures = {name: formatted_number(self.language, number) for name, number in numbers.items()}
        return cached_fragment(key, make).filled(self.texts | figures)

    def close(self, keys: list[int], stamps: Iterable[int] = ()) -> bytes:
        if not keys:
            return b""
        around = cached_fragment((self.language, "close"), around_close)
        return around.filled({"cards": cards.of(keys, Reading(), CARD_TEMPLATE, stamps)})

    def library(self, words: str) -> bytes:
        return in_the_library(words).encode()

    def chips(self, chips: list[Chip]) -> bytes:
        cleared = self.selection.cleared().query() or "?" if chips else ""
        around = cached_fragment((self.language, "chips", bool(chips)), lambda: list_of_chips(bool(chips)))
        chip_fragment = cached_fragment((self.language, "chip"), one_chip)
        inside = [chip_fragment.filled({"url": escaped(chip.url), "label": escaped(chip.label)}) for chip in chips]
        return around.filled({"chips": b"".join(inside), "cleared": escaped(cleared)})


def list_of_chips(are_any: bool) -> Fragment:
    context = {"chips": are_any, "cleared_url": slot("cleared"), TAKEN: {}}
    return Fragment(loader.render_to_string(CHIPS_TEMPLATE, context))


def around_close() -> Fragment:
    return Fragment(loader.render_to_string(CLOSE_TEMPLATE, {"cards": slot("cards")}))


def one_chip() -> Fragment:
    context = Context({"chip": {"url": slot("url"), "label": slot("label")}})
    return Fragment(nodes(CHIPS_TEMPLATE)["chip"].nodelist.render(context))


def with_slot(selection: Selection) -> Selection:
    """The search with a slot in its address in place of everything that narrows it."""
    copy = replace(selection)
    copy.__dict__["narrowing"] = slot("narrowing") if selection.narrowing else ""
    return copy
