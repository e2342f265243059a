"""An entry in another language: who made it, which revision it follows, and what of it is public."""

from django.db import models, transaction
from django.db.models import F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.database.locks import ShownQuerySet
from citysolidarity.desk.fields import CuratorKey
from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models.entries.fields import CodeField
from practices.models.entries.text_change import Rewording
from practices.models.entries.texts import TEXTS, Texts
from practices.vocabularies.languages import LANGUAGES, base_of, name_of

# Whatever the original says, the translation has to say as well before it is shown.
WHOLE = Q(*(Q(**{f"practice__{name}": ""}) | ~Q(**{name: ""}) for name in TEXTS))
STANDS = Q(practice__archived_at__isnull=True)
TO_PUBLISH = WHOLE & STANDS & (Q(published_at__isnull=True) | Q(changed_at__gt=F("published_at")))
# Came with the directory, and nobody has read all of it yet.
UNREVIEWED = STANDS & Q(shown__is_reviewed=False)


def later_changes(follows: str = "follows") -> models.QuerySet:
    """The changes of words in the original after the revision in this column, the first one first; for a subquery.

    What the public reads follows "shown__follows": a translator may be further already.
    """
    number = Cast(OuterRef(follows), IntegerField())
    return Rewording.objects.filter(practice=OuterRef("practice"), revision__gt=number).order_by("revision")


def behind_since(follows: str = "follows") -> Subquery:
    """From when the original says something else than what is followed; None where it does not."""
    return Subquery(later_changes(follows).values("at")[:1])


class TranslationKind(models.TextChoices):
    WRITTEN = "written", gettext_lazy("Written in this language")
    HUMAN = "human", gettext_lazy("Translated by people")
    MACHINE = "machine", gettext_lazy("Translated with the help of a machine")


class Deed(models.TextChoices):
    PUBLISHED = "published", gettext_lazy("Published")
    TAKEN_BACK = "taken-back", gettext_lazy("Removed from the public pages")


def languages():
    return [(code, name_of(code)) for code in LANGUAGES]


class TranslationQuerySet(ShownQuerySet):
    def published(self):
        """Translations that a curator has published, whatever became of their entry."""
        return self.filter(published_at__isnull=False)

    def public(self):
        return self.published().filter(practice__published_at__isnull=False, practice__archived_at__isnull=True)

    def behind(self):
        """Translations whose original says something else by now, each with ``since`` when; the longest first."""
        return self.filter(STANDS).annotate(since=behind_since()).filter(since__isnull=False).order_by("since", "pk")

    def to_publish(self):
        """Translations with every text of their original, and with a text that the public does not see yet."""
        return self.filter(TO_PUBLISH).order_by("changed_at", "pk")


