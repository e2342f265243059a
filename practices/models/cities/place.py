"""The gazetteer: towns of the world that can be chosen by name, whether the directory knows them or not."""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import IntegrityError, models, transaction
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from practices.models.cities.city import CITY_NAME_LENGTH, City
from practices.search.place_names import BAR, OTHER_BAR
from practices.search.typed_places import Typed
from practices.vocabularies.countries import country_name

# Below this, what pg_trgm finds alike is no help to a person who mistyped a name.
ALIKE_ENOUGH = 0.5
CLOSE = 0.3  # degrees
MOST_LETTERS = 20
OWN_NUMBERS = 2_000_000_000  # GeoNames is far from it
SHORTEST_WORD = 3  # letters from which words inside names are looked for


# Every name of a place as it is compared, doubtful ones too; place_names is an index of them.
NAMES = Func(
    Replace("keys", Value(OTHER_BAR), Value(BAR)),
    Value(BAR),
    function="string_to_array",
    output_field=ArrayField(models.TextField()),
)


class PlaceQuerySet(models.QuerySet):
    def meant_by(self, typed: Typed, first: Collection[int] = ()):
        """Places with one of the typed names, or with one that begins or has a word that begins so.

        Those come first that are where they were said to be; then roughly by how near the names are, see Typed.nearness;
        then the GeoNames numbers in ``first``; then the largest.
        """
        if not (typed.names or typed.beginnings):
            return self.none()
        steps = [
            Q(names__overlap=[reading.key for reading in typed.names]),
            *(begins(reading.key, BAR + OTHER_BAR) for reading in typed.beginnings),
            Q(names__overlap=[reading.key for reading in typed.guesses]),
        ]
        nearness = Case(
            *(When(step, then=Value(number)) for number, step in enumerate(steps)), default=Value(len(steps))
        )
        named = Q(names__overlap=[reading.key for reading in [*typed.names, *typed.guesses]])
        begun = [begins(reading.key, f"{BAR}{OTHER_BAR} ") for reading in typed.beginnings]
        where = reduce(or_, map(lies_within, sorted(typed.places)), Q(pk=None))
        return (
            self.alias(names=NAMES)
            .filter(reduce(or_, begun, named))
            .order_by(
                Case(When(where, then=Value(0)), default=Value(1)),
                nearness,
                Case(When(pk__in=list(first), then=Value(0)), default=Value(1)),
                F("population").desc(),
                "pk",
            )
        )

    def alike(self, typed: Typed):
        """Places with a name much like it, for what was mistyped; the most alike first."""
        if not typed.beginnings:
            return self.none()
        key = next((reading.key for reading in typed.names if reading.within), typed.beginnings[-1].key)
        likeness = TrigramWordSimilarity(key, "keys")
        places = self.filter(keys__trigram_word_similar=key).annotate(likeness=likeness)
        return places.filter(likeness__gte=ALIKE_ENOUGH).order_by("-likeness", F("population").desc(), "pk")

    def named(self, typed: Typed, country: str):
        """Places of the country with such a name, in any script, the largest first."""
        keys = [reading.key for reading in typed.names]
        return (
            self.alias(names=NAMES).filter(names__overlap=keys, country=country).order_by(F("population").desc(), "pk")
        )


def begins(key: str, before: str) -> Q:
    """Names, or with a space in ``before`` words of them, that begin so. A folded key has no sign of regular expressions."""
    key = key[:MOST_LETTERS]  # for a longer one the planner reads the whole table
    marks = before if len(key) >= SHORTEST_WORD or not key.isascii() else BAR + OTHER_BAR
    if key.isascii():
        return Q(keys__regex=f"[{marks}]{key}")
    # For other scripts the index of trigrams knows no regular expressions.
    return reduce(or_, (Q(keys__contains=f"{mark}{key}") for mark in marks))


def lies_within(place: str) -> Q:
    """``place`` is the code of a country, or the folded name of a region."""
    return Q(country=place) | Q(regions__contains=f"{BAR}{place}{BAR}")


class Place(models.Model):
    """A town of GeoNames with more than 15,000 people or a seat of government, or a district that governs itself.

    Its key is GeoNames' number, or one of ours for the districts of data/districts.csv.
    """

    geonames_id = models.PositiveIntegerField(_("GeoNames number"), primary_key=True)
    name = models.CharField(_("name"), max_length=CITY_NAME_LENGTH)
    country = models.CharField(_("country"), max_length=2)
    # Tells places of the same name in the same country apart.
    near = models.CharField(_("near"), max_length=CITY_NAME_LENGTH, blank=True)
    regions = models.TextField(_("names of its region as they are compared"), default="")
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    population = models.PositiveIntegerField(_("population"))
    keys = models.TextField(_("names as they are compared"))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        indexes = [
            GinIndex(OpClass("keys", name="gin_trgm_ops"), name="place_keys"),
            GinIndex(NAMES, name="place_names"),
        ]

    def __str__(self):
        return pgettext("list separator", ", ").join([self.name, self.country_name])

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def is_district(self) -> bool:
        return self.pk > OWN_NUMBERS

    def as_city(self) -> City:
        """The city of the directory that stands for this place, made where there is none.

        It is on no page before something of it is published.
        """
        city = self.known_city()
        if city is None:
            return self._made()
        self._complete(city)
        return city

    def known_city(self) -> City | None:
        """The city of the directory that stands for this place already."""
        same_name = Q(geonames_id=None, slug=City.slug_for(self.name, self.country))
        known = City.objects.filter(Q(geonames_id=self.pk) | same_name).order_by("geonames_id").first()
        return known if known and (known.geonames_id == self.pk or self._may_be(known)) else None

    def _may_be(self, city: City) -> bool:
        """Whether a city of its name, written by hand, is this place: not where several places may be meant."""
        if not self.near or self.is_district:
            return True
        if city.latitude is None:
            return False
        return abs(city.latitude - self.latitude) < CLOSE and abs(city.longitude - self.longitude) < CLOSE

    @property
    def facts(self) -> dict:
        """What the gazetteer knows of a city, by field."""
        facts = {"latitude": self.latitude, "longitude": self.longitude}
        if self.population:
            facts |= {"population": self.population, "population_source": "GeoNames"}
        return facts if self.is_district else facts | {"geonames_id": self.pk}

    def facts_missing(self, known: dict) -> dict:
        """Those of them that ``known``, values by field, lacks; coordinates and figure with its source only together."""
        missing = {name: value for name, value in self.facts.items() if known.get(name) in (None, "")}
        if known.get("population") is not None:
            missing.pop("population_source", None)
        if len({"latitude", "longitude"} & set(missing)) == 1:
            missing.pop("latitude", None), missing.pop("longitude", None)
        return missing

    def _complete(self, city: City) -> None:
        """Adds what is missing to a city that was written by hand."""
        if city.geonames_id is None and (missing := self.facts_missing(vars(city))):
            for name, value in missing.items():
                setattr(city, name, value)
            city.save(update_fields=set(missing))

    def _made(self) -> City:
        city = City(name=self.name, country=self.country, slug=self._free_slug(), **self.facts)
        try:
            with transaction.atomic():
                city.save(force_insert=True)
        except IntegrityError:  # somebody else made it in the same moment
            return self.known_city()
        return city

    def _free_slug(self) -> str:
        names = [self.name, f"{self.name} {self.near}", f"{self.name} {self.pk}"]
        slugs = [City.slug_for(name, self.country) for name in names]
        taken = set(City.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        return next(slug for slug in slugs if slug not in taken and not slug.startswith("-"))
