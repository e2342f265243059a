"""Narrowing the signatories down: which facets there are, and counting them without their own choice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from text_unidecode import unidecode

from pledges.dates import year_of
from pledges.selection import NAMES
from pledges.vocabularies import Origin, Standing
from practices.facets import Group, Option
from practices.vocabularies import COUNTRIES, SUBREGIONS

TITLES: dict[str, str | Promise] = {
    "standing": _("Standing"),
    "region": _("Region"),
    "country": _("Country"),
    "network": _("Network"),
    "year": _("Year of the signature"),
}
OPENED = ("standing", "region", "year")
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Row:
    """What the facets know of one signature: its key, its codes by facet, and the day on which it had certainly signed."""

    pk: int
    codes: Mapping[str, frozenset[str]]
    signed_by_then: date | None = None

    def fits(self, chosen: Mapping[str, tuple[str, ...]], leaving_out: str = "") -> bool:
        """Whether it has one of the chosen codes of every facet, one facet left out."""
        return all(not self.codes[name].isdisjoint(codes) for name, codes in chosen.items() if name != leaving_out)


class Index:
    """Every public signature in the order of the list, and the networks' names; two statements make it."""

    def __init__(self, signatures, memberships):
        """``signatures`` is a public set in its order; ``memberships`` those of the practices app."""
        networks: dict[int, set[str]] = {}
        self.networks: dict[str, str] = {}
        for city, slug, name in memberships.values_list("city_id", "network__slug", "network__name"):
            networks.setdefault(city, set()).add(slug)
            self.networks[slug] = name
        columns = ("pk", "city_id", "city__region", "city__country", "origin", "precision", "signed_on", "not_before")
        self.rows = [row(pk, networks.get(city, ()), *rest) for pk, city, *rest in signatures.values_list(*columns)]
        self.present = {name: set().union(*(one.codes[name] for one in self.rows)) for name in NAMES}
        self.known = {
            "standing": Standing.values,
            "region": SUBREGIONS.codes,
            "country": COUNTRIES.codes,
            "network": sorted(self.present["network"], key=lambda slug: self.networks[slug].casefold()),
            "year": [*sorted(self.present["year"] - {UNKNOWN}), UNKNOWN],
        }

    def chosen_of(self, query) -> dict[str, tuple[str, ...]]:
        """The known codes that a QueryDict names, by facet; unknown ones are ignored."""
        asked = {name: set(query.getlist(name)) for name in NAMES}
        found = {name: tuple(code for code in self.known[name] if code in asked[name]) for name in NAMES}
        return {name: codes for name, codes in found.items() if codes}

    def found(self, chosen: Mapping[str, tuple[str, ...]]) -> list[int]:
        """The keys of the signatures that fit, in the order of the list."""
        return [one.pk for one in self.rows if one.fits(chosen)]

    @property
    def days(self) -> list[date | None]:
        """For every public signature the last day possible; None where no day is known."""
        return [one.signed_by_then for one in self.rows]

    def label(self, name: str, code: str) -> str:
        """A code in words, in the active language."""
        if name in ("region", "country"):
            return (SUBREGIONS if name == "region" else COUNTRIES).label(code)
        if name == "network":
            return self.networks[code]
        if name == "standing":
            return str(Standing(code).label)
        return str(_("Not known")) if code == UNKNOWN else code

    def groups(self, chosen: Mapping[str, tuple[str, ...]]) -> list[Group]:
        """Every facet with its options; a region or country without a signatory is left out."""
        return [
            Group(name, TITLES[name], self._options(name, chosen), name in OPENED or name in chosen) for name in NAMES
        ]

    def _options(self, name: str, chosen: Mapping[str, tuple[str, ...]]) -> list[Option]:
        counts = Counter(code for one in self.rows if one.fits(chosen, leaving_out=name) for code in one.codes[name])
        mine = chosen.get(name, ())
        kept = [code for code in self.known[name] if code in self.present[name] or code in mine or name == "standing"]
        options = [Option(code, self.label(name, code), counts[code], code in mine) for code in kept]
        return sorted(options, key=lambda option: unidecode(option.label)) if name == "country" else options


def row(pk, networks, region, country, origin, precision, signed_on, not_before) -> Row:
    """A row of the index; a signature whose year is not certain counts as "unknown".

    Of a day, "on or before" and "between", ``signed_on`` is the last day possible; without a day it is None.
    """
    year = year_of(precision, signed_on, not_before)
    codes = {
        "standing": {Standing.STATED.value if origin == Origin.STATED else Standing.VERIFIED.value},
        "region": {region},
        "country": {country},
        "network": networks,
        "year": {str(year) if year else UNKNOWN},
    }
    return Row(pk, {name: frozenset(found) for name, found in codes.items()}, signed_on)
