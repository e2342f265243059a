"""Guided ways: practices and documents that curators put in the order of work, with a sentence each."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.locks import ShownQuerySet
from practices.models.entries.constraints import FIRST_YEAR, LAST_YEAR
from practices.models.in_order import InOrder
from practices.models.sentences import SentenceTranslation, constraints_of, label_of
from practices.models.translated_guides import TEXTS, TranslatedGuide, lacks, said
from practices.vocabularies.languages import of_the_page

SENTENCE_LENGTH = 300


class GuideQuerySet(ShownQuerySet):
    def published(self):
        """Guides the public may see: their day has come, and something in them is public."""
        practices, documents = GuidePractice.objects.public(), GuideDocument.objects
        return self.filter(
            Exists(practices.filter(guide=OuterRef("pk"))) | Exists(documents.filter(guide=OuterRef("pk"))),
            published_on__lte=TruncDate(Now()),
            withdrawn_on__isnull=True,
        )

    def withdrawn(self):
        return self.filter(withdrawn_on__isnull=False)

    def in_language(self):
        """Guides to be read, and not to be saved, in the language of the page where all of a guide is; in the same query."""
        shown = JSONObject(language="language", phrases="phrases", reviewed_on=TruncDate("reviewed_at"))
        return self.annotate(translation=Subquery(in_language_of_the_page().values(one=shown)))

    def of_practice(self) -> ArraySubquery:
        """For a query of practices: the published guides that each is part of, named as their page names them."""
        return self._named(Q(guidepractices__practice=OuterRef("pk")))

    def of_document(self) -> ArraySubquery:
        """For a query of the library's documents: the published guides that send their readers to each."""
        naming = GuideDocument.objects.filter(url=OuterRef(OuterRef("url")))
        return self._named(Q(pk__in=naming.values("guide")))

    def _named(self, condition: Q) -> ArraySubquery:
        rows = self.published().filter(condition).order_by("position", "title")
        named = rows.annotate(said=Subquery(in_language_of_the_page().values(one=said(F("phrases"), "guide__title"))))
        text = models.TextField()
        language = Case(When(said__isnull=False, then=Value(of_the_page())), default=F("language"), output_field=text)
        title = Coalesce("said", "title", output_field=text)
        return ArraySubquery(named.values(one=JSONObject(title=title, language=language, slug="slug")))


class Guide(TranslatedGuide):
    """State is two dates: without the first it is a draft, with the second it has been taken off the public pages."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=80, help_text=_("A few words, for example: The first 72 hours."))
    question = models.CharField(
        _("question"), max_length=160, help_text=_("What a reader who needs this guide would ask.")
    )
    for_whom = models.CharField(_("for whom"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True, max_length=800)
    language = models.CharField(_("written in"), max_length=7, default="en")
    position = models.PositiveSmallIntegerField(_("order in the list"), default=0)
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("Public from this day on. Without a day the guide is a draft."),
    )
    withdrawn_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_("With a day here the guide is no longer public, and its address says so."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True)
                | Q(published_on__isnull=False, withdrawn_on__gte=F("published_on")),
                name="guide_withdrawn_was_public",
                violation_error_message=_("Only a guide that was published before can be withdrawn."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("guide", args=[self.slug])

    def sentences(self) -> dict[str, str]:
        """All that is translated, in the order of the page, each sentence once; with a label that says what it is (3 queries)."""
        found = [(getattr(self, name), label_of(self, name)) for name in TEXTS]
        places = self.guidepractices.select_related("practice").defer("practice__search")
        reasons = [*places, *self.guidedocuments.all()]
        for number, step in enumerate(self.steps.all(), start=1):
            found += [
                (getattr(step, name), f"{_('step')} {number}: {label_of(step, name)}") for name in ("heading", "text")
            ]
            found += [(row.why, str(row)) for row in reasons if row.step_id == step.pk]
        sentences: dict[str, str] = {}
        for sentence, what in found:
            if sentence:
                sentences.setdefault(sentence, what)
        return sentences


class GuideStep(InOrder):
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="steps", verbose_name=_("guide"))
    heading = models.CharField(_("heading"), max_length=100, help_text=_("What to do, for example: Find beds."))
    text = models.TextField(
        _("text"),
        max_length=500,
        help_text=_("A sentence or two that stay true when a practice below is withdrawn."),
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self):
        return self.heading


class InStep(InOrder):
    """What stands under a step, and why; the database refuses the step of another guide."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="%(class)ss", verbose_name=_("guide"))
    step = models.ForeignKey(GuideStep, models.CASCADE, related_name="+", verbose_name=_("step"))
    why = models.CharField(
        _("why it stands here"),
        max_length=SENTENCE_LENGTH,
        help_text=_("One sentence, with nothing in it that the entry or the document does not say."),
    )

    class Meta:
        abstract = True


