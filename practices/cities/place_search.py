"""The places a city can be chosen from: the gazetteer, and what only the directory knows."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from practices.models import City, Place
from practices.search.place_names import fold, keys_of
from practices.search.typed_places import FAR, Typed, inflected, read
from practices.vocabularies.countries import country_name

SHOWN = 8
LOOKED_AT = 40  # places that the database finds, before they are put in order
OF_A_GUESS = 3
LARGEST_KEY = 2_147_483_647  # PostgreSQL's integer


@dataclass(frozen=True)
class PlaceChoice:
    """A place as a form offers it: ``value`` goes into the form, such as ``place:264371`` or ``city:amman-jo``."""

    value: str
    name: str
    country: str
    near: str = ""
    geonames_id: int | None = None
    is_district: bool = False
    kept_name: str = ""  # of a city whose name is shown in the page's language

    @property
    def key(self) -> str:
        """What stands for it in the address of a page: a slug, or GeoNames' number."""
        return self.value.partition(":")[2]

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def detail(self) -> str:
        """What tells it from others of its name."""
        if self.is_district:
            return _("%(country)s, in %(place)s") % {"country": self.country_name, "place": self.near}
        if self.near:
            return _("%(country)s, near %(place)s") % {"country": self.country_name, "place": self.near}
        return self.country_name

    @property
    def label(self) -> str:
        return pgettext("list separator", ", ").join([self.name, self.detail])

    @classmethod
    def of(cls, place: Place | City):
        if isinstance(place, City):
            facts = {"geonames_id": place.geonames_id, "kept_name": place.name}
            return cls(f"city:{place.slug}", place.full_name, place.country, **facts)
        return cls(f"place:{place.pk}", place.name, place.country, place.near, place.pk, place.is_district)


def find(text: str) -> list[PlaceChoice]:
    """The best few places with such a name, or one that begins so, in any script."""
    return nearest(read(text))


def find_similar(text: str) -> list[PlaceChoice]:
    """For what was mistyped: the places whose names are most like it."""
    typed = read(text)
    return similar(typed) or nearest(inflected(typed))


def the_one_meant(text: str, places: list[PlaceChoice]) -> PlaceChoice | None:
    """The only place, or the only one with just this name, with or without where it lies; else a person chooses."""
    named = [place for place in places if fold(text) in map(fold, (place.name, place.kept_name, place.label))]
    only = named or places
    return only[0] if len(only) == 1 else None


def nearest(typed: Typed) -> list[PlaceChoice]:
    """The best few places that come near to what was typed; of equally near ones, those of the directory first."""
    cities = listed()
    known = {choice.geonames_id: choice for choice, _keys in cities}
    ranks = {choice: (*typed.rank(keys, choice.country), 0) for choice, keys in cities}
    for order, place in enumerate(Place.objects.meant_by(typed, known)[:LOOKED_AT], start=1):
        choice = known.get(place.pk) or PlaceChoice.of(place)
        rank = (*typed.rank(place.keys, place.country, place.regions), 0 if place.pk in known else order)
        ranks[choice] = min(rank, ranks.get(choice, rank))
    found, seen = [], Counter()
    for choice in sorted((choice for choice, rank in ranks.items() if rank[1] < FAR), key=ranks.get):
        step = ranks[choice][1]
        seen[step] += 1
        # A guess that many places share must not hide the next one.
        if seen[step] <= OF_A_GUESS or not typed.is_guess(step):
            found.append(choice)
    return found[:SHOWN]


def similar(typed: Typed) -> list[PlaceChoice]:
    known = {choice.geonames_id: choice for choice, _keys in listed()}
    return [known.get(place.pk) or PlaceChoice.of(place) for place in Place.objects.alike(typed)[:SHOWN]]


def namesakes(name: str, country: str) -> list[PlaceChoice]:
    """Places of the country that may be the one which somebody is about to add by hand."""
    typed, cities = read(name), listed()
    known = {choice.geonames_id: choice for choice, _keys in cities}
    same = [choice for choice, keys in cities if choice.country == country and typed.is_named(keys, country)]
    same += [known.get(place.pk) or PlaceChoice.of(place) for place in Place.objects.named(typed, country)]
    return list(dict.fromkeys(same))[:SHOWN]


def choice_of(value: str) -> PlaceChoice | None:
    """The place that a form's value stands for; None for any other text."""
    kind, _colon, key = value.partition(":")
    if kind == "place" and key.isascii() and key.isdecimal() and len(key) < 11 and int(key) <= LARGEST_KEY:
        place = Place.objects.filter(pk=int(key)).first()
        return place and PlaceChoice.of(place)
    if kind == "city":
        # Only what is public: nobody is to learn which cities have begun to sign.
        city = City.objects.listed().filter(slug=key).first()
        return city and PlaceChoice.of(city)
    return None


def city_of(choice: PlaceChoice) -> City:
    """The city of the directory behind a choice, made where there is none. In a transaction."""
    kind, _colon, key = choice.value.partition(":")
    return City.objects.at(key) if kind == "city" else Place.objects.get(pk=int(key)).as_city()


def known_city(choice: PlaceChoice) -> City | None:
    """The city of the directory behind a choice; None where there is none yet."""
    kind, _colon, key = choice.value.partition(":")
    return City.objects.at(key) if kind == "city" else Place.objects.get(pk=int(key)).known_city()


def city_by_hand(name: str, area: str, country: str) -> City:
    """The city that was added by hand, made where there is none; on no page before something of it is published.

    ``area`` tells it from another place of its name. In a transaction.
    """
    slug = City.slug_for(name, country)
    if area and City.objects.filter(slug=slug).exists():
        slug = City.slug_for(f"{name} {area}", country)
    made = City.objects.filter(country=country, name=name).exists()
    facts = {"name": name, "country": country, "area": area if made else ""}
    return City.objects.get_or_create(slug=slug, defaults=facts)[0]


def listed() -> list[tuple[PlaceChoice, str]]:
    """The public cities with their names as they are compared: found always, whatever the gazetteer calls them."""
    cities = City.objects.listed().only("slug", "name", "names", "area", "near", "country", "geonames_id")
    return [(PlaceChoice.of(city), keys_of_city(city.name, *city.names.values())) for city in cities]


@lru_cache(maxsize=4096)
def keys_of_city(*names: str) -> str:
    return keys_of(names)
