"""Which signatories an address asks for, in which order."""

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict

from pledges.models import Signature
from pledges.signatories.facets import SignatoryIndex, SignatoryRow
from pledges.signatories.selection import NEWEST, read_selection
from pledges.vocabularies import Standing
from practices.cities.list_search import centre_of, distances, named, typed_name
from practices.models import Membership


class FoundSignatories:
    """``index`` holds every public signature, ``narrowed`` those of the cities asked for, ``keys`` what matches all.

    Two queries; at most four more for a name, three more for the cities around a place.
    """

    def __init__(self, query: QueryDict):
        self.index = SignatoryIndex(Signature.objects.public().in_list_order(), Membership.objects.all())
        words = typed_name(query)
        # Who types a name is done with the place around which they looked before.
        near = None if words else centre_of(query.get("near", ""))
        self.selection = read_selection(query, self.index.chosen_of(query), words, near)
        # The key of a city → how near its name or its place comes.
        self.nearness = named(words) if words else distances(near) if near else {}
        self.narrowed = self.index.among(self.nearness) if words or near else self.index
        self.keys = [row.pk for row in ordered(self.narrowed.matching(self.selection.chosen), self)]


def ordered(rows: list[SignatoryRow], found: FoundSignatories) -> list[SignatoryRow]:
    """Signatures made here stand before names found in sources in every order; equals stay in the order of the list."""
    if found.selection.sort == NEWEST:
        return sorted(rows, key=newest_first)
    if found.nearness:
        return sorted(rows, key=lambda row: (is_stated(row), found.nearness[row.city]))
    return rows


def newest_first(row: SignatoryRow) -> tuple[bool, int]:
    """By the last possible day of signing; those without one stand last."""
    return is_stated(row), -(row.signed_on or date.min).toordinal()


def is_stated(row: SignatoryRow) -> bool:
    return Standing.STATED in row.codes["standing"]


def separates(rows: list[SignatoryRow]) -> bool:
    """Whether an order by day would change anything."""
    return len({row.signed_on for row in rows}) > 1


def in_order(signatures: Mapping[int, Signature], keys: list[int]) -> list[Signature]:
    return [signatures[pk] for pk in keys if pk in signatures]
