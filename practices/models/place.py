"""The gazetteer: towns of the world that can be chosen by name, whether the directory knows them or not."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import IntegrityError, models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from practices.countries import country_name
from practices.gazetteer import BAR, fold, wanted
from practices.models.city import City

# Below this, what pg_trgm finds alike is no help to a person who mistyped a name.
ALIKE_ENOUGH = 0.5


class PlaceQuerySet(models.QuerySet):
    def named_like(self, typed: str):
        """Places with a name that starts so, or with a word that does; whole names and large places first."""
        key = wanted(typed)
        if not key:
            return self.none()
        nearness = Case(
            When(keys__contains=f"{BAR}{key}{BAR}", then=Value(0)),
            When(keys__contains=f"{BAR}{key}", then=Value(1)),
            default=Value(2),
        )
        begins = Q(keys__contains=f"{BAR}{key}") | Q(keys__contains=f" {key}")
        return self.filter(begins).order_by(nearness, F("population").desc(), "pk")

    def alike(self, typed: str):
        """Places with a name much like it, for what was mistyped; the most alike first."""
        key = wanted(typed)
        likeness = TrigramWordSimilarity(key, "keys")
        found = self.filter(keys__trigram_word_similar=key).annotate(likeness=likeness)
        return found.filter(likeness__gte=ALIKE_ENOUGH).order_by("-likeness", F("population").desc(), "pk")

    def exactly(self, name: str, country: str):
        """Places of the country with this very name, in any script."""
        key = fold(name)
        return self.filter(country=country, keys__contains=f"{BAR}{key}{BAR}") if key else self.none()


class Place(models.Model):
    """A town of GeoNames with more than 15,000 people (or a seat of government); its key is GeoNames' number."""

    geonames_id = models.PositiveIntegerField(_("GeoNames number"), primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2)
    # Tells places of the same name in the same country apart.
    near = models.CharField(_("near"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    population = models.PositiveIntegerField(_("population"))
    keys = models.TextField(_("names as they are compared"))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        indexes = [GinIndex(OpClass("keys", name="gin_trgm_ops"), name="place_keys")]

    def __str__(self):
        return f"{self.name}, {self.country_name}"

    @property
    def country_name(self) -> str:
        """The country's name in the active language."""
        return country_name(self.country)

    def as_city(self) -> City:
        """The city of the directory that stands for this place, made where there is none.

        It is on no page before something of it is published.
        """
        same_name = Q(geonames_id=None, slug=City.address_for(self.name, self.country))
        known = City.objects.filter(Q(geonames_id=self.pk) | same_name).order_by("geonames_id").first()
        return known or self._made()

    def _made(self) -> City:
        city = City(
            name=self.name,
            country=self.country,
            slug=self._free_address(),
            latitude=self.latitude,
            longitude=self.longitude,
            population=self.population or None,
            population_source="GeoNames" if self.population else "",
            geonames_id=self.pk,
        )
        try:
            with transaction.atomic():
                city.save(force_insert=True)
        except IntegrityError:  # somebody else made it in the same moment
            return City.objects.get(geonames_id=self.pk)
        return city

    def _free_address(self) -> str:
        names = [self.name, f"{self.name} {self.near}", f"{self.name} {self.pk}"]
        wished = [City.address_for(name, self.country) for name in names]
        taken = set(City.objects.filter(slug__in=wished).values_list("slug", flat=True))
        return next(slug for slug in wished if slug not in taken and not slug.startswith("-"))
