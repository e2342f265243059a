from dataclasses import dataclass
from urllib.parse import urlencode

from practices.cities.list_search import Centre
from practices.directory.filters import LAST_PAGE, NumberField
from practices.directory.selection import Selection

NAMES = ("standing", "region", "country", "network", "year")
VIEWS = ("list", "map", "table")
NEWEST = "newest"


@dataclass(frozen=True)
class SignatorySelection(Selection):
    """Everything the address of the list can say: the facets, and either a city's name or a place to look around."""

    near: Centre | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.near or self.chosen)

    def cleared(self) -> "SignatorySelection":
        """Nothing chosen, in the same view and order."""
        return SignatorySelection(view=self.view, sort=self.sort)

    def query(self) -> str:
        """The query string with its question mark, without defaults, in a fixed order: a selection has one URL."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [("near", self.near.key)] if self.near else []
        pairs += [(name, code) for name in NAMES for code in self.codes(name)]
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("view", self.view)] if self.view != VIEWS[0] else []
        pairs += [("page", self.page)] if self.page > 1 else []
        return "?" + urlencode(pairs) if pairs else ""


def read_selection(query, chosen, words: str = "", near: Centre | None = None) -> SignatorySelection:
    """The selection of a QueryDict, whose known codes are ``chosen``; invalid values are ignored."""
    view = query.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    sort = NEWEST if query.get("sort") == NEWEST else ""
    page = NumberField(least=1, most=LAST_PAGE).clean(query.get("page"))
    # The map shows everything on one page.
    page = 1 if view == "map" or not page else page
    return SignatorySelection(words=words, near=near, chosen=chosen, sort=sort, view=view, page=page)
