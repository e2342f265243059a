"""The visitor's city as it is compared, by the tags of practices: the points of each tag, and what they say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from practices.cities.similarity.answers import Answers
from practices.cities.similarity.weights import LEVELS, WEIGHTS
from practices.vocabularies import CONTEXTS, COUNTRIES, INCOMES, SIZES, SUBREGIONS, THEMES, Vocabulary
from practices.vocabularies.countries import COUNTRY_CODES, country_name, income_of, region_of

KNOWN_SIZES = [code for code in SIZES.codes if code != "unknown"]


@dataclass(frozen=True)
class Reason:
    label: str
    points: int


@dataclass(frozen=True)
class CitySimilarity:
    """What a practice and the visitor's city have in common, what not, and the points: the sum of the reasons.

    ``most`` are the points of a practice that has everything in common with the visitor's city. What is the city's own
    (``is_own``) is not compared: nothing is like another city for being the same one.
    """

    reasons: list[Reason]
    differences: list[str]
    is_own: bool = False
    most: int = 0

    @property
    def score(self) -> int:
        return sum(reason.points for reason in self.reasons)

    @property
    def level(self) -> str:
        """How similar the two are, in words."""
        return next(label for share, label in LEVELS if self.score >= share * self.most)


@dataclass(frozen=True)
class Profile:
    """What is known of the visitor's city; "" and () are unknown. ``answers`` is what the address says of it."""

    answers: Answers = field(default_factory=Answers)
    name: str = ""
    country: str = ""
    size: str = ""
    region: str = ""
    income: str = ""
    contexts: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    # The keys of its own public practices: they stand after all others.
    own: frozenset[int] = frozenset()

    def __bool__(self):
        return bool(self.points)

    @cached_property
    def points(self) -> Mapping[int, int]:
        """Tag number → what it adds to the score of a practice that carries it. Empty where nothing is known."""
        points: dict[int, int] = {}

        def add(vocabulary: Vocabulary, codes: Iterable[str], weight: str):
            for code in codes:
                number = vocabulary.numbers[code]
                points[number] = points.get(number, 0) + WEIGHTS[weight].points

        add(CONTEXTS, self.contexts, "context")
        add(SIZES, [self.size] if self.size else [], "size")
        add(SIZES, self.near, "near")
        add(COUNTRIES, self.peers, "income")
        add(THEMES, self.themes, "theme")
        add(SUBREGIONS, [self.region] if self.region else [], "region")
        add(COUNTRIES, [self.country] if self.country else [], "country")
        return points

    @property
    def near(self) -> list[str]:
        if not self.size:
            return []
        at = KNOWN_SIZES.index(self.size)
        return [code for code in KNOWN_SIZES[max(0, at - 1) : at + 2] if code != self.size]

    @property
    def peers(self) -> list[str]:
        return [code for code in COUNTRY_CODES if self.income and income_of(code) == self.income]

    @property
    def most(self) -> int:
        """The points of a practice that has everything in common (three themes at the most)."""
        single = [name for name in ("size", "income", "region", "country") if getattr(self, name)]
        several = WEIGHTS["context"].points * len(self.contexts) + WEIGHTS["theme"].points * min(3, len(self.themes))
        return sum(WEIGHTS[name].points for name in single) + several

    @property
    def facts(self) -> list[str]:
        facts = [_("%(size)s inhabitants") % {"size": SIZES.label(self.size)}] if self.size else []
        facts += [INCOMES.label(self.income)] if self.income else []
        facts += [SUBREGIONS.label(self.region)] if self.region else []
        facts += [CONTEXTS.label(code) for code in self.contexts]
        return facts + [_("decides on %(theme)s") % {"theme": THEMES.label(code)} for code in self.themes]

    def similarity_of(self, pk: int, tags: Iterable[int]) -> CitySimilarity:
        return CitySimilarity([], [], is_own=True) if pk in self.own else self.compared_with(tags)

    def compared_with(self, tags: Iterable[int]) -> CitySimilarity:
        other = Tagged(frozenset(tags))
        return CitySimilarity(list(self._reasons(other)), list(self._differences(other)), most=self.most)

    def _reasons(self, other: "Tagged"):
        if self.size and other.size:
            if other.size == self.size:
                yield Reason(_("Same size"), WEIGHTS["size"].points)
            elif other.size in self.near:
                yield Reason(_("Nearly the same size"), WEIGHTS["near"].points)
        for code in other.codes(CONTEXTS):
            if code in self.contexts:
                yield Reason(CONTEXTS.label(code), WEIGHTS["context"].points)
        for code in other.codes(THEMES):
            if code in self.themes:
                label = pgettext("in common", "Your city decides on %(theme)s") % {"theme": THEMES.label(code)}
                yield Reason(label, WEIGHTS["theme"].points)
        yield from self._reasons_of_place(other)

    def _reasons_of_place(self, other: "Tagged"):
        same = {
            name: WEIGHTS[name].points
            for name in ("income", "region", "country")
            if getattr(self, name) and getattr(self, name) == getattr(other, name)
        }
        if "country" in same:
            # The same country is of the same region and means: one reason says all three.
            yield Reason(
                pgettext("in common", "Also in %(place)s") % {"place": country_name(self.country)}, sum(same.values())
            )
            return
        if "income" in same:
            yield Reason(_("Similar national income"), same["income"])
        if "region" in same:
            label = pgettext("in common", "Also in %(place)s") % {"place": SUBREGIONS.label(self.region)}
            yield Reason(label, same["region"])

    def _differences(self, other: "Tagged"):
        if self.size and other.size and other.size != self.size and other.size not in self.near:
            larger = KNOWN_SIZES.index(other.size) > KNOWN_SIZES.index(self.size)
            yield _("Much larger") if larger else _("Much smaller")
        faced = other.codes(CONTEXTS)
        if self.contexts and faced and not set(faced) & set(self.contexts):
            labels = pgettext("list separator", ", ").join(CONTEXTS.label(code) for code in faced)
            yield _("Situation: %(contexts)s") % {"contexts": labels}
        if self.income and other.income and other.income != self.income:
            yield _("National income: %(group)s") % {"group": INCOMES.label(other.income)}
        if self.region and other.region and other.region != self.region:
            yield _("Region: %(region)s") % {"region": SUBREGIONS.label(other.region)}


CODES = {
    vocabulary.name: {number: code for code, number in vocabulary.numbers.items() if code != "unknown"}
    for vocabulary in (CONTEXTS, COUNTRIES, SIZES, THEMES)
}


@dataclass(frozen=True)
class Tagged:
    """What the tags of a practice say of its city; "" where they say nothing."""

    tags: frozenset[int]

    def codes(self, vocabulary: Vocabulary) -> list[str]:
        """Its codes of a vocabulary, in its order; what is not known is none."""
        codes = CODES[vocabulary.name]
        return [codes[tag] for tag in sorted(self.tags) if tag in codes]

    @property
    def size(self) -> str:
        return next(iter(self.codes(SIZES)), "")

    @cached_property
    def country(self) -> str:
        return next(iter(self.codes(COUNTRIES)), "")

    @property
    def region(self) -> str:
        return region_of(self.country) if self.country else ""

    @property
    def income(self) -> str:
        group = income_of(self.country)
        return "" if group == "unknown" else group
