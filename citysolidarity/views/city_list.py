"""Which cities the address of the list asks for, in which order, and how that reads in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Greatest, TruncDate
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from citysolidarity.languages.alphabet import alphabetical
from practices.cities.list_search import KEY, REACH, Centre, centre_of, distances, named, typed_name
from practices.directory.filters import LAST_PAGE, NumberField
from practices.directory.selection import Selection
from practices.directory.summary import Chip, DisplayOption, either
from practices.models import City, Network, Practice
from practices.vocabularies import COUNTRIES, SUBREGIONS
from practices.vocabularies.facets import Counts, Option

VOCABULARIES = {"region": SUBREGIONS, "country": COUNTRIES}
SORTS = ("name", "newest")
PARAMETERS = ("q", "around", "near", *VOCABULARIES, "network", "sort", "page")


@dataclass(frozen=True)
class CitySelection(Selection):
    """Either a city's name or a place to look around, regions and countries, a network, an order, a page."""

    near: Centre | None = None
    network: Network | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.near or self.network or self.chosen)

    @property
    def is_grouped(self) -> bool:
        """Whether the list stands under the names of regions and countries."""
        return not (self.words or self.near or self.sort)

    def cleared(self) -> "CitySelection":
        return CitySelection(sort=self.sort)

    def query(self) -> str:
        """The query string with its question mark, without defaults, in a fixed order: a selection has one URL."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [("near", self.near.key)] if self.near else []
        pairs += [(name, code) for name in VOCABULARIES for code in self.codes(name)]
        pairs += [("network", self.network.slug)] if self.network else []
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("page", self.page)] if self.page > 1 else []
        return "?" + urlencode(pairs) if pairs else ""


def read_selection(query: QueryDict) -> CitySelection:
    """Invalid values are ignored. At most three queries."""
    words = typed_name(query)
    # Who types a name is done with the place around which they looked before.
    near = None if words else centre_of(query.get("near", ""))
    asked = {name: set(query.getlist(name)) for name in VOCABULARIES}
    chosen = {
        name: tuple(code for code in vocabulary.codes if code in asked[name])
        for name, vocabulary in VOCABULARIES.items()
    }
    sort, network = query.get("sort", ""), query.get("network", "")
    return CitySelection(
        words=words,
        near=near,
        network=Network.objects.filter(slug=network).only("slug", "name").first() if KEY.fullmatch(network) else None,
        chosen={name: codes for name, codes in chosen.items() if codes},
        sort=sort if sort in SORTS else "",
        page=NumberField(least=1, most=LAST_PAGE).clean(query.get("page")) or 1,
    )


class CityRow(NamedTuple):
    pk: int
    country: str
    region: str
    is_signed: bool
    has_practice: bool
    newest: object  # the day of its newest practice or signature

    def matches(self, chosen, leaving_out: str = "") -> bool:
        return all(getattr(self, name) in codes for name, codes in chosen.items() if name != leaving_out)


class FoundCities:
    """``everything`` holds every public city, ``rows`` what the selection asks for, in its order.

    One query; at most four more for a name, one for the cities around a place, one for a network.
    """

    def __init__(self, selection: CitySelection):
        self.selection = selection
        self.everything = [CityRow(*values) for values in rows_of_cities()]
        self.nearness = (
            named(selection.words) if selection.words else distances(selection.near) if selection.near else {}
        )
        near = selection.words or selection.near
        self.among = [row for row in self.everything if row.pk in self.nearness] if near else self.everything
        if selection.network:
            members = set(selection.network.memberships.values_list("city_id", flat=True))
            self.among = [row for row in self.among if row.pk in members]
        self.rows = self._ordered([row for row in self.among if row.matches(selection.chosen)])

    def _ordered(self, rows: list[CityRow]) -> list[CityRow]:
        if self.selection.sort == "newest":
            return sorted(rows, key=lambda row: -row.newest.toordinal() if row.newest else 0)
        if self.selection.sort == "name":
            return rows
        if self.nearness:
            return sorted(rows, key=lambda row: self.nearness[row.pk])
        region = dict(SUBREGIONS.choices)
        country = {code: alphabetical(COUNTRIES.label(code)) for code in {row.country for row in rows}}
        return sorted(rows, key=lambda row: (alphabetical(region[row.region]), country[row.country]))

    @property
    def keys(self) -> list[int]:
        return [row.pk for row in self.rows]

    @property
    def countries(self) -> list[Option]:
        """The countries to choose from, A to Z, each with the number of its cities under everything else."""
        chosen = self.selection.codes("country")
        counts = Counter(row.country for row in self.among if row.matches(self.selection.chosen, "country"))
        codes = {row.country for row in self.everything}.union(chosen)
        options = [Option(code, COUNTRIES.label(code), counts[code], code in chosen) for code in codes]
        return sorted(options, key=lambda option: alphabetical(option.label))

    @property
    def regions(self) -> Counts:
        counts = Counter(row.region for row in self.among if row.matches(self.selection.chosen, "region"))
        return Counts(numbers={SUBREGIONS.numbers[code]: count for code, count in counts.items()})

    @property
    def per_country(self) -> Counter:
        """Country → how many of its cities are asked for, on all pages."""
        return Counter(row.country for row in self.rows)


def rows_of_cities():
    """The columns of CityRow, A to Z."""
    public = Practice.objects.published().filter(city=OuterRef("pk")).order_by()
    shown = Q(practices__published_at__isnull=False, practices__archived_at__isnull=True)
    newest = Greatest(TruncDate(Max("practices__published_at", filter=shown)), "signed_on")
    cities = City.objects.listed().annotate(with_one=Exists(public), newest=newest).in_name_order()
    for pk, country, region, precision, with_one, day in cities.values_list(
        "pk", "country", "region", "signed_precision", "with_one", "newest"
    ):
        yield pk, country, region, bool(precision), with_one, day


def grouped(cities: Iterable[City], numbers: Counter) -> list[tuple[str, list[tuple[str, int, list[City]]]]]:
    """Regions with their countries, each with the number of its cities on all pages and those given, which are in this order."""
    return [
        (
            region,
            [
                (country, numbers[code], list(group))
                for (country, code), group in groupby(inside, key=lambda city: (city.country_name, city.country))
            ],
        )
        for region, inside in groupby(cities, key=lambda city: city.region_name)
    ]


def sentence(selection: CitySelection, count: int) -> str:
    """Such as "12 cities in Germany" or "3 cities within 100 km of Dortmund, Germany"; "Cities" for all."""
    if not selection.narrows:
        return _("Cities")
    parts = [ngettext("%(count)d city", "%(count)d cities", count) % {"count": count}]
    if selection.words:
        parts.append(pgettext("cities …", "matching “%(words)s”") % {"words": selection.words})
    if selection.near:
        parts.append(pgettext("cities …", "within %(reach)d km of %(place)s") % reach_of(selection))
    facet = "country" if selection.codes("country") else "region"
    if codes := selection.codes(facet):
        places = either([VOCABULARIES[facet].label(code) for code in codes])
        parts.append(pgettext("cities …", "in %(places)s") % {"places": places})
    if selection.network:
        parts.append(pgettext("cities …", "in the network %(network)s") % {"network": selection.network.name})
    return " ".join(parts)


def reach_of(selection: CitySelection) -> dict:
    return {"reach": REACH, "place": selection.near.label}


def chips(selection: CitySelection) -> list[Chip]:
    """Everything chosen, each with the URL of the list without it."""
    chosen = []
    if selection.words:
        chosen.append(Chip(f"“{selection.words}”", selection.changed(words="").query() or "?"))
    if selection.near:
        label = _("Within %(reach)d km of %(place)s") % reach_of(selection)
        chosen.append(Chip(label, selection.changed(near=None).query() or "?"))
    if selection.network:
        chosen.append(Chip(selection.network.name, selection.changed(network=None).query() or "?"))
    return chosen + [
        Chip(VOCABULARIES[name].label(code), selection.toggled(name, code).query() or "?")
        for name, codes in selection.chosen.items()
        for code in codes
    ]


def sorts(selection: CitySelection, rows: Iterable[CityRow]) -> list[DisplayOption]:
    """The newest first only where that would change anything."""
    first = _("Nearest") if selection.near else _("Best match") if selection.words else _("By country")
    labels = {"": first, "name": _("A–Z")}
    if selection.sort == "newest" or len({row.newest for row in rows}) > 1:
        labels["newest"] = _("Newest")
    return [
        DisplayOption(label, selection.changed(sort=sort).query() or "?", sort == selection.sort)
        for sort, label in labels.items()
    ]
