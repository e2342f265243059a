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

from citysolidarity.languages.alphabet import alphabetical
from practices import vocabularies as words
from practices.vocabularies import Vocabulary
from practices.vocabularies.glossary import GlossaryTerm, explaining


@dataclass(frozen=True)
class Facet:
    """A parameter of the address, its heading, its values and how it reads in a sentence about several practices."""

    vocabulary: Vocabulary
    title: str | Promise
    phrase: str | Promise
    phrase_of_one: str | Promise = ""
    opened: bool = False
    is_explained: bool = False

    @property
    def name(self) -> str:
        return self.vocabulary.name

    @property
    def words(self) -> tuple[GlossaryTerm, ...]:
        """What its values mean, where readers may not know."""
        return tuple(explaining(self.name)) if self.is_explained else ()


FACETS = (
    Facet(words.THEMES, _("Theme"), pgettext_lazy("practices …", "about %(values)s"), opened=True),
    Facet(
        words.POPULATIONS,
        _("People: legal status"),
        pgettext_lazy("practices …", "for %(values)s"),
        opened=True,
        is_explained=True,
    ),
    Facet(
        words.GROUPS,
        _("People: age, gender, situation"),
        pgettext_lazy("practices …", "reaching %(values)s"),
    ),
    Facet(
        words.CONTEXTS,
        _("Situation in the city"),
        pgettext_lazy("practices …", "%(values)s"),
        is_explained=True,
    ),
    Facet(words.SUBREGIONS, _("Region"), pgettext_lazy("practices …", "in %(values)s"), opened=True),
    Facet(
        words.SIZES,
        _("City size (inhabitants)"),
        pgettext_lazy("practices …", "from cities of %(values)s"),
        pgettext_lazy("practice …", "from a city of %(values)s"),
    ),
    Facet(words.COUNTRIES, _("Country"), pgettext_lazy("practices …", "in %(values)s")),
    Facet(words.EVIDENCE, _("Evidence"), pgettext_lazy("practices …", "with %(values)s")),
    Facet(
        words.COSTS,
        _("Yearly cost"),
        pgettext_lazy("practices …", "that cost %(values)s"),
        pgettext_lazy("practice …", "that costs %(values)s"),
    ),
    Facet(words.STATED, _("What the sources tell us"), pgettext_lazy("practices …", "with sources on %(values)s")),
    Facet(
        words.INSTRUMENTS,
        _("Type of measure"),
        pgettext_lazy("practices …", "that are %(values)s"),
        pgettext_lazy("practice …", "that is %(values)s"),
    ),
    Facet(
        words.STATUSES,
        _("Status"),
        pgettext_lazy("practices …", "that are %(values)s"),
        pgettext_lazy("practice …", "that is %(values)s"),
    ),
    Facet(words.FRESHNESS, _("Confirmed by the city"), pgettext_lazy("practices …", "%(values)s")),
    Facet(
        words.GCR_OBJECTIVES,
        _("Global Compact objective"),
        pgettext_lazy("practices …", "that help %(values)s"),
        pgettext_lazy("practice …", "that helps %(values)s"),
    ),
    Facet(
        words.SDGS,
        _("Sustainable Development Goal"),
        pgettext_lazy("practices …", "working towards “%(values)s”"),
    ),
    Facet(
        words.READABLE,
        _("Available in"),
        pgettext_lazy("practices …", "available in %(values)s"),
        pgettext_lazy("practice …", "available in %(values)s"),
    ),
    Facet(words.SIGNED, _("Signed the statement"), pgettext_lazy("practices …", "%(values)s")),
)
BY_NAME: dict[str, Facet] = {facet.name: facet for facet in FACETS}

# What a shared tag adds to how alike two practices are, by facet.
TAG_WEIGHTS = {"theme": 4, "context": 3, "instrument": 2, "group": 2, "size": 2, "region": 1, "population": 1}

# Not knowing the same thing is nothing in common.
UNKNOWN = {facet.vocabulary.numbers["unknown"] for facet in FACETS if "unknown" in facet.vocabulary.numbers}


# A value that applies to none, or to more than this share of those that are not few, is not offered: it separates nothing.
NEARLY_ALL, FEW = 0.9, 20


@dataclass(frozen=True)
class Counts:
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

    def most_offered(self, name: str) -> float:
        """A value of the facet that applies to more practices than these, nearly all, separates nothing."""
        among = self.without.get(name, self.total)
        return NEARLY_ALL * among if among >= FEW else among


