"""The opening page of a brief with several practices: what stands in it, what they share, and room for the proposal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from text_unidecode import unidecode

from practices.comparing.brief.content import BriefPart, city_size, cost, income, listed, said_of, when
from practices.models import City, Practice
from practices.vocabularies import (
    CONTEXTS,
    EVIDENCE_LEVELS,
    GROUPS,
    INSTRUMENTS,
    POPULATIONS,
    THEMES,
    Vocabulary,
)

PROPOSALS = (1, 2, 3)  # the lines that the officer fills in


@dataclass(frozen=True)
class CoverRow:
    """``fact`` is one thing known of the practice, in ``fact_language``; ``cost`` a year's, unless it is the fact."""

    title: str
    summary: str
    language: str
    city: str
    place: str
    fact: str
    fact_language: str
    cost: str = ""


@dataclass(frozen=True)
class Cover:
    title: str
    prepared: str
    rows: list[CoverRow]
    common: list[BriefPart]
    proposals: tuple[int, ...] = PROPOSALS


def cover_of(practices: list[Practice], city: str, today: date) -> Cover | None:
    """None for fewer than two practices; ``city`` is the name of the visitor's city, "" where none was chosen."""
    if len(practices) < 2:
        return None
    return Cover(title_of(practices), prepared(city, today), list(map(row_of, practices)), common(practices))


def prepared(city: str, today: date) -> str:
    day = date_format(today, "DATE_FORMAT")
    return _("Prepared for %(city)s, %(day)s") % {"city": city, "day": day} if city else day


def title_of(practices: list[Practice]) -> str:
    cities = {practice.city.pk: practice.city.full_name for practice in practices}
    theme = next(iter(shared_themes(practices)), "")
    words = {"theme": THEMES.label(theme), "city": practices[0].city.full_name}
    if len(cities) == 1:
        return (_("%(theme)s: what %(city)s does") if theme else _("What %(city)s does")) % words
    if theme:
        titles = {
            2: _("%(theme)s: what two cities do"),
            3: _("%(theme)s: what three cities do"),
            4: _("%(theme)s: what four cities do"),
        }
        return titles[len(cities)] % words
    return {2: _("What two cities do"), 3: _("What three cities do"), 4: _("What four cities do")}[len(cities)]


def shared_themes(practices: list[Practice]) -> list[str]:
    """In the order of the first practice, whose first theme is its main one."""
    return [code for code in practices[0].themes if all(code in practice.themes for practice in practices)]


def row_of(practice: Practice) -> CoverRow:
    fact, language = key_fact(practice)
    yearly = cost(practice) or ""
    return CoverRow(
        title=practice.title,
        summary=practice.summary,
        language=practice.language,
        city=practice.city.full_name,
        place=" · ".join(filter(None, [practice.city.country_name, *inhabitants(practice.city), when(practice)])),
        fact=fact,
        fact_language=language,
        cost="" if yearly == fact else yearly,
    )


def inhabitants(city: City) -> list[str]:
    if not city.population:
        return []
    return [_("%(size)s inhabitants") % {"size": number_format(city.population, force_grouping=True)}]


def key_fact(practice: Practice) -> tuple[str, str]:
    """The first that is known of figures, cost, staff, evidence and years; and its language, "" for that of the page."""
    figures = practice.rows_of("figures")
    if figures:
        return f"{figures[0].value} {figures[0].what} ({figures[0].year})", practice.facts_language
    said = said_of(practice)
    if "cost" in said or "staff" in said:
        return said.get("cost") or said["staff"], practice.facts_language
    if yearly := cost(practice):
        return yearly, ""
    if practice.evidence_level is not None:
        return str(dict(EVIDENCE_LEVELS)[practice.evidence_level]), ""
    return when(practice), ""


def common(practices: list[Practice]) -> list[BriefPart]:
    """What all of them share, as far as it is known of each; nothing where they share nothing."""
    groups = shared(POPULATIONS, practices, "populations") + shared(GROUPS, practices, "groups")
    levels = {level: str(label) for level, label in EVIDENCE_LEVELS}
    parts = [
        BriefPart(_("Themes"), listed([THEMES.label(code) for code in shared_themes(practices)])),
        BriefPart(_("For whom"), listed(groups)),
        BriefPart(_("Situation in the city"), listed(shared(CONTEXTS, practices, "contexts"))),
        BriefPart(_("Type of measure"), same(practices, lambda one: INSTRUMENTS.label(one.instrument))),
        BriefPart(_("Country"), same(practices, lambda one: one.city.country_name)),
        BriefPart(_("City size (inhabitants)"), same(practices, lambda one: city_size(one.city))),
        BriefPart(_("Income group of the country"), same(practices, lambda one: income(one.city))),
        BriefPart(_("Evidence"), same(practices, lambda one: levels.get(one.evidence_level))),
    ]
    return [part for part in parts if part.text]


def shared(vocabulary: Vocabulary, practices: list[Practice], name: str) -> list[str]:
    codes = set.intersection(*(set(getattr(practice, name)) for practice in practices))
    return [vocabulary.label(code) for code in vocabulary.known(codes)]


def same(practices: Iterable[Practice], value_of: Callable[[Practice], str | None]) -> str:
    """The value that all have; "" where they differ or one has none."""
    values = {value_of(practice) or "" for practice in practices}
    return values.pop() if len(values) == 1 else ""


def file_name(practices: list[Practice], city: str) -> str:
    """Without its ending: ``housing-4-cities-schwerte``, or for one practice ``brief-`` and its address."""
    if len(practices) == 1:
        parts = ["brief", practices[0].slug]
    else:
        cities = len({practice.city.pk for practice in practices})
        counted = f"{cities}-cities" if cities > 1 else f"{len(practices)}-practices"
        parts = [*shared_themes(practices)[:1], counted]
    return "-".join([*parts, *filter(None, [slugify(unidecode(city))[:60].strip("-")])])
