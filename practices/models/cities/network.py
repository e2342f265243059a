"""Networks that cities belong to, such as Eurocities or Cities of Solidarity."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Network(models.Model):
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    website = models.URLField(_("website"), max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("network")
        verbose_name_plural = _("networks")

    def __str__(self):
        return self.name


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
