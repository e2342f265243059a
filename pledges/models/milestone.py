from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from pledges.dates import FIRST_DAY


class MilestoneQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("on", "count")


class Milestone(models.Model):
    """A number of signatories that a source states for a day or a month."""

    class Accuracy(models.TextChoices):
        EXACT = "exact", _("Exactly")
        ABOUT = "about", _("About")
        MORE_THAN = "more-than", _("More than")

    class Precision(models.TextChoices):
        DAY = "day", _("Day")
        MONTH = "month", _("Month")
        MONTH_END = "month-end", _("End of a month")

    count = models.PositiveIntegerField(_("signatories"))
    accuracy = models.CharField(_("how exact the number is"), max_length=10, choices=Accuracy, default=Accuracy.EXACT)
    countries = models.PositiveSmallIntegerField(_("countries"), null=True, blank=True)
    on = models.DateField(_("day"), help_text=_("For a month: any day in it."))
    precision = models.CharField(_("how exact the day is"), max_length=10, choices=Precision, default=Precision.DAY)
    source_title = models.CharField(_("source"), max_length=300, blank=True)
    source_publisher = models.CharField(_("publisher"), max_length=200)
    source_url = models.URLField(_("address of the source"), max_length=1000, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    # By language (a code); made with the help of a machine, as the page says.
    notes = models.JSONField(_("translations of the note"), default=dict, blank=True, db_default={})

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.UniqueConstraint(fields=["on", "count"], name="milestone_once"),
            models.CheckConstraint(condition=Q(count__gte=1), name="milestone_counts_someone"),
            models.CheckConstraint(condition=Q(on__gte=FIRST_DAY), name="milestone_day_possible"),
        ]

    def __str__(self):
        return f"{self.wording}, {self.on:%Y-%m-%d}"

    @property
    def wording(self) -> str:
        """Such as "55", "about 175" or "more than 250"."""
        return {
            self.Accuracy.EXACT: "%(count)d",
            self.Accuracy.ABOUT: _("about %(count)d"),
            self.Accuracy.MORE_THAN: _("more than %(count)d"),
        }[self.accuracy] % {"count": self.count}

    @property
    def countries_in_words(self) -> str:
        """Such as "in 59 countries"; "" where the number is not known."""
        if self.countries is None:
            return ""
        return ngettext("in %(count)d country", "in %(count)d countries", self.countries) % {"count": self.countries}

    @property
    def translated_note(self) -> str:
        """In the language of the page; "" where the note is not translated into it."""
        return self.notes.get(get_language(), "")

    @property
    def date_text(self) -> str:
        if self.precision == self.Precision.DAY:
            return date_format(self.on, "DATE_FORMAT")
        month = date_format(self.on, "YEAR_MONTH_FORMAT")
        return month if self.precision == self.Precision.MONTH else _("end of %(month)s") % {"month": month}
