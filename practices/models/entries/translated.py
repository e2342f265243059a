"""Entries in the language of a reader: with the texts of a published translation where there is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, JSONObject
from django.utils.functional import cached_property

from practices.models.entries.phrases import translated
from practices.models.entries.texts import PHRASES, TEXTS
from practices.models.entries.translation import PracticeTranslation, behind_since
from practices.vocabularies.languages import base_of, of_the_page


@dataclass(frozen=True)
class Translation:
    """Where the texts come from that stand in place of the original's; ``changed`` is since when that says otherwise."""

    original: str
    kind: str
    made_by: str
    day: date
    changed: date | None
    is_reviewed: bool = True


def published_in(language: str = ""):
    """The published translation of each entry into this language, by default that of the page; for a subquery."""
    mine = PracticeTranslation.objects.published().filter(practice=OuterRef("pk"))
    return mine.filter(language=base_of(language) or of_the_page())


def text_of_the_page(name: str) -> Coalesce:
    """A text of the entry (or the language of its texts) in the language of the page, as an expression."""
    text = F("language") if name == "language" else KT(f"shown__{name}")
    return Coalesce(Subquery(published_in().values(one=text)), F(name), output_field=models.TextField())


class TranslatedQuerySet(models.QuerySet):
    """Mixed into the query set of practices."""

    def in_language(self, language: str = ""):
        """Entries to be read, and not to be saved, in this language; without one, in that of the page.

        In the same query. ``available_languages`` lists the languages of an entry's published translations.
        """
        mine = PracticeTranslation.objects.published().filter(practice=OuterRef("pk")).order_by("language")
        shown = JSONObject(language="language", shown="shown", changed=behind_since("shown__follows"))
        return self.annotate(
            translation=Subquery(published_in(language).values(one=shown)),
            available_languages=ArraySubquery(mine.values("language")),
        )

    def untranslated_into(self, language: str):
        """Entries written in another language that nobody has begun to translate into this one."""
        begun = PracticeTranslation.objects.filter(practice=OuterRef("pk"), language=language)
        own = Q(language=language) | Q(language__startswith=f"{language}-")
        return self.exclude(own).exclude(Exists(begun))


class Translated(models.Model):
    """Mixed into Practice: what ``TranslatedQuerySet.in_language`` fetched takes the place of the original's texts."""

    available_languages: tuple[str, ...] | list[str] = ()
    phrases: Mapping[str, str] = MappingProxyType({})

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.translation:
            raise ValueError("An entry that was fetched to be read in another language is not saved.")
        super().save(*args, **kwargs)

    @property
    def translation(self) -> Translation | None:
        """Where the texts come from; None where they are the original's."""
        return self.__dict__.get("translation")

    @translation.setter
    def translation(self, fetched: dict | None) -> None:
        if not fetched:
            return
        shown = fetched["shown"]
        day = date.fromisoformat(shown["day"])
        changed = datetime.fromisoformat(fetched["changed"]).date() if fetched["changed"] else None
        self.__dict__["translation"] = Translation(
            self.language, shown["kind"], shown["made_by"], day, changed, shown.get("is_reviewed", True)
        )
        for name in TEXTS:
            # What a curator took out of the original is not told by its translation either.
            if self.__dict__.get(name):
                setattr(self, name, shown[name])
        self.language = fetched["language"]
        self.phrases = shown.get("phrases", {})
        for name in PHRASES:
            if text := self.__dict__.get(name):
                setattr(self, name, [*map(self.said, text)] if isinstance(text, list) else self.said(text))

    def said(self, phrase: str) -> str:
        """A phrase of the facts in the language of the texts, where its translation has it."""
        return translated(phrase, self.phrases, self.language)

    @property
    def has_languages_without_pages(self) -> bool:
        """Whether it can be read in a language that the switcher of the pages does not offer."""
        read_in = {*self.available_languages, base_of(self.written_in)} - {base_of(self.language)}
        return bool(read_in.difference(dict(settings.LANGUAGES)))

    @property
    def is_machine_aided(self) -> bool:
        """Whether a machine translated what is shown, and nobody has reviewed it."""
        return bool(self.translation and not self.translation.is_reviewed)

    @property
    def written_in(self) -> str:
        """The language of the original: of names, figures and of what others say about it."""
        return self.translation.original if self.translation else self.language

    @property
    def facts_language(self) -> str:
        """The language of most phrases of its facts, for where several of them stand together."""
        return self.language if self.phrases else self.written_in

    # Plain attributes where an entry was fetched ``marked``.
    @cached_property
    def marked_title(self) -> str:
        return self.title

    @cached_property
    def marked_summary(self) -> str:
        return self.summary

    @cached_property
    def marked_excerpt(self) -> str:
        return ""
