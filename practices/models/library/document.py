"""The library: what the field has written, each document with its points in our own words."""

import re

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from practices.models.entries.constraints import FIRST_YEAR, LAST_YEAR
from practices.models.entries.fields import CodeListField
from practices.models.entries.source import CheckedAddress, CheckedAddressQuerySet
from practices.models.guides import Guide
from practices.models.sentences import WRITTEN_IN, ReadInLanguage, ReadQuerySet
from practices.models.translated_guides import said
from practices.vocabularies import THEMES
from practices.vocabularies.languages import of_the_page

# Addresses below /library/ that are pages of their own.
RESERVED_SLUGS = ("networks", "timeline", "dialogue")
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,4})?"
MOMENT = r"\d{4}(-\d\d(-\d\d)?)?"
# A year, a month or a day (ISO 8601), or two of them with a slash between.
DATES = re.compile(rf"{MOMENT}(/{MOMENT})?")


class Kind(models.TextChoices):
    DIALOGUE = "dialogue", pgettext_lazy("kind of document", "Dialogue")
    DECLARATION = "declaration", pgettext_lazy("kind of document", "Declaration or plan")
    POSITION = "position", pgettext_lazy("kind of document", "Position paper")
    COMPACT = "compact", pgettext_lazy("kind of document", "Compact")
    GUIDE = "guide", pgettext_lazy("kind of document", "Manual or standard")
    STUDY = "study", pgettext_lazy("kind of document", "Study or report")
    NEWS = "news", pgettext_lazy("kind of document", "News")


class Basis(models.TextChoices):
    SEED = "seed", _("This project began with this document: we read all of it.")
    PAGE = "page", _("We read the whole page at this address.")
    OPENING = "opening", _("We read the opening of the text only: the rest may say more, or otherwise.")


class LibraryDocumentQuerySet(ReadQuerySet, CheckedAddressQuerySet):
    def published(self):
        """Documents the public may see: their day has come."""
        return self.filter(published_on__lte=TruncDate(Now()), withdrawn_on__isnull=True)

    def withdrawn(self):
        return self.filter(withdrawn_on__isnull=False)

    def to_look_at(self, before, again_before):
        """Documents that are not withdrawn, whose address is due: see ``CheckedAddressQuerySet.due``."""
        return self.filter(withdrawn_on__isnull=True).due("document", before, again_before)

    def for_its_page(self):
        """In the language of the page, with ``guides`` that name the document, and ``hidden``.

        That holds the names of cities in it whose page is not public.
        """
        from practices.models.library.parts import DocumentCity

        names = DocumentCity.objects.hidden().filter(document=OuterRef("pk"))
        return self.in_language().annotate(
            guides=Guide.objects.of_document(),
            hidden=ArraySubquery(names.values(one=JSONObject(name="name", own="city__name"))),
        )

    def newest(self):
        return self.order_by(F("year").desc(nulls_last=True), "title")

    def of_practice(self) -> ArraySubquery:
        """For a query of practices: the published documents that each shows at work, the newest first, as dicts."""
        return self._listed(Q(documentpractices__practice=OuterRef(OuterRef("pk"))))

    def of_city(self, most: int) -> ArraySubquery:
        """For a query of cities: at most so many published documents that name each, the newest first, as dicts."""
        return self._listed(Q(documentcities__city=OuterRef(OuterRef("pk"))), most)

    def _listed(self, condition: Q, most: int | None = None) -> ArraySubquery:
        rows = self.filter(pk__in=self.published().filter(condition).values("pk")).newest()
        page, text = of_the_page(), models.TextField()
        translations = self.model._meta.get_field("translations").related_model.objects
        mine = translations.filter(document=OuterRef("pk"), language=page)
        rows = rows.annotate(said=Subquery(mine.values(one=said(F("phrases"), "document__english_title"))))
        rows = rows.annotate(
            other_title=Case(
                When(title_language=page, then=Value("")), default=Coalesce("said", "english_title"), output_field=text
            ),
            other_language=Case(
                When(said__isnull=False, then=Value(page)), default=Value(WRITTEN_IN), output_field=text
            ),
        )
        names = ("slug", "title", "title_language", "other_title", "other_language", "publisher", "year")
        return ArraySubquery(rows[:most].values(one=JSONObject(**{name: name for name in names})))


