"""What decides whether another city can do the same: told in a sentence, each where a source says so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.models.entries.constraints import FIRST_YEAR, LAST_YEAR
from practices.models.entries.texts import NAME_LENGTH

FACT_LENGTH = 400


class SourcedPart(models.Model):
    """A part of an entry that rests on one of its sources; without one, which of them says so is not certain."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="%(class)ss", verbose_name=_("practice")
    )
    source = models.ForeignKey(
        "practices.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("source"),
        help_text=_("Leave this empty if it is not certain which of the sources says so."),
    )

    class Meta:
        abstract = True


class Fact(SourcedPart):
    """What a source says about money, people or time."""

    class Kind(models.TextChoices):
        COST = "cost", _("Cost")
        STAFF = "staff", _("Staff")
        STARTUP = "startup", _("Time to start")

    kind = models.CharField(_("about"), max_length=10, choices=Kind)
    text = models.CharField(_("what the source says"), max_length=FACT_LENGTH)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "kind"],
                name="fact_once_of_each_kind",
                violation_error_message=_("There is a fact of this kind already: change that one."),
            ),
            models.CheckConstraint(condition=Q(kind__in=["cost", "staff", "startup"]), name="fact_kind_known"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="fact_year_plausible"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text}"


class Transfer(SourcedPart):
    """That one city learnt from another, as a source says; the other one need not be in the directory."""

    class Direction(models.TextChoices):
        LEARNED_FROM = "learned_from", _("learned from")
        TAKEN_UP_BY = "taken_up_by", _("taken up by")

    direction = models.CharField(_("direction"), max_length=12, choices=Direction)
    place = models.CharField(_("other city"), max_length=NAME_LENGTH)
    country = models.CharField(_("its country"), max_length=2)
    what = models.CharField(_("what was taken over"), max_length=200, blank=True)

    class Meta:
        ordering = ["direction", "pk"]
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "direction", "place", "country"], name="transfer_once_to_each_city"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["learned_from", "taken_up_by"]), name="transfer_direction_known"
            ),
        ]

    def __str__(self):
        return f"{self.get_direction_display()} {self.place}"
