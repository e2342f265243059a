"""Where an entry's facts come from: no practice is published without a source."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SourceQuerySet(models.QuerySet):
    def broken(self):
        """Sources whose address failed on several nights in a row, the longest broken first."""
        return self.filter(broken_since__isnull=False).order_by("broken_since", "pk")

    def to_look_at(self, before):
        """Sources of entries not archived, last looked at before this moment or never; these first."""
        latest = models.Max("checks__checked_at")
        due = self.filter(practice__archived_at__isnull=True).annotate(looked_at=latest)
        due = due.filter(Q(looked_at__isnull=True) | Q(looked_at__lt=before))
        return due.order_by(models.F("looked_at").asc(nulls_first=True), "pk")


class Source(models.Model):
    """A document or page that an entry rests on."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="sources", verbose_name=_("practice")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    url = models.URLField(_("address"), max_length=1000)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=7, blank=True)
    archived_url = models.URLField(
        _("archived copy"),
        max_length=1000,
        blank=True,
        help_text=_("Where a web archive keeps the page, if it is gone."),
    )
    last_seen_on = models.DateField(_("last seen working"), null=True, blank=True, editable=False)
    broken_since = models.DateField(_("broken since"), null=True, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(fields=["practice", "url", "title"], name="source_once_per_practice"),
            models.CheckConstraint(
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"), name="source_address_is_web"
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1900, 2100)), name="source_year_plausible"
            ),
        ]

    def __str__(self):
        return self.title


class Figure(models.Model):
    """A number that an entry states: it stands with its year and its source, or not at all."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="figures", verbose_name=_("practice")
    )
    value = models.CharField(_("value"), max_length=40, help_text=_("As it should be read: 1,280 or 42 %."))
    what = models.CharField(_("what it counts"), max_length=160)
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="figures", verbose_name=_("source"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.CheckConstraint(condition=Q(year__range=(1900, 2100)), name="figure_year_plausible"),
        ]

    def __str__(self):
        return f"{self.value} {self.what} ({self.year})"