class LibraryDocument(ReadInLanguage, CheckedAddress):
    """State is two dates: without the first it is a draft, with the second it has been taken off the public pages."""

    # The title stays as its publisher wrote it; what we call it in English is translated.
    TEXTS = ("english_title", "summary", "note")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=300, help_text=_("As the publisher wrote it, in its language."))
    title_language = models.CharField(_("language of the title"), max_length=7, default="en")
    english_title = models.CharField(
        _("title in English"), max_length=300, blank=True, help_text=_("Only where the title is in another language.")
    )
    publisher = models.CharField(_("publisher"), max_length=200, help_text=_("As readers see it beside the title."))
    organisations = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("organisations"),
        default=list,
        blank=True,
        help_text=_("Each by itself, as the filter of the library names it. One per line."),
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    dates = models.CharField(
        _("date"),
        max_length=21,
        blank=True,
        help_text=_("As 2018-12-18, 2018-12 or 2018; with a slash between the first and the last day."),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    languages = ArrayField(
        models.CharField(max_length=7),
        verbose_name=_("languages"),
        help_text=_("The codes of the languages it can be read in, such as en. One per line."),
    )
    url = models.URLField(_("address of the original"), max_length=1000)
    more_urls = ArrayField(
        models.URLField(max_length=1000), verbose_name=_("more about it"), default=list, blank=True,
        help_text=_("Other addresses, one per line."),
    )  # fmt: skip
    summary = models.TextField(_("summary"), max_length=500, help_text=_("What it is, in our own words, in English."))
    themes = CodeListField(_("themes"), vocabulary=THEMES)
    basis = models.CharField(_("what this rests on"), max_length=8, choices=Basis)
    note = models.CharField(
        _("note for readers"), max_length=300, blank=True, help_text=_("What is not certain, in English.")
    )
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("Public from this day on. Without a day the document is a draft."),
    )
    withdrawn_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_("With a day here the document is no longer public, and its address says so."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = LibraryDocumentQuerySet.as_manager()

    class Meta:
        ordering = [F("year").desc(nulls_last=True), "title"]
        verbose_name = _("document of the library")
        verbose_name_plural = _("documents of the library")
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="document_slug_not_a_page",
                violation_error_message=_("This address belongs to a page of the site: choose another."),
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="document_kind_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="document_basis_known"),
            models.CheckConstraint(
                condition=Q(themes__contained_by=list(THEMES.codes)), name="document_themes_known"
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"), name="document_address_is_web"
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="document_year_plausible",
                violation_error_message=_("A year lies between 1900 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(dates="") | Q(dates__regex=f"^{DATES.pattern}$"),
                name="document_dates_read",
                violation_error_message=_("Enter the date as 2018-12-18, 2018-12 or 2018."),
            ),
            models.CheckConstraint(
                condition=Q(title_language__regex=f"^{LANGUAGE}$"), name="document_title_language_is_a_code"
            ),
            models.CheckConstraint(
                condition=Q(languages__len__gte=1),
                name="document_says_its_languages",
                violation_error_message=_("Name at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(english_title="") | ~Q(title_language="en"),
                name="document_title_translated_from_another_language",
                violation_error_message=_("The title is in English already."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True)
                | Q(published_on__isnull=False, withdrawn_on__gte=F("published_on")),
                name="document_withdrawn_was_public",
                violation_error_message=_("Only a document that was published before can be withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True) | Q(broken_since__isnull=False), name="document_kept_while_broken"
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("document", args=[self.slug])

    def sentences(self) -> dict[str, str]:
        points = {point.text: f"{_('key point')} {at}" for at, point in enumerate(self.points.all(), start=1)}
        return super().sentences() | points
