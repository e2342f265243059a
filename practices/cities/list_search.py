"""Finding cities in a list: by a name in any script, mistyped ones too, or by how far they lie from a place."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import pgettext

from practices.cities import place_search
from practices.cities.distance import DEGREE, kilometres
from practices.models import City, Place
from practices.search.place_names import LONGEST
from practices.search.typed_places import FAR, Typed, inflected, read
from practices.vocabularies.countries import country_name

REACH = 100  # kilometres
KEY = re.compile(r"[a-z0-9-]{1,120}")


@dataclass(frozen=True)
class Centre:
    """A place around which cities are looked for; ``key`` stands for it in the address."""

    key: str
    name: str
    country: str
    latitude: float
    longitude: float

    @property
    def label(self) -> str:
        return pgettext("list separator", ", ").join([self.name, country_name(self.country)])


def typed_name(query: QueryDict) -> str:
    """The words of ``q`` with single spaces; "" for none."""
    return " ".join(query.get("q", "").replace("\0", "").split())[:LONGEST]


def centre_of(key: str) -> Centre | None:
    """The place with this slug, or this number of GeoNames, where its position is known. At most two queries."""
    if not KEY.fullmatch(key):
        return None
    number = int(key) if key.isdecimal() and int(key) <= place_search.LARGEST_KEY else None
    columns = ("name", "country", "latitude", "longitude")
    # Only what is public: nobody is to learn which cities have begun to sign.
    cities = City.objects.listed().filter(Q(slug=key) if number is None else Q(geonames_id=number))
    if city := cities.filter(latitude__isnull=False).only("slug", "names", "area", "near", *columns).first():
        return Centre(city.slug, city.full_name, city.country, city.latitude, city.longitude)
    place = Place.objects.filter(pk=number).values(*columns).first() if number is not None else None
    return place and Centre(key, **place)


def distances(centre: Centre) -> dict[int, float]:
    """The public cities within reach of the place: their keys and kilometres. One query."""
    around = (centre.latitude - REACH / DEGREE, centre.latitude + REACH / DEGREE)
    rows = City.objects.listed().filter(latitude__range=around).values_list("pk", "latitude", "longitude")
    far = {pk: kilometres(centre.latitude, centre.longitude, *position) for pk, *position in rows}
    return {pk: distance for pk, distance in far.items() if distance <= REACH}


def named(text: str) -> dict[int, int]:
    """The public cities that may be meant: their keys, and how near the name comes (0 is the nearest). At most four queries.

    The names of the gazetteer count, too. Parts of what was typed, and names much like it, are looked for only where
    nothing else is found.
    """
    typed = read(text)
    cities = City.objects.listed().values_list("pk", "name", "names", "country", "geonames_id")
    rows, shown = [], {}
    for pk, name, names, country, geonames_id in cities:
        rows.append((pk, place_search.keys_of_city(name, *names.values()), country, geonames_id))
        shown[pk] = typed.nearness(place_search.keys_of_city(name), country)
    numbers = {geonames_id: pk for pk, _keys, _country, geonames_id in rows if geonames_id}
    known = Place.objects.filter(pk__in=numbers)
    ranks = {pk: typed.rank(keys, country) for pk, keys, country, _number in rows}
    for place in known.meant_by(typed):
        pk = numbers[place.pk]
        ranks[pk] = min(ranks[pk], typed.rank(place.keys, place.country, place.regions))
    found = {pk: rank for pk, rank in ranks.items() if rank[1] < FAR}
    if not found:
        return {numbers[pk]: at for at, pk in enumerate(mistyped(typed, known))}
    # Of equally near names, the one that is shown comes before those that are not.
    return {pk: 2 * nearness + (shown[pk] > nearness) for pk, nearness in best(typed, found).items()}


def best(typed: Typed, found: dict[int, tuple[bool, int]]) -> dict[int, int]:
    """Without those elsewhere, where some lie where they were said to; without guesses, where there is more than these."""
    if typed.where and not all(elsewhere for elsewhere, _nearness in found.values()):
        found = {pk: rank for pk, rank in found.items() if not rank[0]}
    sure = {pk: nearness for pk, (_elsewhere, nearness) in found.items() if not typed.is_guess(nearness)}
    return sure or {pk: nearness for pk, (_elsewhere, nearness) in found.items()}


def mistyped(typed: Typed, known) -> list[int]:
    """The keys of the places (``known``) with a name much like it, or else with one that it may be a form of."""
    alike = list(known.alike(typed).values_list("pk", flat=True))
    return alike or list(known.meant_by(inflected(typed)).values_list("pk", flat=True))
