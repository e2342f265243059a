"""A selection of signatories, and the one address that says so."""

from dataclasses import dataclass
from urllib.parse import urlencode

from practices.filters import LAST_PAGE, NumberField
from practices.selection import Selection

NAMES = ("standing", "region", "country", "network", "year")
VIEWS = ("list", "map", "table")


@dataclass(frozen=True)
class SignatorySelection(Selection):
    """What is chosen of the facets NAMES, how it is shown, and which page."""

    def cleared(self) -> "SignatorySelection":
        """Nothing chosen, shown in the same way."""
        return SignatorySelection(view=self.view)

    def query(self) -> str:
        """The query string with its question mark: fixed order, no blanks, no defaults; "" for all."""
        pairs = [(name, code) for name in NAMES for code in self.codes(name)]
        pairs += [("view", self.view)] if self.view != VIEWS[0] else []
        pairs += [("page", self.page)] if self.page > 1 else []
        return "?" + urlencode(pairs) if pairs else ""


def read(query, chosen) -> SignatorySelection:
    """The selection a QueryDict asks for; ``chosen`` are its known codes, and anything odd is ignored. A map has one page."""
    view = query.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    page = NumberField(least=1, most=LAST_PAGE).clean(query.get("page"))
    return SignatorySelection(chosen=chosen, view=view, page=page or 1 if view != "map" else 1)
