from dataclasses import dataclass
from urllib.parse import urlencode

from practices.directory.filters import LAST_PAGE, NumberField
from practices.directory.selection import Selection

NAMES = ("standing", "region", "country", "network", "year")
VIEWS = ("list", "map", "table")


@dataclass(frozen=True)
class SignatorySelection(Selection):
    def cleared(self) -> "SignatorySelection":
        """Nothing chosen, in the same view."""
        return SignatorySelection(view=self.view)

    def query(self) -> str:
        """The query string with its question mark, without defaults, in a fixed order: a selection has one URL."""
        pairs = [(name, code) for name in NAMES for code in self.codes(name)]
        pairs += [("view", self.view)] if self.view != VIEWS[0] else []
        pairs += [("page", self.page)] if self.page > 1 else []
        return "?" + urlencode(pairs) if pairs else ""


def read_selection(query, chosen) -> SignatorySelection:
    """The selection of a QueryDict, whose known codes are ``chosen``; invalid values are ignored."""
    view = query.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    page = NumberField(least=1, most=LAST_PAGE).clean(query.get("page"))
    # The map shows everything on one page.
    return SignatorySelection(chosen=chosen, view=view, page=1 if view == "map" or not page else page)
