"""The controlled words: codes are stable and kept in the database, labels are translated.

A term's number is its vocabulary's base plus its position, counted from one. The database
numbers tags by the same rule (``practices_index_practice`` in ``migrations/0003_search_texts.py``), so terms are only ever
added at the end, never moved or removed, and a new one needs a migration that replaces that function.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from citysolidarity.languages.alphabet import alphabetical
from practices.vocabularies.countries import COUNTRY_CODES, REGIONS, country_name
from practices.vocabularies.languages import LANGUAGES, name_of

COUNTRY_BASE = 3000
CURRENCY = r"[A-Z]{3}"  # as in ISO 4217

type Label = str | Promise | Callable[[], str]


@dataclass(frozen=True)
class Vocabulary:
    """An ordered list of ``(code, label)`` pairs, numbered from ``base + 1``."""

    name: str
    base: int
    terms: tuple[tuple[str, Label], ...]
    width: int = 100
    positions: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    translated: dict[str | None, dict[str, str]] = field(default_factory=dict, compare=False, repr=False)  # by language

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _label in self.terms)

    @cached_property
    def labels(self) -> MappingProxyType:
        return MappingProxyType(dict(self.terms))

    @cached_property
    def numbers(self) -> MappingProxyType:
        """Code → tag number; the numbers lie in ``range(base, base + width)``."""
        positions = self.positions or {code: at for at, code in enumerate(self.codes, start=1)}
        return MappingProxyType({code: self.base + at for code, at in positions.items()})

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(code, self.label(code)) for code in self.codes]

    def label(self, code: str) -> str:
        """The label in the active language; an unknown code is shown as it is."""
        return self.labels_in(get_language()).get(code, code)

    def labels_in(self, language: str | None) -> dict[str, str]:
        """Code → label in the active language, which is ``language``."""
        if language not in self.translated:
            self.translated[language] = {
                code: label() if callable(label) else str(label) for code, label in self.labels.items()
            }
        return self.translated[language]

    def known(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The given codes that exist here, once each, in this vocabulary's order."""
        wanted = set(codes)
        return tuple(code for code in self.codes if code in wanted)


