"""Where an entry's facts come from: no practice is published without a source."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.locks import ShownQuerySet
from citysolidarity.http.link_checker import Outcome

BROKEN = [outcome.value for outcome in Outcome if outcome.is_broken]


class CheckedAddressQuerySet(ShownQuerySet):
    """Of rows whose address is looked at in the night (link_check.py)."""

    def broken(self):
        """Rows whose address failed on several nights in a row, the longest broken first."""
        return self.filter(broken_since__isnull=False).order_by("broken_since", "pk")

    def due(self, subject: str, before, again_before):
        """Rows last looked at before this moment or never; these first. ``subject`` is what their checks call them.

        One that failed and is not called broken yet is looked at again the next night: last before ``again_before``.
        """
        latest = self.model.checks.rel.related_model.objects.filter(**{subject: OuterRef("pk")})
        rows = self.annotate(
            looked_at=Subquery(latest.values("checked_at")[:1]), found=Subquery(latest.values("outcome")[:1])
        )
        failing = Q(found__in=BROKEN, broken_since__isnull=True, looked_at__lt=again_before)
        rows = rows.filter(Q(looked_at__isnull=True) | Q(looked_at__lt=before) | failing)
        return rows.order_by(models.F("looked_at").asc(nulls_first=True), "pk")


class SourceQuerySet(CheckedAddressQuerySet):
    def to_look_at(self, before, again_before):
        """Sources of entries that are kept, whose address is due: see ``CheckedAddressQuerySet.due``."""
        kept = self.filter(practice__archived_at__isnull=True, practice__discarded_at__isnull=True)
        return kept.due("source", before, again_before)


class CheckedAddress(models.Model):
    """Mixed into what has a ``url`` that is looked at in the night."""

    last_seen_on = models.DateField(_("last seen working"), null=True, blank=True, editable=False)
    # Both are emptied by a trigger when the address changes or an archived copy is added.
    broken_since = models.DateField(_("broken since"), null=True, blank=True, editable=False)
    kept_at = models.DateTimeField(_("seen by a curator, and kept"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def why_not_keep(self) -> str:
        """Why it can't be kept as it is, as a sentence; "" where nothing speaks against it."""
        if self.broken_since is None:
            return _("the address is not called broken.")
        return _("it has been seen and kept already.") if self.kept_at else ""

    def keep(self) -> None:
        """A curator has seen that the address does not answer and keeps it: a book's page may be gone, and the book not."""
        type(self).objects.filter(pk=self.pk, broken_since__isnull=False).update(kept_at=Now())


class Source(CheckedAddress):
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
        help_text=_("The page in a web archive, in case the original disappears."),
    )

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
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True) | Q(broken_since__isnull=False), name="source_kept_while_broken"
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
