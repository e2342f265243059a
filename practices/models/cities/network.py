"""Networks that cities belong to, such as Eurocities or Cities of Solidarity."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from practices.models.entries.constraints import FIRST_YEAR, LAST_YEAR
from practices.models.sentences import ReadInLanguage, ReadQuerySet


class NetworkKind(models.TextChoices):
    ASSOCIATION = "association", pgettext_lazy("kind of network", "Association")
    NETWORK = "network", pgettext_lazy("kind of network", "Network")
    ALLIANCE = "alliance", pgettext_lazy("kind of network", "Alliance")
    PROGRAMME = "programme", pgettext_lazy("kind of network", "Programme")
    PLATFORM = "platform", pgettext_lazy("kind of network", "Platform")
    CAMPAIGN = "campaign", pgettext_lazy("kind of network", "Campaign")
    MAYORS = "mayors-body", pgettext_lazy("kind of network", "Body of mayors")
    PROJECT = "project", pgettext_lazy("kind of network", "Project")


class NetworkRegion(models.TextChoices):
    """Where its members are; several parts of the world that one network joins have a value of their own."""

    GLOBAL = "global", pgettext_lazy("where a network works", "Worldwide")
    AFRICA = "africa", pgettext_lazy("where a network works", "Africa")
    ASIA = "asia", pgettext_lazy("where a network works", "Asia")
    EUROPE = "europe", pgettext_lazy("where a network works", "Europe")
    LATIN_AMERICA = "latin-america", pgettext_lazy("where a network works", "Latin America and the Caribbean")
    NORTH_AMERICA = "northern-america", pgettext_lazy("where a network works", "Northern America")
    OCEANIA = "oceania", pgettext_lazy("where a network works", "Oceania")
    WESTERN_ASIA = "western-asia", pgettext_lazy("where a network works", "Western Asia")
    MEDITERRANEAN = "mediterranean", pgettext_lazy("where a network works", "Around the Mediterranean")


class NetworkQuerySet(ReadQuerySet):
    def with_counts(self):
        """Adds how many members have a public page, how many of these signed or have a practice, and how many have no page.

        As ``member_cities``, ``signed_cities``, ``practice_cities`` and ``other_members`` (ints).
        """
        from practices.models.cities.city import City

        listed = City.objects.listed().filter(pk=OuterRef("city"))
        members = Membership.objects.filter(Exists(listed), network=OuterRef("pk")).order_by().values("network")
        with_one = Exists(City.objects.with_practice().filter(pk=OuterRef("city")))
        others = OtherMember.objects.filter(network=OuterRef("pk")).order_by().values("network")
        counted = {
            "member_cities": members.annotate(n=Count("pk")),
            "signed_cities": members.exclude(city__signed_precision="").annotate(n=Count("pk")),
            "practice_cities": members.filter(with_one).annotate(n=Count("pk")),
            "other_members": others.annotate(n=Count("pk")),
        }
        return self.annotate(**{name: Coalesce(Subquery(rows.values("n")), Value(0)) for name, rows in counted.items()})


class Network(ReadInLanguage):
    TEXTS = ("description", "member_count_of", "note")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    original_name = models.CharField(_("name in its own language"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=NetworkKind, blank=True)
    region = models.CharField(_("where it works"), max_length=16, choices=NetworkRegion, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    description = models.TextField(
        _("what it is"), max_length=500, blank=True, help_text=_("In our own words, in English.")
    )
    member_count = models.PositiveIntegerField(_("number of members, as a source says"), null=True, blank=True)
    member_count_of = models.CharField(
        _("what that number counts"), max_length=80, blank=True, help_text=_("In English, such as: local governments.")
    )
    member_count_year = models.PositiveSmallIntegerField(_("year of that number"), null=True, blank=True)
    member_count_source = models.URLField(_("address where that number stands"), max_length=500, blank=True)
    sources = ArrayField(
        models.URLField(max_length=500),
        verbose_name=_("sources"),
        default=list,
        blank=True,
        help_text=_("Addresses, one per line."),
    )
    note = models.CharField(
        _("note for readers"), max_length=400, blank=True, help_text=_("What is not certain, in English.")
    )

    objects = NetworkQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["", *NetworkKind.values]), name="network_kind_known"),
            models.CheckConstraint(condition=Q(region__in=["", *NetworkRegion.values]), name="network_region_known"),
            models.CheckConstraint(
                condition=Q(founded__isnull=True) | Q(founded__range=(FIRST_YEAR, LAST_YEAR)),
                name="network_founded_plausible",
            ),
            models.CheckConstraint(
                condition=Q(member_count__isnull=True, member_count_year__isnull=True)
                | Q(member_count__isnull=False) & ~Q(member_count_of="") & ~Q(member_count_source=""),
                name="network_number_has_its_source",
                violation_error_message=_("Say what the number of members counts, and where it stands."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("network", args=[self.slug])


class Membership(models.Model):
    """That a city belongs to a network, since when, and where that is said."""

    city = models.ForeignKey("practices.City", models.CASCADE, related_name="memberships", verbose_name=_("city"))
    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships", verbose_name=_("network"))
    since = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["city", "network"], name="membership_once_per_network"),
        ]

    def __str__(self):
        return f"{self.city} – {self.network}"


class OtherMember(models.Model):
    """A member of which the directory has no page: its name alone, and where the membership is said."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="othermembers", verbose_name=_("network"))
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, such as DE."))
    source_url = models.URLField(_("address of the source"), max_length=500)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("member without a page here")
        verbose_name_plural = _("members without a page here")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "name", "country"],
                name="other_member_once_per_network",
                violation_error_message=_("This member stands there already."),
            ),
            models.CheckConstraint(condition=Q(country__regex="^[A-Z]{2}$"), name="other_member_country_is_a_code"),
        ]

    def __str__(self):
        return f"{self.name} ({self.country})"
