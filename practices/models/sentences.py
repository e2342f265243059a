"""Texts that are translated sentence by sentence: those of guides, of the library's documents and of networks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject, Now, TruncDate
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.locks import ShownQuerySet
from citysolidarity.desk.fields import CuratorKey
from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models.entries.fields import CodeField
from practices.models.entries.phrases import Phrase, original_of, translated
from practices.models.entries.translation import languages
from practices.vocabularies.languages import LANGUAGES, name_of, of_the_page

WRITTEN_IN = "en"  # the language of our own words on documents and networks


class SentenceTranslation(models.Model):
    """An original in another language, sentence by sentence: a sentence that was changed since has none any more.

    The field named ``translates`` leads to the original, which lists its ``sentences()``.
    """

    translates = ""

    language = CodeField(_("language"), max_length=7, choices=languages)
    # Original → translation.
    phrases = models.JSONField(_("sentences"), default=dict, blank=True, db_default={})
    translated_on = models.DateField(_("translated"), db_default=TruncDate(Now()), editable=False)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, editable=False)
    reviewed_by = CuratorKey(_("reviewed by"), null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.original} ({name_of(self.language)})"

    @property
    def original(self) -> models.Model:
        return getattr(self, self.translates)

    @property
    def original_id(self) -> int:
        return getattr(self, f"{self.translates}_id")

    def is_whole(self) -> bool:
        return self.original.sentences().keys() <= self.phrases.keys()

    def review(self, by) -> None:
        """Somebody has read all of it beside the original."""
        if self.reviewed_at:
            raise TransitionNotAllowed(gettext("it has been reviewed since it was last changed."))
        if not self.is_whole():
            raise TransitionNotAllowed(gettext("sentences of the original are not translated yet."))
        self.reviewed_at, self.reviewed_by = Now(), by
        self.save(update_fields=["reviewed_at", "reviewed_by"])


def constraints_of(original: str) -> list[models.BaseConstraint]:
    """What the database refuses in the translations of ``original``, the name of a field."""
    return [
        models.UniqueConstraint(
            fields=[original, "language"],
            name=f"{original}_translated_once_per_language",
            violation_error_message=_("Someone has already started this translation. Your texts are here."),
        ),
        models.CheckConstraint(condition=Q(language__in=LANGUAGES), name=f"{original}_translation_language_known"),
        models.CheckConstraint(
            condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
            | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            name=f"{original}_translation_reviewed_by_somebody",
        ),
    ]


# What is fetched of a translation to read it.
TO_READ = {
    "language": "language",
    "phrases": "phrases",
    "day": "translated_on",
    "reviewed_on": TruncDate("reviewed_at"),
}


@dataclass(frozen=True)
class SentencesShown:
    """How sentences read in a language: translated where it has them, in their own language where it has not."""

    language: str = WRITTEN_IN
    phrases: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    reviewed_on: date | None = None

    @classmethod
    def of(cls, fetched: dict | None) -> "SentencesShown":
        """Takes ``TO_READ`` as JSON has it; None where there is no translation."""
        if not fetched:
            return AS_WRITTEN
        days = {name: (day := fetched[name]) and date.fromisoformat(day) for name in ("day", "reviewed_on")}
        return cls(fetched["language"], fetched["phrases"], **days)

    def said(self, text: str) -> Phrase:
        found = translated(text, self.phrases, self.language)
        return found if isinstance(found, Phrase) else Phrase(text, WRITTEN_IN, text)

    def other_title(self, document) -> Phrase:
        """What a document is called below its own title; "" where that is in the language of the page."""
        is_read = document.title_language == of_the_page()
        return self.said("" if is_read else original_of(document.english_title))


AS_WRITTEN = SentencesShown()


class ReadQuerySet(ShownQuerySet):
    """Mixed into the query sets of what is read by ``ReadInLanguage``."""

    def in_language(self):
        """Rows to be read, and not to be saved, in the language of the page; in the same query."""
        related = self.model._meta.get_field("translations")
        rows = related.related_model.objects.filter(**{related.field.name: OuterRef("pk")}, language=of_the_page())
        return self.annotate(translation=Subquery(rows.values(one=JSONObject(**TO_READ))))


class ReadInLanguage(models.Model):
    """Mixed into documents and networks, whose texts are ``TEXTS``; with ``ReadQuerySet``."""

    TEXTS: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if "translation" in self.__dict__:
            raise ValueError("What was fetched to be read in another language is not saved.")
        super().save(*args, **kwargs)

    @cached_property
    def reading(self) -> SentencesShown:
        return SentencesShown.of(self.__dict__.get("translation"))

    def as_read(self) -> "ReadInLanguage":
        """Itself, with its texts in the language in which it was fetched: each is a Phrase."""
        for name in self.TEXTS:
            setattr(self, name, self.reading.said(getattr(self, name)))
        return self

    def sentences(self) -> dict[str, str]:
        """All that is translated, in the order of the page, each sentence once; with a label that says what it is."""
        said: dict[str, str] = {}
        for name in self.TEXTS:
            if text := getattr(self, name):
                said.setdefault(text, label_of(self, name))
        return said


def label_of(row: models.Model, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)