class PracticeTranslation(Texts):
    """A translator writes the texts; ``shown`` holds them as a curator published them, and nothing else is public."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="translations", verbose_name=gettext_lazy("practice")
    )
    language = CodeField(gettext_lazy("language"), max_length=7, choices=languages)
    kind = models.CharField(
        gettext_lazy("how it was made"), max_length=7, choices=TranslationKind, default=TranslationKind.HUMAN
    )
    made_by = models.CharField(gettext_lazy("made by"), max_length=160)
    # Original → translation. Figures, years and sources stay where they are: a translation has none of its own.
    phrases = models.JSONField(gettext_lazy("words of the facts"), default=dict, blank=True, db_default={})
    follows = models.PositiveIntegerField(gettext_lazy("revision of the original it follows"), editable=False)
    translated_at = models.DateTimeField(gettext_lazy("translated"), db_default=Now(), editable=False)
    # Both kept by a trigger, whoever writes: see migrations/0004_logs_and_edition.py.
    changed_at = models.DateTimeField(gettext_lazy("changed"), db_default=Now(), editable=False)
    revision = models.PositiveIntegerField(gettext_lazy("revision"), default=1, db_default=1, editable=False)
    shown = models.JSONField(gettext_lazy("as published"), null=True, editable=False)
    published_at = models.DateTimeField(gettext_lazy("published"), null=True, editable=False)
    published_by = CuratorKey(gettext_lazy("published by"), null=True, editable=False)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        ordering = ["practice", "language"]
        verbose_name = gettext_lazy("translation")
        verbose_name_plural = gettext_lazy("translations")
        permissions = [("publish_practicetranslation", "Can publish translations")]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "language"],
                name="translation_once_per_language",
                violation_error_message=gettext_lazy(
                    "Someone has already started this translation. Your texts are here."
                ),
            ),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="translation_language_known"),
            models.CheckConstraint(condition=Q(kind__in=TranslationKind.values), name="translation_kind_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(summary="") & ~Q(made_by=""), name="translation_says_what_and_whose"
            ),
            models.CheckConstraint(
                # Those that came with the directory are shown before somebody has reviewed them, and say so.
                condition=Q(published_at__isnull=True, published_by__isnull=True, shown__isnull=True)
                | Q(published_at__isnull=False, shown__isnull=False)
                & (Q(published_by__isnull=False) | Q(shown__is_reviewed=False)),
                name="translation_shown_once_published",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({name_of(self.language)})"

    def get_absolute_url(self):
        return reverse("practice_in", args=[self.practice.slug, self.language])

    def follow(self) -> None:
        """The texts say what the original says as it stands now. Not saved yet."""
        self.follows, self.translated_at = self.practice.revision, Now()

    @property
    def public_texts(self) -> dict:
        """What the public reads of it once a curator publishes it, and where it comes from; ``day`` in ISO's form."""
        facts = {name: getattr(self, name) for name in (*TEXTS, "phrases", "kind", "made_by", "follows")}
        return facts | {"day": self.translated_at.date().isoformat(), "is_reviewed": True}

    def why_not_publish(self) -> str:
        """Why the public can't read it yet, as a sentence; "" where nothing speaks against it."""
        missing = [name for name in TEXTS if getattr(self.practice, name) and not getattr(self, name)]
        if missing:
            labels = ", ".join(str(self._meta.get_field(name).verbose_name) for name in missing)
            return _("the original says more: %(labels)s.") % {"labels": labels}
        if base_of(self.practice.language) == self.language:
            return _("the original is in this language.")
        return ""

    def publish(self, by) -> None:
        """Shows it to the public as it is saved now; TransitionNotAllowed, with a sentence, where a text is missing."""
        with transaction.atomic():
            self._lock()
            if against := self.why_not_publish():
                raise TransitionNotAllowed(against)
            if self.shown == self.public_texts:
                raise TransitionNotAllowed(_("readers see it so already."))
            self._show(Deed.PUBLISHED, by, shown=self.public_texts, published_at=Now(), published_by=by)

    def take_back(self, by) -> None:
        """Takes it off every public page; its texts stay at the desk."""
        with transaction.atomic():
            self._lock()
            if self.published_at is None:
                raise TransitionNotAllowed(_("it is not public."))
            self._show(Deed.TAKEN_BACK, by, shown=None, published_at=None, published_by=None)

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=["self"]).select_related("practice"))

    def _show(self, deed: Deed, by, **columns) -> None:
        for name, value in columns.items():
            setattr(self, name, value)
        self.save(update_fields=columns)
        self.refresh_from_db(fields=["published_at"])
        self.events.create(deed=deed, by=by)


class TranslationEvent(models.Model):
    translation = models.ForeignKey(
        PracticeTranslation, models.CASCADE, related_name="events", verbose_name=gettext_lazy("translation")
    )
    deed = models.CharField(gettext_lazy("what happened"), max_length=10, choices=Deed)
    at = models.DateTimeField(gettext_lazy("when"), db_default=Now(), editable=False)
    by = CuratorKey()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = gettext_lazy("event of a translation")
        verbose_name_plural = gettext_lazy("events of translations")
        constraints = [models.CheckConstraint(condition=Q(deed__in=Deed.values), name="translation_deed_known")]

    def __str__(self):
        return self.get_deed_display()
