"""What other sites may show in a frame: a practice, a list, a map, the counter of the statement, a city's badge.

Each has an address of its own below /xx/embed/, is found by the address of the page that it stands for, and needs neither
script nor cookie.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_from_path, gettext_lazy, override, pgettext

from pledges.models import Signature
from pledges.signatories.badge import label_of
from practices.directory import summary
from practices.directory.filters import read_selection
from practices.directory.found import find
from practices.models import Practice

LEAST, MOST = 120, 2_000  # pixels of a side


@dataclass(frozen=True)
class Kind:
    """Pixels: what it needs in height is ``fixed``, and text that runs over ``area``, and ``ratio`` of its width."""

    name: str
    title: str | Promise
    width: int
    fixed: int
    area: int = 0
    ratio: float = 0

    def height(self, width: int) -> int:
        return round(self.fixed + self.area / width + self.ratio * width)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("practice", gettext_lazy("A practice"), 600, fixed=180, area=100_000),
        Kind("practices", gettext_lazy("A list of practices, as cards"), 600, fixed=640),
        Kind("map", gettext_lazy("A map of cities with practices"), 700, fixed=145, area=15_000, ratio=0.44),
        Kind("counter", gettext_lazy("How many cities signed the statement"), 420, fixed=200, area=35_000),
        Kind("badge", gettext_lazy("The badge of a city that has signed"), 480, fixed=205),
    )
}


@dataclass(frozen=True)
class Embed:
    """One of them: ``path`` is the frame's, ``page`` that of the page it stands for, in one language."""

    kind: Kind
    title: str
    path: str
    page: str

    def size(self, most_wide: int | None = None, most_high: int | None = None) -> tuple[int, int]:
        """Width and height in pixels within these bounds."""
        width = min(self.kind.width, most_wide or self.kind.width)
        height = self.kind.height(width)
        return width, min(height, most_high or height)

    def code(self, width: int, height: int) -> SafeString:
        """The element that another site puts on its page."""
        return format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" style="border:0;max-width:100%"></iframe>',
            settings.SITE_URL + self.path,
            width,
            height,
            self.title,
        )


def embed_of(name: str, slug: str = "", query: str = "") -> Embed | None:
    """In the active language; None where nothing public is called so. At most one query."""
    made = MAKERS[name](slug, query)
    return made and Embed(KINDS[name], *made)


def practice_embed(slug: str, query: str):
    entry = Practice.objects.published().with_city().in_language().filter(slug=slug).first()
    if entry is None:
        return None
    title = pgettext("list separator", ", ").join([entry.title, entry.city.full_name])
    return title, reverse("embed_practice", args=[slug]), entry.get_absolute_url()


def list_embed(slug: str, query: str, view: str = "embed_practices"):
    found = find(read_selection(QueryDict(query)).changed(view="list", compared=()))
    query = found.selection.canonical_query
    return summary.sentence_of(found), reverse(view) + query, reverse("directory") + query


def map_embed(slug: str, query: str):
    title, path, page = list_embed(slug, query, "embed_map")
    return title, path, page + ("&" if "?" in page else "?") + "view=map"


def counter_embed(slug: str, query: str):
    return str(KINDS["counter"].title), reverse("embed_counter"), reverse("statement")


def badge_embed(slug: str, query: str):
    signature = Signature.objects.signed_here().with_city().filter(city__slug=slug).first()
    if signature is None:
        return None
    return label_of(signature), reverse("embed_badge", args=[slug]), signature.get_absolute_url()


MAKERS: dict[str, Callable] = {
    "practice": practice_embed, "practices": list_embed, "map": map_embed, "counter": counter_embed, "badge": badge_embed,
}  # fmt: skip
# The names of addresses, of pages and of frames.
NAMES = {
    "practice": "practice", "practice_in": "practice", "directory": "practices", "statement": "counter", "signatories": "counter",
    "signature": "badge",
    **{f"embed_{name}": name for name in KINDS},
}  # fmt: skip


def embed_at(address: str) -> Embed | None:
    """What stands for the page, or the frame, at this absolute address of the site, in the language of the address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
        return None
    with override(get_language_from_path(parts.path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(parts.path)
        except Resolver404:
            return None
        name = NAMES.get(match.view_name)
        if name == "practices" and QueryDict(parts.query).get("view") == "map":
            name = "map"
        # An entry that is shown in another language than the page around it is framed in that one, where we speak it.
        language = match.kwargs.get("language")
        with override(language if language in dict(settings.LANGUAGES) else get_language()):
            return name and embed_of(name, match.kwargs.get("slug", ""), parts.query)
