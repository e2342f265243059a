"""Cities and authorities: where practices happen and who signs the statement."""

from bisect import bisect

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Collate, Concat, Lower, NullIf, Replace
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from text_unidecode import unidecode

from citysolidarity.languages.alphabet import ARTICLE, BEFORE_LETTERS, LETTERS
from practices.models.cities.queryset import CityQuerySet
from practices.models.entries.fields import CodeField
from practices.vocabularies import INCOMES, SIZES, SUBREGIONS, countries_by_name
from practices.vocabularies.countries import (
    COUNTRY_CODES,
    REGIONS,
    country_name,
    country_names_in_every_language,
    income_of,
    region_of,
)

CITY_NAME_LENGTH = 120  # characters; of a slug, too
# Upper bounds in inhabitants, exclusive, in the order of vocabularies.SIZES.
SIZE_BOUNDS = (20_000, 50_000, 200_000, 500_000, 1_500_000)


def size_of_population() -> Case:
    """The expression by which the database derives a city's size from its population."""
    steps = [When(population__isnull=True, then=Value("unknown"))]
    steps += [
        When(population__lt=bound, then=Value(code)) for bound, code in zip(SIZE_BOUNDS, SIZES.codes, strict=False)
    ]
    return Case(*steps, default=Value(SIZES.codes[len(SIZE_BOUNDS)]))


def size_of(population: int | None) -> str:
    """The same for a number of inhabitants at hand; None or 0 is not known."""
    return SIZES.codes[bisect(SIZE_BOUNDS, population)] if population else "unknown"


def region_of_country() -> Case:
    """The expression by which the database derives the UN M49 region from the country."""
    members = {slug: [code for code in COUNTRY_CODES if region_of(code) == slug] for slug in REGIONS}
    return Case(*(When(country__in=codes, then=Value(slug)) for slug, codes in members.items() if codes))