def within(tags: Iterable[int], name: str) -> list[int]:
    """The tag numbers that belong to the facet."""
    first, last = bounds(name)
    return [tag for tag in tags if first <= tag <= last]


def counting_query(rows_sql: str, rows_parameters: tuple, chosen: Mapping[str, tuple[str, ...]]):
    """One SQL query with k + 1 passes over the rows, k the number of facets in use.

    ``rows_sql`` selects ``(tags smallint[], freshness smallint)``. Returns the query and its
    parameters; it yields the rows that ``Counts.from_rows`` takes. The design and what it
    was measured against stand in the performance notes: counting tags in an array needs
    no join, whatever the number of facets.
    """
    numbers = {
        name: [BY_NAME[name].vocabulary.numbers[code] for code in codes] for name, codes in chosen.items() if codes
    }
    passes, parameters = [], list(rows_parameters)

    def add(name: str, tag_condition: str, tag_parameters: list[int]):
        others = [tags for other, tags in numbers.items() if other != name]
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
    query = (
        f"WITH held (tags) AS MATERIALIZED (SELECT tags || freshness::smallint FROM ({rows_sql}) AS picked (tags, freshness)) "
        + " UNION ALL ".join(passes)
    )
    return query, parameters


def bounds(name: str) -> tuple[int, int]:
    """The first and last tag number of a facet, both included."""
    vocabulary = BY_NAME[name].vocabulary
    return vocabulary.base, vocabulary.base + vocabulary.width - 1


class SharedTagScore(Func):
    """The sum of TAG_WEIGHTS over the tags that an array column shares with a list of tags."""

    output_field = IntegerField()
    arg_joiner = ") AS tag WHERE tag = ANY("

    def __init__(self, column: F, tags: Value):
        steps = " ".join(
            f"WHEN tag BETWEEN {bounds(name)[0]} AND {bounds(name)[1]} THEN {weight}"
            for name, weight in TAG_WEIGHTS.items()
        )
        self.template = f"(SELECT coalesce(sum(CASE {steps} ELSE 0 END), 0)::int FROM unnest(%(expressions)s))"
        super().__init__(column, tags)


def shared_codes(first: Iterable[int], second: Iterable[int]) -> dict[str, list[str]]:
    """Facet name → codes that two practices have in common, in the order of TAG_WEIGHTS."""
    common = set(first) & set(second)
    shared = {}
    for name in TAG_WEIGHTS:
        numbers = BY_NAME[name].vocabulary.numbers
        codes = [code for code in BY_NAME[name].vocabulary.codes if numbers[code] in common and code != "unknown"]
        if codes:
            shared[name] = codes
    return shared


@dataclass(frozen=True)
class Option:
    code: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Group:
    name: str
    title: str | Promise
    options: list[Option]
    opened: bool
    words: tuple[GlossaryTerm, ...] = ()


@cache
def laid_out(language: str) -> list[tuple[Facet, list[tuple[str, int, str]]]]:
    """Every facet with ``(code, tag number, label)`` of its values as a page in this language, now active, shows them."""
    layout = []
    for facet in FACETS:
        numbers = facet.vocabulary.numbers
        terms = [(code, numbers[code], label) for code, label in facet.vocabulary.choices]
        if facet.vocabulary is words.COUNTRIES:
            terms.sort(key=lambda term: alphabetical(term[2]))
        layout.append((facet, terms))
    return layout


def groups(counts: Counts, chosen: Mapping[str, tuple[str, ...]]) -> list[Group]:
    """Every facet with its options and counts: what is chosen, and what separates the practices that are left."""
    shown = []
    for facet, terms in laid_out(get_language()):
        codes, most = chosen.get(facet.name, ()), counts.most_offered(facet.name)
        options = [
            Option(code, label, counts.numbers.get(number, 0), code in codes)
            for code, number, label in terms
            if code in codes or 0 < counts.numbers.get(number, 0) <= most
        ]
        shown.append(Group(facet.name, facet.title, options, facet.opened or bool(codes), facet.words))
    return shown


def every_option(counts: Counts, name: str) -> list[Option]:
    """All values of one facet, those without a practice too."""
    [terms] = [terms for facet, terms in laid_out(get_language()) if facet.name == name]
    return [Option(code, label, counts.numbers.get(number, 0), False) for code, number, label in terms]
