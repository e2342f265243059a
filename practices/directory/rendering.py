"""How the directory is printed: from fragments kept in memory, or by its ordinary templates where that is switched off.

The only door to ``directory/fragments/``: with KEPT_FRAGMENTS=0 the whole folder is unused and could be deleted. Both
ways print the same bytes.
"""

from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from practices.directory.fragments.page import PageFragments
from practices.directory.in_the_library import in_the_library
from practices.directory.pagination import Page
from practices.directory.selection import Selection
from practices.directory.summary import Chip
from practices.models import Practice
from practices.search.query import Reading
from practices.vocabularies import facets

LIST, TABLE = "components/card.html", "components/row.html"
CLOSE = "practices/directory/close_in_meaning.html"


class PageTemplates:
    """The same as PageFragments by templates alone: slower, and the measure of what is right."""

    def __init__(self, selection: Selection):
        self.selection = selection

    def facets(self, counts: facets.Counts) -> str:
        groups = facets.groups(counts, self.selection.chosen)
        html = render_to_string("components/facet_groups.html", {"groups": groups})
        # The line break before the groups ends the comment at the top of the template.
        return SafeString(html.removeprefix("\n"))

    def choices(self, options_of: Callable[[Selection], list], template: str = "components/choices.html") -> str:
        return render_to_string(template, {"choices": options_of(self.selection)})

    def pager(self, page: Page) -> str:
        return render_to_string("components/pager.html", {"page": page})

    def chips(self, chips: list[Chip]) -> str:
        context = {"chips": chips, "cleared_url": self.selection.cleared().query() or "?"}
        return render_to_string("practices/directory/chips.html", context)

    def cards(
        self,
        keys: list[int],
        reading: Reading,
        template: str,
        stamps: Iterable[int] = (),
        notes: Mapping[int, str] | None = None,
    ) -> str:
        practices = Practice.objects.for_its_card(reading).in_bulk(keys)
        contexts = ({"practice": practices[pk], "note": (notes or {}).get(pk)} for pk in keys if pk in practices)
        return SafeString("".join(render_to_string(template, context) for context in contexts))

    def close(self, keys: list[int], stamps: Iterable[int] = ()) -> str:
        """The second list; no word was found in it, so that none is marked."""
        return render_to_string(CLOSE, {"cards": self.cards(keys, Reading(), LIST)}) if keys else ""

    def library(self, words: str) -> str:
        """Documents of the library with these words; "" where there are none."""
        return in_the_library(words)

    def page(self, request: HttpRequest, template: str, context: dict) -> str:
        return render_to_string(template, context, request)


def rendering_of(selection: Selection) -> PageFragments | PageTemplates:
    return PageFragments(selection) if settings.KEPT_FRAGMENTS else PageTemplates(selection)
