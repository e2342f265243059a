"""What a city does to include people forced to flee."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices import vocabularies as words
from practices.languages import base_of
from practices.models.constraints import PRACTICE as CONSTRAINTS
from practices.models.fields import CodesField
from practices.models.moves import Moves
from practices.models.queryset import YEAR, PracticeQuerySet
from practices.models.texts import Texts
from practices.models.told import Told


def instruments():
    return words.INSTRUMENTS.choices


def statuses():
    return words.STATUSES.choices


def cost_bands():
    return words.COST_BANDS


def evidence_levels():
    return words.EVIDENCE_LEVELS


class Practice(Moves, Told, Texts):
    """An entry of the directory: never a "best" practice, one that a city can learn from."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    city = models.ForeignKey("practices.City", models.PROTECT, related_name="practices", verbose_name=_("city"))
    language = models.CharField(_("written in"), max_length=7, default="en")
    area = models.CharField(_("where in the city"), max_length=120, blank=True)

    themes = CodesField(_("themes"), vocabulary=words.THEMES, blank=False, help_text=_("One to three."))
    populations = CodesField(_("populations"), vocabulary=words.POPULATIONS)
    groups = CodesField(_("groups"), vocabulary=words.GROUPS)
    instrument = models.CharField(_("instrument"), max_length=20, choices=instruments)
    contexts = CodesField(_("contexts"), vocabulary=words.CONTEXTS)
    gcr_objectives = CodesField(_("Global Compact objectives"), vocabulary=words.GCR_OBJECTIVES)
    sdgs = CodesField(_("Sustainable Development Goals"), vocabulary=words.SDGS)

    started = models.PositiveSmallIntegerField(_("started (year)"), null=True, blank=True)
    ended = models.PositiveSmallIntegerField(_("ended (year)"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=statuses, default="unknown")
    lead = models.CharField(_("led by"), max_length=200, blank=True)
    partners = ArrayField(models.CharField(max_length=200), verbose_name=_("partners"), default=list, blank=True)
    funders = ArrayField(models.CharField(max_length=200), verbose_name=_("funders"), default=list, blank=True)
    evidence_level = models.PositiveSmallIntegerField(
        _("evidence level"), choices=evidence_levels, null=True, blank=True
    )
    cost_band = models.CharField(_("cost a year"), max_length=10, choices=cost_bands, default="unknown")
    cost_currency = models.CharField(_("currency"), max_length=3, blank=True)
    cost_year = models.PositiveSmallIntegerField(_("year of that cost"), null=True, blank=True)

    submitted_at = models.DateTimeField(_("sent to review"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    # Kept by database triggers, whoever writes the row; see triggers.py and indexing.py.
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    tags = ArrayField(models.SmallIntegerField(), editable=False, default=list)
    search = SearchVectorField(editable=False, null=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "slug"]
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        indexes = [
            GinIndex(fields=["tags"], name="practice_tags"),
            models.Index(
                fields=["-published_at", "slug"],
                name="practice_newest",
                condition=Q(published_at__isnull=False, archived_at__isnull=True),
            ),
        ]
        constraints = CONSTRAINTS

    def __str__(self):
        return self.title

    def clean(self):
        if self.pk and self.translations.filter(language=base_of(self.language)).exists():
            raise ValidationError(
                {"language": _("There is a translation into this language: the original can't be in it.")}
            )

    def get_absolute_url(self):
        return reverse("practice", args=[self.slug])

    @property
    def has_ended(self) -> bool:
        """Whether it is known to be over; an unknown status is not an end."""
        return self.ended is not None or self.status == "completed"

    @property
    def freshness(self) -> str:
        """The code of ``vocabularies.FRESHNESS``; the database derives the same (see queryset)."""
        if self.has_ended:
            return "ended"
        age = timezone.now() - self.confirmed_at if self.confirmed_at else timedelta.max
        if age < YEAR:
            return "fresh"
        return "due" if age < 2 * YEAR else "unconfirmed"