class City(models.Model):
    class Kind(models.TextChoices):
        CITY = "city", _("City or municipality")
        COUNTY = "county", _("County")
        PROVINCE = "province", _("Province")
        PREFECTURE = "prefecture", _("Prefecture")
        STATE = "state", pgettext_lazy("kind of authority", "State")

    class Precision(models.TextChoices):
        NONE = "", _("Not signed")
        DAY = "day", _("On this day")
        BEFORE = "before", _("On or before this day")
        UNKNOWN = "unknown", _("Day not known")

    slug = models.SlugField(
        _("address"), max_length=CITY_NAME_LENGTH, unique=True, help_text=_("name-cc, such as berlin-de")
    )
    name = models.CharField(_("name"), max_length=CITY_NAME_LENGTH)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    country = CodeField(_("country"), max_length=2, choices=countries_by_name)
    # These two tell it from other cities of its name in its country; save() and Place.as_city() see to the second.
    area = models.CharField(
        _("region, province or state"),
        max_length=CITY_NAME_LENGTH,
        blank=True,
        help_text=_("Only where another city of the country has the same name: it is then shown after the name."),
    )
    near = models.CharField(_("large town nearby"), max_length=CITY_NAME_LENGTH, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CITY)
    latitude = models.FloatField(_("latitude"), null=True, blank=True, help_text=_("In degrees, WGS 84."))
    longitude = models.FloatField(_("longitude"), null=True, blank=True, help_text=_("In degrees, WGS 84."))
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("year of that figure"), null=True, blank=True)
    population_source = models.CharField(_("source of that figure"), max_length=200, blank=True)
    geonames_id = models.PositiveIntegerField(_("GeoNames number"), null=True, blank=True, unique=True)
    official_domain = models.CharField(
        _("official domain"), max_length=200, blank=True, help_text=_("Such as berlin.de")
    )
    networks = models.ManyToManyField("practices.Network", through="practices.Membership", related_name="cities")
    # Kept by whoever keeps the signatures; the practices only show it.
    signed_on = models.DateField(_("signed the statement"), null=True, blank=True, editable=False)
    signed_precision = models.CharField(
        _("how exactly the day is known"), max_length=7, choices=Precision, blank=True, default="", editable=False
    )

    region = models.GeneratedField(
        expression=region_of_country(), output_field=models.CharField(max_length=40), db_persist=True
    )
    size = models.GeneratedField(
        expression=size_of_population(), output_field=models.CharField(max_length=10), db_persist=True
    )
    # Every name under which the city or its country may be searched for; see save().
    keywords = models.TextField(editable=False, default="")

    objects = CityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        constraints = [
            models.UniqueConstraint(fields=["country", "slug"], name="city_once_per_country"),
            models.CheckConstraint(
                condition=Q(slug__endswith=Concat(Value("-"), Lower("country"))), name="city_slug_ends_with_country"
            ),
            models.CheckConstraint(
                condition=Q(country__in=COUNTRY_CODES),
                name="city_country_known",
                violation_error_message=_("Choose a country from the list."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["city", "county", "province", "prefecture", "state"]), name="city_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # A comparison with NULL passes a check: both must be there.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="city_place_whole_and_on_earth",
                violation_error_message=_("Give both latitude (-90 to 90) and longitude (-180 to 180), or neither."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=False, signed_precision__in=["day", "before"])
                | Q(signed_on__isnull=True, signed_precision__in=["", "unknown"]),
                name="city_signature_date_fits_precision",
            ),
        ]

    def __str__(self):
        return pgettext("list separator", ", ").join([self.full_name, self.country_name])

    def save(self, **kwargs):
        self.slug = self.slug or self.slug_for(self.name, self.country)
        names = [self.name, *self.names.values(), *country_names_in_every_language(self.country)]
        self.keywords = " · ".join(dict.fromkeys(names))
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "keywords"}
        elif not (self.area or self.near):
            self.tell_apart()
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("city", args=[self.slug])

    def get_path(self) -> str:
        """Without its language, as FormerAddress keeps it."""
        return f"/cities/{self.slug}/"

    @property
    def translated_name(self) -> str:
        """The name in the page's language, where it is known."""
        return self.names.get(get_language(), self.name)

    @property
    def full_name(self) -> str:
        """That name, with what tells it from others of its name: "Springfield (Illinois)"."""
        if self.area:
            return f"{self.translated_name} ({self.area})"
        if self.near:
            return _("%(city)s (near %(place)s)") % {"city": self.translated_name, "place": self.near}
        return self.translated_name

    def tell_apart(self) -> None:
        """Says of this city and of the others of its name near which town they lie, where the gazetteer knows it."""
        from practices.models.cities.place import Place

        same = [*City.objects.filter(country=self.country, name=self.name, area="", near="").exclude(pk=self.pk), self]
        if len(same) > 1 or City.objects.filter(country=self.country, name=self.name).exclude(pk=self.pk).exists():
            numbers = [city.geonames_id for city in same]
            near = dict(Place.objects.filter(pk__in=numbers).values_list("pk", "near"))
            for city in same:
                city.near = near.get(city.geonames_id, "")
            City.objects.bulk_update([city for city in same if city.pk and city is not self], ["near"])

    @staticmethod
    def slug_for(name: str, country: str) -> str:
        """The slug of a city: ``name-cc`` in plain letters, as ``sao-paulo-br``."""
        return f"{slugify(unidecode(name))}-{country.lower()}"

    @staticmethod
    def name_order(prefix: str = "", language: str | None = None) -> Collate:
        """Orders by the name in ``language``, or the one that every city has, as ``alphabetical`` sorts in memory.

        ``prefix`` is a lookup such as ``city__``. By code points, whatever the database's own order: the selection
        index sorts the same way.
        """
        name, text = F(f"{prefix}name"), models.TextField()
        if language:
            known = NullIf(KeyTextTransform(language, f"{prefix}names"), Value(""))
            name = Coalesce(known, name, output_field=text)
        if language in LETTERS:
            letter, instead = LETTERS[language]
            name = Replace(Lower(name, output_field=text), Value(letter), Value(instead), output_field=text)
        if language == "ar":
            article = Value(f"(^| ){ARTICLE}"), Value(r"\1"), Value("g")
            name = models.Func(name, *article, function="regexp_replace", output_field=text)
            name = models.Func(name, Value("ئؤ"), Value("يو"), function="translate", output_field=text)
        plain = models.Func(name, function="practices_plain", output_field=text)
        return Collate(models.Func(plain, Value(BEFORE_LETTERS), function="ltrim", output_field=text), "C")

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def region_name(self) -> str:
        return SUBREGIONS.label(self.region)

    @property
    def size_name(self) -> str:
        """The size class in words; "Not known" where there is no figure."""
        return SIZES.label(self.size)

    @property
    def income_name(self) -> str:
        """The World Bank's income group of the country in words; "Not known" where it has none."""
        return INCOMES.label(income_of(self.country))

    @property
    def is_signed(self) -> bool:
        return bool(self.signed_precision)

    @property
    def signed_year(self) -> int | None:
        """The year of the signature where the day is known; None otherwise."""
        return self.signed_on.year if self.signed_precision == self.Precision.DAY else None

    def mark_signed(self, on, precision) -> None:
        """Shows the city as signed; ``on`` is a date, or None where the day is unknown."""
        self.signed_on, self.signed_precision = on, precision
        self.save(update_fields={"signed_on", "signed_precision"})

    def clear_signed(self) -> None:
        self.mark_signed(None, self.Precision.NONE)
