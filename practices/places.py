"""The places a city can be chosen from: the gazetteer, and what only the directory knows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from practices.countries import country_name
from practices.gazetteer import BAR, keys_of, wanted
from practices.models import City, Place

SHOWN = 8
LARGEST_KEY = 2_147_483_647  # PostgreSQL's integer


@dataclass(frozen=True)
class Choice:
    """A place as a form offers it: ``value`` goes into the form, such as ``place:264371`` or ``city:amman-jo``."""

    value: str
    name: str
    country: str
    near: str = ""

    @property
    def country_name(self) -> str:
        """The country's name in the active language."""
        return country_name(self.country)

    @property
    def detail(self) -> str:
        """What tells it from others of its name."""
        if self.near:
            return _("%(country)s, near %(place)s") % {"country": self.country_name, "place": self.near}
        return self.country_name

    @property
    def label(self) -> str:
        """Name and country in one line."""
        return f"{self.name}, {self.detail}"

    @classmethod
    def of_place(cls, place: Place):
        return cls(f"place:{place.pk}", place.name, place.country, place.near)

    @classmethod
    def of_city(cls, city: City):
        return cls(f"city:{city.slug}", city.name, city.country)


def find(typed: str) -> list[Choice]:
    """The best few places with a name that begins so, in any script."""
    cities = [Choice.of_city(city) for city in only_here() if begins(city, typed)]
    return [*cities, *map(Choice.of_place, Place.objects.named_like(typed)[:SHOWN])][:SHOWN]


def alike(typed: str) -> list[Choice]:
    """The best few places with a name much like it, for what was mistyped."""
    return [Choice.of_place(place) for place in Place.objects.alike(typed)[:SHOWN]]


def namesakes(name: str, country: str) -> list[Choice]:
    """The places of a country with exactly this name."""
    key = f"{BAR}{wanted(name)}{BAR}"
    cities = [city for city in only_here() if city.country == country and key in keys_of(names_of(city))]
    return [*map(Choice.of_city, cities), *map(Choice.of_place, Place.objects.exactly(name, country))][:SHOWN]


def chosen(value: str) -> Choice | None:
    """The place that a form's value stands for; None for any other text."""
    kind, _colon, key = value.partition(":")
    if kind == "place" and key.isascii() and key.isdecimal() and len(key) < 11 and int(key) <= LARGEST_KEY:
        place = Place.objects.filter(pk=int(key)).first()
        return place and Choice.of_place(place)
    if kind == "city":
        # Only what is public: nobody is to learn which cities have begun to sign.
        city = City.objects.listed().filter(slug=key).first()
        return city and Choice.of_city(city)
    return None


def city_of(choice: Choice) -> City:
    """The city of the directory behind a choice, made where there is none. In a transaction."""
    kind, _colon, key = choice.value.partition(":")
    return City.objects.get(slug=key) if kind == "city" else Place.objects.get(pk=int(key)).as_city()


def city_by_hand(name: str, area: str, country: str) -> City:
    """The city that was added by hand, made where there is none; on no page before something of it is published.

    ``area`` tells it from another place of its name. In a transaction.
    """
    slug = City.address_for(name, country)
    if area and City.objects.filter(slug=slug).exists():
        slug = City.address_for(f"{name} {area}", country)
    return City.objects.get_or_create(slug=slug, defaults={"name": name, "country": country})[0]


def only_here() -> list[City]:
    """Public cities of the directory that the gazetteer does not know, such as provinces and small towns."""
    known = Place.objects.values("pk")
    cities = City.objects.listed().exclude(geonames_id__in=known) | City.objects.listed().filter(geonames_id=None)
    return list(cities.only("slug", "name", "names", "country").in_name_order())


def names_of(city: City) -> list[str]:
    """Every name of a city."""
    return [city.name, *city.names.values()]


def begins(city: City, typed: str) -> bool:
    """Whether one of the city's names, or a word of one, starts so."""
    key, keys = wanted(typed), keys_of(names_of(city))
    return bool(key) and (f"{BAR}{key}" in keys or f" {key}" in keys)
