"""What a person means who types the name of a place: "City of London", "Santa Cruz, Bolivia", "Eilat ISRAEL".

Knows no model. A typed text has several readings; whoever looks for places takes them all, the more literal ones first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from citysolidarity.forms.scripts import script_of
from practices.search.place_names import BAR, LONGEST, OTHER_BAR, apart, between, fold
from practices.vocabularies.countries import COUNTRY_CODES, country_names_in_every_language, read_table

SEPARATORS = re.compile(r"[,;|/()\[\]（）［］、，،؛]|\s[-–—]+\s")
# Between an institution and its place: "Ville de La Rochelle" is read as "La Rochelle" and as "Rochelle".
LINKS = frozenset(
    fold(link)
    for link in (
        "of the de d du des da do das dos del della delle dello dell dei degli di la le les lo l el los las al il i y e"
        " et and von der den dem van het t s an am im ng na της του των τη"
    ).split()
)
# Beginnings of so many names that alone they say nothing.
BEGINNINGS = frozenset(
    "san santa santo sao saint new old port puerto porto villa ville vila nova nueva nuevo ciudad fort".split()
)
# Scripts that put no space between an institution and its place: 大阪市, 서울시청.
WITHOUT_SPACES = {"Hani", "Hira", "Kana", "Hang", "Thai", "Khmr", "Laoo", "Mymr"}
MOST_NAMES, MOST_GUESSES = 12, 10
LONGEST_WHERE = 4  # words of a country's name
LONGEST_GUESS = 3  # words
SHORTEST_GUESS, SHORTEST_STEM = 3, 4  # letters
FAR = 1_000


@dataclass(frozen=True)
class PlaceReading:
    """``key`` is a folded name; with ``within``, it counts only for places of that country (a code) or region (folded)."""

    key: str
    within: str = ""

    def allows(self, country: str, regions: str) -> bool:
        return self.within in ("", country) or between([self.within], BAR) in regions


@dataclass
class Typed:
    """``names`` may be the whole name of a place, the best first, and so may ``guesses``, parts of what was typed.

    ``beginnings`` may begin a name. Places within ``where`` (codes of countries, folded names of regions) are meant above
    others.
    """

    names: list[PlaceReading] = field(default_factory=list)
    beginnings: list[PlaceReading] = field(default_factory=list)
    guesses: list[PlaceReading] = field(default_factory=list)
    where: set[str] = field(default_factory=set)

    @property
    def places(self) -> set[str]:
        return self.where | {reading.within for reading in self.names if reading.within}

    @cached_property
    def steps(self) -> list[tuple[PlaceReading, str]]:
        """What to look for in the keys of a place, the nearest first."""
        return [
            (reading, step.format(reading.key))
            for readings, steps in (
                (self.names, (f"{BAR}{{}}{BAR}", f"{OTHER_BAR}{{}}{OTHER_BAR}")),
                (self.beginnings, (f"{BAR}{{}}", f"{OTHER_BAR}{{}}")),
                (self.guesses, (f"{BAR}{{}}{BAR}", f"{OTHER_BAR}{{}}{OTHER_BAR}")),
                (self.beginnings, (" {}",)),
            )
            for step in steps
            for reading in readings
        ]

    def nearness(self, keys: str, country: str, regions: str = "") -> int:
        """How near a place comes, 0 being the nearest; FAR for one that is not meant at all."""
        for number, (reading, text) in enumerate(self.steps):
            if text in keys and reading.allows(country, regions):
                return number
        return FAR

    def is_named(self, keys: str, country: str, regions: str = "") -> bool:
        """Whether a place bears one of the names, not only one that is longer or like it."""
        return self.nearness(keys, country, regions) < 2 * len(self.names)

    def is_guess(self, nearness: int) -> bool:
        return self.steps[nearness][0] in self.guesses

    def rank(self, keys: str, country: str, regions: str = "") -> tuple[bool, int]:
        """Sorts places: first those that lie where they were said to lie, then those whose names are nearest."""
        elsewhere = country not in self.where and not any(between([region], BAR) in regions for region in self.where)
        return elsewhere, self.nearness(keys, country, regions)


def read(text: str) -> Typed:
    text = text[:LONGEST]
    parts = [part for part in SEPARATORS.split(text) if fold(part)]
    places = [part for part in parts if fold(part) not in countries()] or parts[:1]
    names = [PlaceReading(fold(text))]
    names += [PlaceReading(key) for part in places for key in names_within(part)]
    names += [
        PlaceReading(f"{key} {fold(places[0])}") for key in map(fold, parts[1:]) if key in LINKS
    ]  # "Carolina, La"
    names += [
        PlaceReading(key, where)
        for part in places
        for name, where in with_its_end_as_where(part)
        for key in names_within(name)[:3]
    ]
    names = [reading for reading in dict.fromkeys(names) if reading.key][:MOST_NAMES]
    guesses = [*stems(places), *guesses_within(" ".join(map(fold, places)))]
    typed = Typed(
        names=names,
        beginnings=list(dict.fromkeys([*names[:1], *(PlaceReading(core_of(part)) for part in places[:1])])),
        guesses=[guess for guess in map(PlaceReading, dict.fromkeys(guesses)) if guess not in names],
    )
    if len(parts) > 1:
        typed.where.update(*(countries().get(fold(part), ()) for part in parts))
        typed.where.update(key for part in parts if part != places[0] for key in (fold(part), core_of(part)))
    return typed


def names_within(part: str) -> list[str]:
    """The folded names that a text may stand for: itself, then without words of an institution, the longest first."""
    words = fold(apart(part)).split()
    before, after = ends_of_institution(words)
    shorter = [
        words[start : len(words) - end]
        for start in range(before + 1)
        for end in range(after + 1)
        if start + end < len(words)
        and (start + end == 0 or not LINKS.issuperset(words[start : len(words) - end]))
        and (before + after >= len(words) or not is_institution(words[start : len(words) - end]))
    ]
    keys = [" ".join(words) for words in sorted(shorter, key=len, reverse=True)]
    return list(dict.fromkeys([fold(part), *keys, *(bare for key in keys for bare in without_spaces(key))]))


def core_of(part: str) -> str:
    """The shortest of these names."""
    words = fold(apart(part)).split()
    before, after = ends_of_institution(words)
    core = words[before : len(words) - after] or words
    return " ".join(core) if before or after else fold(part)


def ends_of_institution(words: list[str]) -> tuple[int, int]:
    """How many words at the beginning and at the end may belong to an institution."""
    numbers = []
    for ordered in (words, words[::-1]):
        count = next((at for at, word in enumerate(ordered) if not is_institution([word])), len(words))
        # A link alone is part of the name: La Paz.
        numbers.append(count if any(word in institutions() for word in ordered[:count]) else 0)
    return tuple(numbers)


def is_institution(words: list[str]) -> bool:
    return all(word in institutions() or word in LINKS for word in words)


def without_spaces(key: str) -> Iterator[str]:
    if script_of(key) in WITHOUT_SPACES:
        for phrase in sorted(institutions(), key=len, reverse=True):
            if script_of(phrase) in WITHOUT_SPACES and len(phrase) < len(key):
                if key.endswith(phrase):
                    yield key.removesuffix(phrase).strip()
                if key.startswith(phrase) and len(phrase) > 1:
                    yield key.removeprefix(phrase).strip()


def with_its_end_as_where(part: str) -> Iterator[tuple[str, str]]:
    """The text without its last words, and these as a country's code or a region: "Eilat ISRAEL", "Portland Oregon"."""
    words = part.split()
    for length in range(min(LONGEST_WHERE, len(words) - 1), 0, -1):
        name, end = " ".join(words[:-length]), " ".join(words[-length:])
        key = fold(end)
        if (len(key) < 3 and not end.isupper()) or is_institution(fold(name).split()):
            continue
        yield from ((name, code) for code in sorted(countries().get(key, ())))
        if length <= 2:
            yield name, key


