"""A search of the directory: what is chosen, and the one address that says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import parse_qsl, quote, quote_plus

from practices.cities.similarity.profile import Profile
from practices.vocabularies.facets import FACETS
from practices.vocabularies.orders import COLUMN_SORTS

NAMES = tuple(facet.name for facet in FACETS)
OFFERED_SORTS = ("like", "match", "current", "newest", "confirmed", "city")
SORTS = OFFERED_SORTS + COLUMN_SORTS
NOBODY = Profile()
VIEWS = ("list", "map", "table")
# What changes how a selection is shown, and not what it holds.
SHOWN = {"sort", "view", "page"}


@dataclass(frozen=True)
class Selection:
    """Everything the address of a search can say, checked and in a fixed order."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: int | None = None
    until: int | None = None
    sort: str = ""
    view: str = "list"
    page: int = 1
    # Look for the very words, right or not.
    exact: bool = False
    # The visitor's city: it leaves nothing out, but puts what is like it first.
    like: Profile = NOBODY
    # The practices ticked to be compared: see comparing/comparison.py.
    compared: tuple[str, ...] = ()

    @property
    def default_sort(self) -> str:
        """Most like the visitor's city where there is one, best match where there are words, elsewhere what a city
        confirmed in the last two years, the newest first.
        """
        if self.like:
            return "like"
        return "match" if self.words else "current"

    @property
    def sorts(self) -> list[str]:
        """The orders to choose from: no likeness without a city, no best match without words, a column where it is chosen."""
        missing = {"like": not self.like, "match": not self.words}
        return [sort for sort in SORTS if not missing.get(sort) and (sort in OFFERED_SORTS or sort == self.sort)]

    def allows(self, sort: str) -> bool:
        return sort in self.sorts or sort in COLUMN_SORTS

    @property
    def order(self) -> str:
        return self.sort or self.default_sort

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.since or self.until or any(self.chosen.values()))

    def codes(self, name: str) -> tuple[str, ...]:
        return self.chosen.get(name, ())

    def with_only(self, name: str, codes: Iterable[str]) -> "Selection":
        return replace(self, chosen={**self.chosen, name: tuple(codes)}, page=1)

    def toggled(self, name: str, code: str) -> "Selection":
        codes = self.codes(name)
        return self.with_only(name, (other for other in codes if other != code) if code in codes else (*codes, code))

    def changed(self, **changes) -> "Selection":
        """The same search with other words, years, sort or view; page 1 unless a page is named."""
        other = replace(self, **{"page": 1, **changes})
        if changes.keys() <= SHOWN and "narrowing" in self.__dict__:
            other.__dict__["narrowing"] = self.narrowing
        return other

    def cleared(self) -> "Selection":
        """Nothing chosen, shown in the same way, for the same city; what is ticked stays."""
        return Selection(view=self.view, like=self.like, compared=self.compared)

    @cached_property
    def kept_pairs(self) -> list[tuple[str, str]]:
        """What stays in the address whatever is chosen: the visitor's city, and the ticked practices."""
        return [*self.like.answers.pairs, *(("p", slug) for slug in self.compared)]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """All of the address, page apart, as names and values: for the hidden fields of a form."""
        return parse_qsl(self.changed(page=1).query().removeprefix("?"))

    def query(self, page: int | None = None) -> str:
        """The query string with its question mark: fixed order, no blanks, no defaults; "" for all.

        Another ``page`` of the search where one is named.
        """
        number = self.page if page is None else page
        parts = [self.narrowing] if self.narrowing else []
        parts += self._shown
        if number > 1:
            parts.append(f"page={number}")
        return "?" + "&".join(parts) if parts else ""

    def query_without(self, pair: str) -> str:
        """The query string of the first page without one part of it, such as "theme=housing"; "?" where none is left."""
        return "?" + "&".join([other for other in self._narrowing_pairs if other != pair] + self._shown)

    @cached_property
    def _shown(self) -> list[str]:
        pairs = [f"sort={self.sort}"] if self.sort and self.sort != self.default_sort else []
        return [*pairs, f"view={self.view}"] if self.view != "list" else pairs

    @property
    def canonical_query(self) -> str:
        """The same list without what is the visitor's own: the address that search engines should know."""
        if not self.kept_pairs:
            return self.query()
        return replace(self, like=NOBODY, compared=(), sort="" if self.sort == "like" else self.sort).query()

    @property
    def quoted_query(self) -> str:
        """The canonical query as a value within another address."""
        return quote(self.canonical_query, safe="")

    @cached_property
    def narrowing(self) -> str:
        """That part of the query string which says what is shown; a page asks for some twenty addresses with it."""
        return "&".join(self._narrowing_pairs)

    @cached_property
    def _narrowing_pairs(self) -> list[str]:
        pairs = [f"q={quote_plus(self.words)}"] if self.words else []
        if self.words and self.exact:
            pairs.append("exact=1")
        # Codes are letters, digits, dots, hyphens and underscores: there is nothing to quote.
        pairs += [f"{name}={code}" for name in NAMES for code in self.chosen.get(name, ())]
        pairs += [f"{name}={year}" for name, year in (("since", self.since), ("until", self.until)) if year]
        return pairs + [f"{name}={value}" for name, value in self.kept_pairs]
