"""Countries and the regions of the world they lie in, as the United Nations groups them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_countries import countries
from django_countries.base import CountriesBase
from django_countries.data import COUNTRIES as ISO_NAMES

from practices.vocabularies.languages import LANGUAGES


@dataclass(frozen=True)
class Region:
    """A sub-region of the UN's M49 standard: `slug` for addresses, `m49` its three digits."""

    slug: str
    m49: str
    label: Promise


# In the UN's own wording and order: Africa, the Americas, Asia, Europe, Oceania.
REGIONS = {
    region.slug: region
    for region in (
        Region("northern-africa", "015", _("Northern Africa")),
        Region("sub-saharan-africa", "202", _("Sub-Saharan Africa")),
        Region("latin-america-and-the-caribbean", "419", _("Latin America and the Caribbean")),
        Region("northern-america", "021", _("Northern America")),
        Region("central-asia", "143", _("Central Asia")),
        Region("eastern-asia", "030", _("Eastern Asia")),
        Region("south-eastern-asia", "035", _("South-eastern Asia")),
        Region("southern-asia", "034", _("Southern Asia")),
        Region("western-asia", "145", _("Western Asia")),
        Region("eastern-europe", "151", _("Eastern Europe")),
        Region("northern-europe", "154", _("Northern Europe")),
        Region("southern-europe", "039", _("Southern Europe")),
        Region("western-europe", "155", _("Western Europe")),
        Region("australia-and-new-zealand", "053", _("Australia and New Zealand")),
        Region("melanesia", "054", _("Melanesia")),
        Region("micronesia", "057", _("Micronesia")),
        Region("polynesia", "061", _("Polynesia")),
    )
}


def read_table(name: str) -> Iterator[list[str]]:
    """The rows of a CSV file in ``data``, without its head; lines that begin with # are its source."""
    with (Path(__file__).parent.parent / "data" / name).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        next(rows)
        yield from rows


_SLUGS = {region.m49: region.slug for region in REGIONS.values()}
_REGION_OF = {iso2: _SLUGS[m49] for iso2, m49 in read_table("m49.csv")}
_INCOME_OF = dict(read_table("income.csv"))
# The World Bank's fiscal year that the groups of data/income.csv were set for.
INCOME_YEAR = 2024

COUNTRY_CODES: tuple[str, ...] = tuple(sorted(_REGION_OF))


def region_of(iso2: str) -> str:
    """The slug of the region that a country lies in.

    `iso2` is an ISO 3166-1 alpha-2 code in capitals, or XK. Any other raises
    KeyError with a sentence for the person who typed it. Source: data/m49.csv.
    """
    try:
        return _REGION_OF[iso2]
    except KeyError:
        raise KeyError(f"country {iso2!r} is unknown") from None


def income_of(iso2: str) -> str:
    """The World Bank's income group of a country, a code of ``vocabularies.INCOMES``; "unknown" where it has none.

    Source and year: data/income.csv.
    """
    return _INCOME_OF.get(iso2, "unknown")


def country_name(iso2: str) -> str:
    """The country's name in the active language; KeyError on an unknown code."""
    region_of(iso2)
    return _clean(countries.name(iso2))


def country_names_in_every_language(iso2: str) -> list[str]:
    """Every name a person may search a country by, each once, the shown ones first.

    These are the site's name, ISO's, the everyday and the former ones ("Turkey"),
    in English, French, Spanish, Arabic and Portuguese. KeyError on an unknown code.
    """
    names = []
    for further in (False, True):
        for language in LANGUAGES:
            with override(language):
                names += _further_names(iso2) if further else [country_name(iso2)]
    return list(dict.fromkeys(names))


def _further_names(iso2: str) -> list[str]:
    names = (CountriesBase.COMMON_NAMES.get(iso2), ISO_NAMES.get(iso2), *CountriesBase.OLD_NAMES.get(iso2, []))
    return [_clean(name) for name in names if name]


def _clean(name: str) -> str:
    # Some catalogues hold soft hyphens ("Sí\xadria") and doubled spaces: neither would be found.
    return " ".join(str(name).replace("\xad", "").split())