def guesses_within(key: str) -> list[str]:
    """Some words of a longer text, the longest first; any may be the name of a place: "Urban Community of Nantes Métropole"."""
    words = key.split()
    spans = [
        words[start : start + length]
        for length in range(min(LONGEST_GUESS, len(words) - 1), 0, -1)
        for start in range(len(words) - length + 1)
    ]
    keys = [
        " ".join(span)
        for span in spans
        if len("".join(span)) >= SHORTEST_GUESS
        and not any(word.isdecimal() for word in span)
        and not is_institution([span[0]])
        and not is_institution([span[-1]])
        and BEGINNINGS.isdisjoint(span[-1:])
    ]
    return list(dict.fromkeys(keys))[:MOST_GUESSES]


def stems(places: list[str]) -> list[str]:
    """Names that the words of an institution bend, without their ending: "Magistrát města Prahy", "Stockholms stad"."""
    cores = [core_of(part) for part in places[:1]]
    return [
        core[:-cut] for core in cores for cut in (1, 2) if len(core) - cut >= SHORTEST_STEM and core != fold(places[0])
    ]


def inflected(typed: Typed) -> Typed:
    """What may be meant where nothing else was found: any name that begins as what was typed does."""
    key = typed.beginnings[-1].key if typed.beginnings else ""
    return Typed(beginnings=[PlaceReading(key[:-cut]) for cut in (1, 2, 3) if len(key) - cut >= SHORTEST_STEM])


@cache
def institutions() -> frozenset[str]:
    """The words that institutions write before or after the name of their place, folded."""
    phrases = [phrase for _language, row in read_table("institution_words.csv") for phrase in row.split("|")]
    return frozenset(word for phrase in phrases for word in fold(apart(phrase)).split()) - LINKS


@cache
def countries() -> dict[str, set[str]]:
    """Name, folded → the codes of the countries called so: in the site's languages, in their own, and by code."""
    codes: dict[str, set[str]] = {}
    further = dict(read_table("country_names.csv"))
    for code in COUNTRY_CODES:
        for name in (code, *country_names_in_every_language(code), *further.get(code, "").split("|")):
            codes.setdefault(fold(name), set()).add(code)
    return codes
