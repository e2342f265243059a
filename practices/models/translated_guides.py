"""Guides in the language of a reader: with the sentences of a translation where it has all of them."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from practices.models.entries.phrases import translated

# What is translated of the guide itself.
TEXTS = ("title", "question", "for_whom", "introduction")


class ShownTranslation(NamedTuple):
    """Where the texts of a guide come from that stand in place of the original's; ``original`` is its language."""

    original: str
    reviewed_on: date | None


class TranslatedGuide(models.Model):
    """Mixed into Guide: what ``GuideQuerySet.in_language`` fetched takes the place of the original's texts."""

    phrases: Mapping[str, str] = MappingProxyType({})

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.translation:
            raise ValueError("A guide that was fetched to be read in another language is not saved.")
        super().save(*args, **kwargs)

    @property
    def translation(self) -> ShownTranslation | None:
        """Where the texts come from; None where they are the original's."""
        return self.__dict__.get("translation")

    @translation.setter
    def translation(self, fetched: dict | None) -> None:
        """Takes what ``GuideQuerySet.in_language`` fetched: its texts take the place of the original's."""
        if not fetched:
            return
        day = fetched["reviewed_on"]
        self.__dict__["translation"] = ShownTranslation(self.language, day and date.fromisoformat(day))
        self.language, self.phrases = fetched["language"], fetched["phrases"]
        for name in TEXTS:
            setattr(self, name, self.said(getattr(self, name)))

    def said(self, sentence: str) -> str:
        """A sentence of the guide in the language in which it is read."""
        return translated(sentence, self.phrases, self.language)


def said(phrases, sentence: str) -> Func:
    """What the phrases (an expression) have for the sentence in this column: NULL where they have nothing."""
    return Func(phrases, F(sentence), function="jsonb_extract_path_text", output_field=models.TextField())


def lacks(phrases, *columns: str) -> Q:
    """Whether the sentence in one of these columns has no translation; an empty column needs none."""
    missing, text = Q(), models.TextField()
    for name in columns:
        missing |= ~Q(**{name: ""}) & Q(Exact(Coalesce(said(phrases, name), Value(""), output_field=text), Value("")))
    return missing