class GuidePracticeQuerySet(models.QuerySet):
    def public(self):
        """Practices in guides that the public may see."""
        return self.filter(practice__published_at__isnull=False, practice__archived_at__isnull=True)


class GuidePractice(InStep):
    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="guidepractices", verbose_name=_("practice")
    )

    objects = GuidePracticeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("practice in a guide")
        verbose_name_plural = _("practices in guides")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "practice"],
                name="guide_names_a_practice_once",
                violation_error_message=_("This practice stands in the guide already."),
            ),
        ]

    def __str__(self):
        return f"{self.practice}"


class GuideDocumentQuerySet(models.QuerySet):
    def in_library(self):
        """Adds ``library_slug``: the public document of the library at the same address, or None."""
        from practices.models.library.document import LibraryDocument

        same = LibraryDocument.objects.published().filter(url=OuterRef("url"))
        # Two documents may share an address: their titles tell them apart.
        same = same.annotate(other_title=Case(When(title=OuterRef("title"), then=Value(0)), default=Value(1)))
        return self.annotate(library_slug=Subquery(same.order_by("other_title", "pk").values("slug")[:1]))


class GuideDocument(InStep):
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    url = models.URLField(_("address"), max_length=1000)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=7, blank=True)

    objects = GuideDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("document in a guide")
        verbose_name_plural = _("documents in guides")
        constraints = [
            models.UniqueConstraint(fields=["guide", "url"], name="guide_names_a_document_once"),
            models.CheckConstraint(
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"),
                name="guide_document_address_is_web",
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="guide_document_year_plausible",
            ),
        ]

    def __str__(self):
        return self.title


# What is translated of what stands in a guide. Titles of documents stay as their publishers wrote them.
TEXTS_OF_PARTS = {GuideStep: ("heading", "text"), GuidePractice: ("why",), GuideDocument: ("why",)}


def in_language_of_the_page() -> models.QuerySet:
    """The translation in which a guide is read on this page; for a subquery of guides."""
    return GuideTranslation.objects.whole().filter(guide=OuterRef("pk"), language=of_the_page())


class GuideTranslationQuerySet(models.QuerySet):
    def whole(self):
        """Translations that have every sentence of their guide: no page is read half in one language, half in another."""
        parts = [
            Exists(part.objects.filter(lacks(OuterRef("phrases"), *names), guide=OuterRef("guide")))
            for part, names in TEXTS_OF_PARTS.items()
        ]
        return self.filter(~lacks(F("phrases"), *(f"guide__{name}" for name in TEXTS)), *(~part for part in parts))


class GuideTranslation(SentenceTranslation):
    """Shown once it has every sentence: no guide is read half in one language, half in another."""

    translates = "guide"
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="translations", verbose_name=_("guide"))

    objects = GuideTranslationQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "language"]
        verbose_name = _("translation of a guide")
        verbose_name_plural = _("translations of guides")
        constraints = constraints_of("guide")

    def is_whole(self) -> bool:
        return type(self).objects.whole().filter(pk=self.pk).exists()
