"""What a comparison tells of each practice, in the order of a mayor's questions: would it fit, what is it, what does it take,
what came of it. What is stated for none of them has no row.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from practices.cities.similarity.profile import Profile
from practices.comparing.brief.content import city_size, confirmed, cost, for_whom, income, when
from practices.entries.language_links import translation_line
from practices.models import Practice
from practices.vocabularies import CONTEXTS, EVIDENCE_LEVELS, INSTRUMENTS, THEMES


@dataclass(frozen=True)
class Line:
    """``language`` is "" for that of the page."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class ComparedRow:
    """``cells`` are the lines of each practice, none where nothing is stated, for which ``blank`` stands.

    ``cities`` are their names: on a phone, where rows stand below each other, each cell needs its own.
    """

    label: str
    cells: list[list[Line]]
    blank: str
    cities: tuple[str, ...] = ()

    @property
    def is_stated(self) -> bool:
        return any(self.cells)

    @property
    def columns(self) -> Iterator[tuple[str, list[Line]]]:
        return zip(self.cities, self.cells, strict=True)


@dataclass(frozen=True)
class Part:
    heading: str
    rows: list[ComparedRow]


@dataclass(frozen=True)
class Table:
    """``unstated`` names what no source says of any of the practices."""

    parts: list[Part]
    unstated: list[str]


def table_of(practices: list[Practice], city: Profile) -> Table:
    """Of practices fetched ``with_city`` and ``with_parts`` (facts); ``city`` is the visitor's."""
    question = _("Would it fit %(city)s?") % {"city": city.name} if city.name else _("Would it fit your city?")
    parts = {
        question: list(rows_of_city(practices, city)),
        _("What the city does"): list(rows_of_measure(practices)),
        _("What it takes"): list(rows_of_means(practices)),
        _("What changed"): list(rows_of_change(practices)),
    }
    cities = tuple(practice.city.full_name for practice in practices)
    shown = [
        Part(heading, [replace(row, cities=cities) for row in rows if row.is_stated]) for heading, rows in parts.items()
    ]
    unstated = [row.label for rows in parts.values() for row in rows if not row.is_stated]
    return Table([part for part in shown if part.rows], unstated)


def rows_of_city(practices: list[Practice], city: Profile) -> Iterator[ComparedRow]:
    if city:
        compared = [city.similarity_of(practice.pk, practice.tags) for practice in practices]
        yield plain(_("Alike"), [[reason.label for reason in one.reasons] for one in compared])
        yield plain(_("Different"), [one.differences for one in compared])
    yield of_each(_("City size (inhabitants)"), practices, lambda one: city_size(one.city))
    yield of_each(_("Region"), practices, lambda one: one.city.region_name)
    yield of_each(_("Income group of the country"), practices, lambda one: income(one.city))
    faced = [[CONTEXTS.label(code) for code in CONTEXTS.known(practice.contexts)] for practice in practices]
    yield plain(_("Situation in the city"), faced)
    yield written(_("The situation"), practices, lambda one: one.challenge)


def rows_of_measure(practices: list[Practice]) -> Iterator[ComparedRow]:
    yield written(_("Summary"), practices, lambda one: one.summary)
    yield written(_("What the city does"), practices, lambda one: one.approach)
    yield plain(_("Themes"), [[THEMES.label(code) for code in THEMES.known(one.themes)] for one in practices])
    yield of_each(_("For whom"), practices, for_whom)
    yield of_each(_("Type of measure"), practices, lambda one: INSTRUMENTS.label(one.instrument))
    yield of_each(_("When"), practices, when)
    yield ComparedRow(
        _("Led by"), [[Line(one.lead, one.written_in)] if one.lead else [] for one in practices], not_stated()
    )


def rows_of_means(practices: list[Practice]) -> Iterator[ComparedRow]:
    yield phrases(_("Conditions"), practices, lambda one: one.conditions)
    kinds = {"cost": _("Cost"), "staff": _("Staff"), "startup": _("Time to start")}
    for kind, label in kinds.items():
        cells = [
            [
                Line(f"{fact.text} ({fact.year})" if fact.year else fact.text, language_of(fact.text, practice))
                for fact in practice.rows_of("facts")
                if fact.kind == kind
            ]
            for practice in practices
        ]
        yield ComparedRow(label, cells, not_stated())
    yield of_each(_("Yearly cost"), practices, cost)
    yield phrases(_("Funded by"), practices, lambda one: one.funders)


def rows_of_change(practices: list[Practice]) -> Iterator[ComparedRow]:
    yield written(_("What changed"), practices, lambda one: one.results)
    levels = {level: str(label) for level, label in EVIDENCE_LEVELS}
    evidence = [[levels[one.evidence_level]] if one.evidence_level is not None else [] for one in practices]
    yield plain(_("Evidence"), evidence, _("Not yet assessed"))
    yield written(_("What did not work"), practices, lambda one: one.what_did_not_work)
    yield written(_("What others can learn"), practices, lambda one: one.lessons)
    yield of_each(_("Confirmed by the city"), practices, confirmed)
    if any(practice.translation for practice in practices):
        yield of_each(_("Translation"), practices, lambda one: translation_line(one) or _("The original"))


def not_stated() -> str:
    return _("Not stated")


def plain(label: str, cells: Iterable[Iterable[str]], blank: str = "") -> ComparedRow:
    return ComparedRow(label, [[Line(text) for text in texts] for texts in cells], blank or not_stated())


def of_each(label: str, practices: list[Practice], text_of: Callable[[Practice], str]) -> ComparedRow:
    return plain(label, [list(filter(None, [text_of(practice)])) for practice in practices])


def written(label: str, practices: list[Practice], text_of: Callable[[Practice], str]) -> ComparedRow:
    """In the language of each practice's texts."""
    texts = [(text_of(practice), practice.language) for practice in practices]
    return ComparedRow(label, [[Line(text, language)] if text else [] for text, language in texts], not_stated())


def phrases(label: str, practices: list[Practice], phrases_of: Callable[[Practice], list[str]]) -> ComparedRow:
    cells = [[Line(text, language_of(text, one)) for text in phrases_of(one)] for one in practices]
    return ComparedRow(label, cells, not_stated())


def language_of(phrase: str, practice: Practice) -> str:
    return getattr(phrase, "language", practice.written_in)
