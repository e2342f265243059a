"""The facets of the list of signatories, each counted without its own selection."""

from collections import Counter
from collections.abc import Container, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from citysolidarity.languages.alphabet import alphabetical
from pledges.dates import year_of
from pledges.signatories.selection import NAMES
from pledges.vocabularies import Origin, Standing
from practices.vocabularies import COUNTRIES, SUBREGIONS
from practices.vocabularies.facets import Group, Option

TITLES: dict[str, str | Promise] = {
    "standing": _("Verification"),
    "region": _("Region"),
    "country": _("Country"),
    "network": _("Network"),
    "year": _("Year of the signature"),
}
OPENED = ("standing", "region", "year")
UNKNOWN = "unknown"


@dataclass(frozen=True)
class SignatoryRow:
    """One signature: its key, its codes by facet, the last possible day of signing, and the key of its city."""

    pk: int
    codes: Mapping[str, frozenset[str]]
    signed_on: date | None = None
    city: int = 0

    def matches(self, chosen: Mapping[str, tuple[str, ...]], leaving_out: str = "") -> bool:
        """Whether the signature has one of the chosen codes of every facet but ``leaving_out``."""
        return all(not self.codes[name].isdisjoint(codes) for name, codes in chosen.items() if name != leaving_out)


class SignatoryIndex:
    """Every public signature in the order of the list, with the names of their networks."""

    def __init__(self, signatures: QuerySet, memberships: QuerySet):
        """Reads both query sets (2 queries)."""
        networks: dict[int, set[str]] = {}
        self.networks: dict[str, str] = {}
        for city, slug, name in memberships.values_list("city_id", "network__slug", "network__name"):
            networks.setdefault(city, set()).add(slug)
            self.networks[slug] = name
        columns = ("pk", "city_id", "city__region", "city__country", "origin", "precision", "signed_on", "not_before")
        rows = signatures.values_list(*columns)
        self.rows = [signatory_row(pk, city, networks.get(city, ()), *values) for pk, city, *values in rows]
        self.present = {name: set().union(*(row.codes[name] for row in self.rows)) for name in NAMES}
        self.codes = {
            "standing": Standing.values,
            "region": SUBREGIONS.codes,
            "country": COUNTRIES.codes,
            "network": sorted(self.present["network"], key=lambda slug: self.networks[slug].casefold()),
            "year": [*sorted(self.present["year"] - {UNKNOWN}), UNKNOWN],
        }

    def chosen_of(self, query) -> dict[str, tuple[str, ...]]:
        """The codes of a QueryDict by facet; unknown codes are ignored."""
        requested = {name: set(query.getlist(name)) for name in NAMES}
        chosen = {name: tuple(code for code in self.codes[name] if code in requested[name]) for name in NAMES}
        return {name: codes for name, codes in chosen.items() if codes}

    def among(self, cities: Container[int]) -> "SignatoryIndex":
        """The same with the signatures of these cities alone; every facet is still offered."""
        narrowed = copy(self)
        narrowed.rows = [row for row in self.rows if row.city in cities]
        return narrowed

    def matching(self, chosen: Mapping[str, tuple[str, ...]]) -> list[SignatoryRow]:
        """The matching signatures, in the order of the list."""
        return [row for row in self.rows if row.matches(chosen)]

    @property
    def days(self) -> list[date | None]:
        """The last possible day of every public signature; None where no day is known."""
        return [row.signed_on for row in self.rows]

    def label(self, name: str, code: str) -> str:
        if name in ("region", "country"):
            return (SUBREGIONS if name == "region" else COUNTRIES).label(code)
        if name == "network":
            return self.networks[code]
        if name == "standing":
            return str(Standing(code).label)
        return str(_("Not known")) if code == UNKNOWN else code

    def groups(self, chosen: Mapping[str, tuple[str, ...]]) -> list[Group]:
        """Every facet with its options; a region or country without signatories is left out."""
        return [
            Group(name, TITLES[name], self._options(name, chosen), name in OPENED or name in chosen) for name in NAMES
        ]

    def _options(self, name: str, chosen: Mapping[str, tuple[str, ...]]) -> list[Option]:
        counts = Counter(code for row in self.rows if row.matches(chosen, leaving_out=name) for code in row.codes[name])
        selected = chosen.get(name, ())
        offered = self.codes[name] if name == "standing" else self.present[name].union(selected)
        options = [
            Option(code, self.label(name, code), counts[code], code in selected)
            for code in self.codes[name]
            if code in offered
        ]
        return sorted(options, key=lambda option: alphabetical(option.label)) if name == "country" else options


def signatory_row(pk, city, networks, region, country, origin, precision, signed_on, not_before) -> SignatoryRow:
    year = year_of(precision, signed_on, not_before)
    codes = {
        "standing": {Standing.STATED.value if origin == Origin.STATED else Standing.VERIFIED.value},
        "region": {region},
        "country": {country},
        "network": networks,
        "year": {str(year) if year else UNKNOWN},
    }
    return SignatoryRow(pk, {name: frozenset(values) for name, values in codes.items()}, signed_on, city)
