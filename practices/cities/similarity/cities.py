"""From what the address says to a city that can be compared: of the directory, of the gazetteer, or described."""

from dataclasses import replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, Q
from django.utils.translation import get_language

from practices.cities.place_search import LARGEST_KEY
from practices.cities.similarity.answers import Answers
from practices.cities.similarity.profile import Profile
from practices.models import City, Place, Practice
from practices.models.cities.city import size_of
from practices.vocabularies import CONTEXTS
from practices.vocabularies.countries import income_of, region_of


def profile_of(answers: Answers) -> Profile:
    """The visitor's city. What the answers say goes before what is recorded of the city that they name.

    One query where they name a city of the directory, two where it is another place, none else. A city that
    nobody knows is left out of the answers.
    """
    city = city_named(answers.city) if answers.city else None
    if not city:
        return described(replace(answers, city=""), {})
    return described(replace(answers, city=city.pop("key")), city)


def described(answers: Answers, city: dict) -> Profile:
    """The city with these answers; ``city`` holds the facts of Profile that are on record."""
    country = city.get("country", "")
    facts = {
        "size": answers.size or city.get("size", ""),
        "region": answers.region or (region_of(country) if country else ""),
        "income": answers.income or income_of(country),
        "contexts": answers.contexts or tuple(city.get("contexts", ())),
    }
    known = {name: fact for name, fact in facts.items() if fact != "unknown"}
    own = frozenset(city.get("own", ()))
    return Profile(answers, name=city.get("name", ""), country=country, themes=answers.themes, own=own, **known)


def city_named(key: str) -> dict | None:
    """What is on record of the city with this slug, or this number of GeoNames; ``key`` is what its address should say."""
    number = int(key) if key.isascii() and key.isdecimal() and int(key) <= LARGEST_KEY else None
    # Only what is public: nobody is to learn which cities have begun to sign.
    listed = City.objects.listed().filter(Q(slug=key) if number is None else Q(geonames_id=number))
    faced = Practice.objects.published().filter(city=OuterRef("pk")).order_by()
    contexts = ArraySubquery(faced.values(one=Func(F("contexts"), function="unnest")).distinct())
    found = listed.annotate(contexts=contexts, own=ArraySubquery(faced.values("pk")))
    if city := found.values("slug", "name", "names", "country", "size", "contexts", "own").first():
        name = city["names"].get(get_language(), city["name"])
        return {**city, "key": city["slug"], "name": name, "contexts": CONTEXTS.known(city["contexts"])}
    if number is not None and (place := Place.objects.filter(pk=number).first()):
        return {"key": key, "name": place.name, "country": place.country, "size": size_of(place.population)}
    return None
