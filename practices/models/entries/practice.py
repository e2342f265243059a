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
from practices.models.entries.constraints import PRACTICE as CONSTRAINTS
from practices.models.entries.facts import FACT_LENGTH
from practices.models.entries.fields import CodeField, CodeListField, CurrencyField, LevelField
from practices.models.entries.parts import WithParts
from practices.models.entries.queryset import YEAR, PracticeQuerySet
from practices.models.entries.review import Gone
from practices.models.entries.texts import AREA_LENGTH, NAME_LENGTH, Texts
from practices.models.entries.translated import Translated
from practices.models.entries.workflow import SLUG_LENGTH, PublicationWorkflow
from practices.vocabularies.languages import base_of


class Practice(PublicationWorkflow, Translated, WithParts, Texts):
    """An entry of the directory: never a "best" practice, one that a city can learn from."""

    slug = models.SlugField(_("address"), max_length=SLUG_LENGTH, unique=True)
    city = models.ForeignKey("practices.City", models.PROTECT, related_name="practices", verbose_name=_("city"))
    language = models.CharField(_("written in"), max_length=7, default="en")
    area = models.CharField(_("where in the city"), max_length=AREA_LENGTH, blank=True)

    themes = CodeListField(_("themes"), vocabulary=words.THEMES, blank=False, help_text=_("One to three."))
    populations = CodeListField(_("populations"), vocabulary=words.POPULATIONS)
    groups = CodeListField(_("groups"), vocabulary=words.GROUPS)
    instrument = CodeField(_("instrument"), max_length=20, choices=lambda: words.INSTRUMENTS.choices)
    contexts = CodeListField(_("contexts"), vocabulary=words.CONTEXTS)
    gcr_objectives = CodeListField(_("Global Compact objectives"), vocabulary=words.GCR_OBJECTIVES)
    sdgs = CodeListField(_("Sustainable Development Goals"), vocabulary=words.SDGS)

    started = models.PositiveSmallIntegerField(_("started (year)"), null=True, blank=True)
    ended = models.PositiveSmallIntegerField(_("ended (year)"), null=True, blank=True)
    status = CodeField(_("status"), max_length=10, choices=lambda: words.STATUSES.choices, default="unknown")
    lead = models.CharField(_("led by"), max_length=NAME_LENGTH, blank=True)
    partners = ArrayField(
        models.CharField(max_length=NAME_LENGTH), verbose_name=_("partners"), default=list, blank=True
    )
    funders = ArrayField(models.CharField(max_length=NAME_LENGTH), verbose_name=_("funders"), default=list, blank=True)
    conditions = ArrayField(
        models.CharField(max_length=NAME_LENGTH),
        verbose_name=_("what it takes"),
        default=list,
        blank=True,
        help_text=_("What a city needs to do the same, one per line."),
    )
    evidence_level = LevelField(_("evidence level"), choices=words.EVIDENCE_LEVELS, null=True, blank=True)
    evidence_reason = models.CharField(_("why this level"), max_length=FACT_LENGTH, blank=True)
    cost_band = CodeField(_("cost a year"), max_length=10, choices=words.COST_BANDS, default="unknown")
    cost_currency = CurrencyField(_("currency"), max_length=3, blank=True)
    cost_year = models.PositiveSmallIntegerField(_("year of that cost"), null=True, blank=True)
    cost_basis = models.CharField(_("how the cost a year was reckoned"), max_length=200, blank=True)

    submitted_at = models.DateTimeField(_("sent to review"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    gone_because = models.CharField(
        _("what its address says"), max_length=10, choices=Gone, blank=True, default="", editable=False
    )
    # Taken away before it was ever public; deleted after a while (practices/housekeeping.py).
    discarded_at = models.DateTimeField(_("discarded"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    # Kept by database triggers, whoever writes the row; see migrations 0003_search_texts and 0004_logs_and_edition.
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    # What versions before this one said is kept, and told to nobody but curators.
    history_from = models.PositiveIntegerField(_("public history from revision"), default=1, editable=False)
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
                {"language": _("There is a translation into this language, so the original cannot be in it.")}
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
