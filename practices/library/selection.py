"""What the address of the library, or of its networks, can say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from django.http import QueryDict

from practices.directory.filters import LAST_PAGE, NumberField
from practices.directory.selection import Selection

LONGEST = 100  # characters of the words that are searched


@dataclass(frozen=True)
class ListSelection(Selection):
    """Words, codes of the facets in ``names``, and a page."""

    names: ClassVar[tuple[str, ...]] = ()

    def cleared(self) -> "ListSelection":
        return type(self)()

    def query(self) -> str:
        """The query string with its question mark, without defaults, in a fixed order: a selection has one URL."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(name, code) for name in self.names for code in self.codes(name)]
        pairs += [("page", self.page)] if self.page > 1 else []
        return "?" + urlencode(pairs) if pairs else ""


class LibrarySelection(ListSelection):
    names = ("kind", "theme", "organisation", "year", "language", "city")


class NetworkSelection(ListSelection):
    names = ("kind", "region")


def parameters(selection: type[ListSelection]) -> tuple[str, ...]:
    return ("q", *selection.names, "page")


def read_selection[S: ListSelection](kind: type[S], query: QueryDict, known: Mapping[str, Collection[str]]) -> S:
    """The selection that a query string asks for; codes that are not ``known``, and what cannot be read, are ignored."""
    asked = {name: set(query.getlist(name)) for name in kind.names}
    chosen = {name: tuple(code for code in known[name] if code in asked[name]) for name in kind.names}
    return kind(
        words=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST],
        chosen={name: codes for name, codes in chosen.items() if codes},
        page=NumberField(least=1, most=LAST_PAGE).clean(query.get("page")) or 1,
    )
