"""Cities by what people write for them: an address, a name in any language, with a country or without."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from practices.models import City, Place
from practices.search.place_names import fold
from practices.search.typed_places import read
from practices.vocabularies.countries import COUNTRY_CODES, country_name, country_names_in_every_language

SHOWN = 4


@dataclass(frozen=True)
class Found:
    """``key`` opens the city in ``NamedCities``; without one ``problem`` says why."""

    key: str = ""
    problem: str = ""


class NamedCities(dict):
    """Address → City, and ``place:…`` → Place for what the gazetteer alone knows, until ``make`` has made them."""

    def __init__(self):
        super().__init__({city.slug: city for city in City.objects.defer("keywords")})
        self._named: dict[str, list[City]] = defaultdict(list)
        for city in self.values():
            for name in {fold(name) for name in (city.name, *city.names.values())}:
                self._named[name].append(city)
        self._found: dict[tuple[str, str], Found] = {}

    def find(self, text: str, country: str = "") -> Found:
        """The city that is meant by its address, its name, "Berlin, Germany" or a name and a country."""
        key = (text.strip(), country.strip())
        if key not in self._found:
            self._found[key] = self._look(*key)
        return self._found[key]

    def _look(self, text: str, country: str) -> Found:
        if not text or text in self:
            return Found(text)
        if text.casefold() in self:
            return Found(text.casefold())
        name, comma, rest = text.rpartition(",")
        if comma and not country and country_code(rest):
            text, country = name.strip(), rest
        code = country_code(country)
        if country and not code:
            return Found(problem=_("country %r is unknown: write its name in English, or two letters") % country[:80])
        cities = [city for city in self._named.get(fold(text), []) if not code or city.country == code]
        if len(cities) == 1:
            return Found(cities[0].slug)
        if cities:
            told = ", ".join(f"{city.slug} ({country_name(city.country)})" for city in cities[:SHOWN])
            return Found(problem=_("city %(name)r may be %(told)s: write its address") % {"name": text, "told": told})
        places = list(Place.objects.named(read(text), code)[: SHOWN + 1]) if code else []
        # A town's official name before what others are also called.
        places = [place for place in places if fold(place.name) == fold(text)] or places
        if len(places) == 1:
            return self._place(places[0])
        if places:
            problem = _("there are several places called %r in that country: add the city first")
            return Found(problem=problem % text[:80])
        near = get_close_matches(fold(text), self._named, n=SHOWN, cutoff=0.8)
        slugs = [city.slug for name in near for city in self._named[name] if not code or city.country == code]
        if slugs:
            problem = _("city %(name)r is not here; do you mean %(near)s? Otherwise add the city first")
            return Found(problem=problem % {"name": text[:80], "near": ", ".join(slugs[:SHOWN])})
        problem = _("city %r is not here: write its address, such as berlin-de, or add the city first")
        return Found(problem=problem % text[:80])

    def _place(self, place: Place) -> Found:
        if city := place.known_city():
            return Found(city.slug)
        self[f"place:{place.pk}"] = place
        return Found(f"place:{place.pk}")

    def make(self, keys: Iterable[str]) -> None:
        """Makes the cities of these, where only the gazetteer knows them. In a transaction."""
        for key in keys:
            if isinstance(place := self[key], Place):
                self[key] = place.as_city()


def country_code(text: str) -> str:
    """The ISO code of a country by its code or any of its names; "" where there is none."""
    return _codes().get(fold(text), "") if text.strip() else ""


def _codes() -> dict[str, str]:
    if not CODES:
        for code in COUNTRY_CODES:
            CODES.update({fold(name): code for name in (*country_names_in_every_language(code), code)})
        CODES.update({"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "usa": "US", "uae": "AE"})
    return CODES


CODES: dict[str, str] = {}