THEMES = Vocabulary(
    "theme",
    100,
    (
        ("social-cohesion", _("Social cohesion & public space")),
        ("participation", _("Participation & representation")),
        ("welcome", _("Welcome & public attitudes")),
        ("employment", _("Work & enterprise")),
        ("housing", _("Housing")),
        ("education", _("Education & language")),
        ("health", _("Health & psychosocial support")),
        ("rights", _("Rights, status & documents")),
        ("reception", _("Arrival & emergency reception")),
        ("environment", _("Environment & climate")),
        ("governance", _("Strategy, data & finance")),
        ("culture-sport", _("Culture & sport")),
    ),
)
# Legal status in UNHCR's terms; "migrants" is this directory's own label.
POPULATIONS = Vocabulary(
    "population",
    200,
    (
        ("refugees", _("Refugees")),
        ("asylum-seekers", _("Asylum-seekers")),
        ("idps", _("Internally displaced people")),
        ("stateless", _("Stateless people")),
        ("returnees", _("Returnees")),
        ("host-community", _("Host community")),
        ("migrants", _("Other migrants")),
    ),
)
# UNHCR's age, gender and diversity groups, apart from legal status so that they combine.
GROUPS = Vocabulary(
    "group",
    300,
    (
        ("women", _("Women")),
        ("children-youth", _("Children & youth")),
        ("families", _("Families")),
        ("older-people", _("Older people")),
        ("lgbtiq", _("LGBTIQ+ people")),
        ("people-with-disabilities", _("People with disabilities")),
    ),
)
INSTRUMENTS = Vocabulary(
    "instrument",
    400,
    (
        ("service", _("Service")),
        ("policy", _("Policy or by-law")),
        ("institution", _("Office or institution")),
        ("campaign", _("Campaign")),
        ("space", _("Place or building")),
        ("partnership", _("Partnership")),
        ("network", _("Network")),
        ("digital", _("Digital tool")),
        ("funding", _("Funding")),
    ),
)
CONTEXTS = Vocabulary(
    "context",
    500,
    (
        ("large-scale-arrival", _("Large-scale arrival")),
        ("protracted", _("Long-lasting displacement")),
        ("resettlement", _("Government resettlement")),
        ("community-sponsorship", _("Community sponsorship")),
        ("mixed-migration", _("Mixed migration")),
        ("internal-displacement", _("Internal displacement")),
        ("reintegration", _("Return and reintegration")),
    ),
)
STATUSES = Vocabulary(
    "status",
    600,
    (("ongoing", _("Ongoing")), ("completed", _("Completed")), ("unknown", _("Not known"))),
)
FRESHNESS = Vocabulary(
    "freshness",
    700,
    (
        ("fresh", _("Confirmed in the last 12 months")),
        ("due", _("Confirmed 12 to 24 months ago")),
        ("unconfirmed", _("Not confirmed in the last 24 months")),
        ("ended", _("Ended")),
    ),
)
# A/73/12 (Part II), paragraph 7.
GCR_OBJECTIVES = Vocabulary(
    "gcr",
    800,
    (
        ("1", _("Ease pressures on host countries")),
        ("2", _("Enhance refugee self-reliance")),
        ("3", _("Expand access to third-country solutions")),
        ("4", _("Support conditions in countries of origin for return in safety and dignity")),
    ),
)
# A/RES/70/1, the short names in use by the United Nations.
SDGS = Vocabulary(
    "sdg",
    900,
    (
        ("1", _("No poverty")),
        ("2", _("Zero hunger")),
        ("3", _("Good health and well-being")),
        ("4", _("Quality education")),
        ("5", _("Gender equality")),
        ("6", _("Clean water and sanitation")),
        ("7", _("Affordable and clean energy")),
        ("8", _("Decent work and economic growth")),
        ("9", _("Industry, innovation and infrastructure")),
        ("10", _("Reduced inequalities")),
        ("11", _("Sustainable cities and communities")),
        ("12", _("Responsible consumption and production")),
        ("13", _("Climate action")),
        ("14", _("Life below water")),
        ("15", _("Life on land")),
        ("16", _("Peace, justice and strong institutions")),
        ("17", _("Partnerships for the goals")),
    ),
)
# The upper bounds, in inhabitants, stand in models/cities/city.py.
SIZES = Vocabulary(
    "size",
    1000,
    (
        ("under-20k", _("Under 20,000")),
        ("20k-50k", _("20,000 – 50,000")),
        ("50k-200k", _("50,000 – 200,000")),
        ("200k-500k", _("200,000 – 500,000")),
        ("500k-1.5m", _("500,000 – 1.5 million")),
        ("over-1.5m", _("Over 1.5 million")),
        ("unknown", _("Not known")),
    ),
)
# The World Bank's, by country: see data/income.csv.
INCOMES = Vocabulary(
    "income",
    1300,
    (
        ("low", _("Low income")),
        ("lower-middle", _("Lower-middle income")),
        ("upper-middle", _("Upper-middle income")),
        ("high", _("High income")),
        ("unknown", _("Not known")),
    ),
)
# The languages in which an entry can be read: its own, and those of its published translations.
READABLE = Vocabulary("readable", 1700, tuple((code, (lambda code=code: name_of(code))) for code in LANGUAGES))
SIGNED = Vocabulary("signed", 1100, (("yes", _("City signed the statement")),))
SUBREGIONS = Vocabulary("region", 1200, tuple((slug, region.label) for slug, region in REGIONS.items()))
COUNTRIES = Vocabulary(
    "country",
    COUNTRY_BASE,
    tuple((code, (lambda code=code: country_name(code))) for code in COUNTRY_CODES),
    width=26 * 26,
    # Two letters read as a number in base 26, so that a new country moves no other.
    positions={code: 26 * (ord(code[0]) - 65) + ord(code[1]) - 65 for code in COUNTRY_CODES},
)


def countries_by_name() -> tuple[tuple[str, str], ...]:
    """Code and name of every country, A to Z in the active language."""
    return countries_in(get_language())


@cache
def countries_in(language: str | None) -> tuple[tuple[str, str], ...]:
    """The same in the active language, which is ``language``; to sort them takes one or two milliseconds each time."""
    return tuple(sorted(COUNTRIES.choices, key=lambda choice: alphabetical(choice[1])))


# After Nesta's Standards of Evidence (2012); level 0 is this directory's own.
EVIDENCE_LEVELS = (
    (0, _("Described")),
    (1, _("A plausible account of change")),
    (2, _("Change measured among those served")),
    (3, _("Change against a comparison")),
    (4, _("Independent evaluation, or repeated")),
    (5, _("Shown to work again elsewhere")),
)
COST_BANDS = (
    ("none", _("No extra cost")),
    ("under-50k", _("Under 50,000 a year")),
    ("50k-250k", _("50,000 – 250,000 a year")),
    ("250k-1m", _("250,000 – 1 million a year")),
    ("over-1m", _("Over 1 million a year")),
    ("unknown", _("Not known")),
)
# The codes are the levels.
EVIDENCE = Vocabulary("evidence", 1400, tuple((str(level), label) for level, label in EVIDENCE_LEVELS))
COSTS = Vocabulary("cost", 1500, COST_BANDS)
# What an entry tells at all, whatever it says.
STATED = Vocabulary(
    "stated",
    1600,
    (
        ("cost", _("What it costs")),
        ("staff", _("Who works on it")),
        ("startup", _("How long it took to start")),
        ("figures", _("What changed, in figures")),
        ("failures", _("What did not work")),
    ),
)
