"""Counting and toggling facets; knows no model and no request.

A facet is one way to narrow the directory. Its options are counted under everything else
that is chosen, but without its own choice, so that a second value can be added to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.db.models import F, Func, IntegerField, Value
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from text_unidecode import unidecode

from practices import vocabularies as words
from practices.vocabularies import Vocabulary


@dataclass(frozen=True)
class Facet:
    """A parameter of the address, its heading, its values and how it reads in a sentence."""

    vocabulary: Vocabulary
    title: str | Promise
    phrase: str | Promise
    opened: bool = False
    only_present: bool = False

    @property
    def name(self) -> str:
        return self.vocabulary.name


FACETS = (
    Facet(words.THEMES, _("Theme"), pgettext_lazy("practices …", "on %(values)s"), opened=True),
    Facet(words.POPULATIONS, _("For whom: status"), pgettext_lazy("practices …", "for %(values)s"), opened=True),
    Facet(words.GROUPS, _("For whom: groups"), pgettext_lazy("practices …", "reaching %(values)s"), opened=True),
    Facet(
        words.CONTEXTS,
        _("What the city faces"),
        pgettext_lazy("practices …", "where the city faces: %(values)s"),
        opened=True,
    ),
    Facet(words.SUBREGIONS, _("Region"), pgettext_lazy("practices …", "in %(values)s"), opened=True, only_present=True),
    Facet(words.SIZES, _("City size (inhabitants)"), pgettext_lazy("practices …", "city size %(values)s"), opened=True),
    Facet(words.COUNTRIES, _("Country"), pgettext_lazy("practices …", "in %(values)s"), only_present=True),
    Facet(words.INSTRUMENTS, _("Kind of measure"), pgettext_lazy("practices …", "as %(values)s")),
    Facet(words.STATUSES, _("Status"), pgettext_lazy("practices …", "status: %(values)s")),
    Facet(words.FRESHNESS, _("Freshness"), pgettext_lazy("practices …", "freshness: %(values)s")),
    Facet(words.GCR_OBJECTIVES, _("Global Compact objective"), pgettext_lazy("practices …", "towards: %(values)s")),
    Facet(
        words.SDGS,
        _("Sustainable Development Goal"),
        pgettext_lazy("practices …", "towards: %(values)s"),
        only_present=True,
    ),
    Facet(words.SIGNED, _("Statement"), pgettext_lazy("practices …", "%(values)s")),
)
BY_NAME: dict[str, Facet] = {facet.name: facet for facet in FACETS}

# What a shared tag adds to how alike two practices are, by facet.
LIKENESS = {"theme": 4, "context": 3, "instrument": 2, "group": 2, "size": 2, "region": 1, "population": 1}

# Not knowing the same thing is nothing in common.
UNKNOWN = {facet.vocabulary.numbers["unknown"] for facet in FACETS if "unknown" in facet.vocabulary.numbers}


@dataclass(frozen=True)
class Counts:
    """What one counting statement found."""

    total: int = 0
    numbers: Mapping[int, int] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, int, int]]) -> "Counts":
        """Rows are ``(pass, tag, count)``; pass "" is the whole selection, tag 0 is a total."""
        total, numbers, without = 0, {}, {}
        for name, tag, count in rows:
            if tag:
                numbers[tag] = count
            elif name:
                without[name] = count
            else:
                total = count
        return cls(total, numbers, without)

    def of(self, name: str, code: str) -> int:
        """How many practices the list would hold with this value of the facet."""
        return self.numbers.get(BY_NAME[name].vocabulary.numbers.get(code, -1), 0)


def within(tags: Iterable[int], name: str) -> list[int]:
    """Those of the tag numbers that belong to the facet."""
    first, last = bounds(name)
    return [tag for tag in tags if first <= tag <= last]


def counting_statement(rows_sql: str, rows_parameters: tuple, chosen: Mapping[str, tuple[str, ...]]):
    """One SQL statement with k + 1 passes over the rows, k the number of facets in use.

    ``rows_sql`` selects ``(tags smallint[], freshness smallint)``. Returns the statement and its
    parameters; it yields the rows that ``Counts.from_rows`` takes. The design and what it
    was measured against stand in the performance notes: counting tags in an array needs
    no join, whatever the number of facets.
    """
    numbers = {
        name: [BY_NAME[name].vocabulary.numbers[code] for code in codes] for name, codes in chosen.items() if codes
    }
    passes, parameters = [], list(rows_parameters)

    def add(name: str, tag_condition: str, tag_parameters: list[int]):
        others = [found for other, found in numbers.items() if other != name]
        where = " AND ".join(["tags && %s::smallint[]"] * len(others)) or "true"
        passes.append(
            f"SELECT %s, tag, count(*) FROM held, unnest(tags) AS tag WHERE {where} AND {tag_condition} GROUP BY tag"
            f" UNION ALL SELECT %s, 0::smallint, count(*) FROM held WHERE {where}"
        )
        parameters.extend([name, *others, *tag_parameters, name, *others])

    mine = [bound for name in numbers for bound in bounds(name)]
    add("", " AND ".join(["tag NOT BETWEEN %s AND %s"] * len(numbers)) or "true", mine)
    for name in numbers:
        add(name, "tag BETWEEN %s AND %s", list(bounds(name)))
    statement = (
        f"WITH held (tags) AS MATERIALIZED (SELECT tags || freshness::smallint FROM ({rows_sql}) AS picked (tags, freshness)) "
        + " UNION ALL ".join(passes)
    )
    return statement, parameters


def bounds(name: str) -> tuple[int, int]:
    """The first and last tag number of a facet, both included."""
    vocabulary = BY_NAME[name].vocabulary
    return vocabulary.base, vocabulary.base + vocabulary.width - 1


class Likeness(Func):
    """The sum of LIKENESS over the tags that an array column shares with a list of tags."""

    output_field = IntegerField()
    arg_joiner = ") AS tag WHERE tag = ANY("

    def __init__(self, column: F, tags: Value):
        steps = " ".join(
            f"WHEN tag BETWEEN {bounds(name)[0]} AND {bounds(name)[1]} THEN {weight}"
            for name, weight in LIKENESS.items()
        )
        self.template = f"(SELECT coalesce(sum(CASE {steps} ELSE 0 END), 0)::int FROM unnest(%(expressions)s))"
        super().__init__(column, tags)


def shared(first: Iterable[int], second: Iterable[int]) -> dict[str, list[str]]:
    """Facet name → codes that two practices have in common, in the order of LIKENESS."""
    common = set(first) & set(second)
    found = {}
    for name in LIKENESS:
        numbers = BY_NAME[name].vocabulary.numbers
        codes = [code for code in BY_NAME[name].vocabulary.codes if numbers[code] in common and code != "unknown"]
        if codes:
            found[name] = codes
    return found


@dataclass(frozen=True)
class Option:
    """One value of a facet as the page shows it."""

    code: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Group:
    """A facet as the page shows it: its heading and its options."""

    name: str
    title: str | Promise
    options: list[Option]
    opened: bool


@cache
def laid_out(language: str) -> list[tuple[Facet, list[tuple[str, int, str]]]]:
    """Every facet with ``(code, tag number, label)`` of its values as a page in this language, now active, shows them."""
    found = []
    for facet in FACETS:
        numbers = facet.vocabulary.numbers
        terms = [(code, numbers[code], label) for code, label in facet.vocabulary.choices]
        if facet.vocabulary is words.COUNTRIES:
            terms.sort(key=lambda term: unidecode(term[2]))
        found.append((facet, terms))
    return found


def groups(counts: Counts, chosen: Mapping[str, tuple[str, ...]]) -> list[Group]:
    """Every facet with its options and counts.

    Options without a practice stay, with their zero, except in long lists such as countries.
    """
    found = []
    for facet, terms in laid_out(get_language()):
        codes = chosen.get(facet.name, ())
        options = [
            Option(code, label, counts.numbers.get(number, 0), code in codes)
            for code, number, label in terms
            if code in codes or not facet.only_present or counts.numbers.get(number)
        ]
        found.append(Group(facet.name, facet.title, options, facet.opened or bool(codes)))
    return found
