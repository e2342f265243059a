"""A search of the directory: what is chosen, and the one address that says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from practices.facets import FACETS

SORTS = ("match", "newest", "confirmed", "city")
VIEWS = ("list", "map", "table")


@dataclass(frozen=True)
class Selection:
    """Everything the address of a search can say; all values are known and in order."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: int | None = None
    until: int | None = None
    sort: str = ""
    view: str = "list"
    page: int = 1
    # Look for the very words, right or not.
    exact: bool = False

    @property
    def default_sort(self) -> str:
        """Best match where there are words, the newest first elsewhere."""
        return "match" if self.words else "newest"

    @property
    def order(self) -> str:
        """The sort in use."""
        return self.sort or self.default_sort

    @property
    def narrows(self) -> bool:
        """Whether anything is chosen that leaves practices out."""
        return bool(self.words or self.since or self.until or any(self.chosen.values()))

    def codes(self, name: str) -> tuple[str, ...]:
        """The chosen codes of a facet."""
        return self.chosen.get(name, ())

    def with_only(self, name: str, codes: Iterable[str]) -> "Selection":
        """The same search with these codes of the facet, from page 1."""
        return replace(self, chosen={**self.chosen, name: tuple(codes)}, page=1)

    def toggled(self, name: str, code: str) -> "Selection":
        """The same search with this code added, or removed where it was chosen."""
        codes = self.codes(name)
        return self.with_only(name, (one for one in codes if one != code) if code in codes else (*codes, code))

    def changed(self, **changes) -> "Selection":
        """The same search with other words, years, sort or view; page 1 unless a page is named."""
        return replace(self, **{"page": 1, **changes})

    def cleared(self) -> "Selection":
        """Nothing chosen, shown in the same way."""
        return Selection(view=self.view)

    def query(self) -> str:
        """The query string with its question mark: fixed order, no blanks, no defaults; "" for all."""
        pairs = [("q", self.words), ("exact", self.words and self.exact and "1")]
        pairs += [(facet.name, code) for facet in FACETS for code in self.codes(facet.name)]
        pairs += [("since", self.since), ("until", self.until)]
        pairs += [("sort", self.order if self.order != self.default_sort else "")]
        pairs += [("view", self.view if self.view != "list" else ""), ("page", self.page if self.page > 1 else "")]
        kept = [(name, value) for name, value in pairs if value]
        return "?" + urlencode(kept) if kept else ""
