"""What people type who need an entry, in words that its texts need not hold: searched, and shown to nobody but the desk."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.models.entries.fields import CodeField
from practices.models.entries.translation import languages
from practices.vocabularies.languages import LANGUAGES

KEYWORDS_LENGTH = 100  # characters, as much as is read of a search


class PracticeKeywords(models.Model):
    """A row for an entry and a language; a trigger has the entry indexed anew (migrations/0035_keywords.py)."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="keywords")
    language = CodeField(_("language"), max_length=7, choices=languages)
    phrases = ArrayField(models.CharField(max_length=KEYWORDS_LENGTH), verbose_name=_("what people type"))

    class Meta:
        ordering = ["language"]
        verbose_name = _("keywords")
        verbose_name_plural = _("keywords")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "language"],
                name="keywords_once_per_language",
                violation_error_message=_("There are keywords in this language already."),
            ),
            models.CheckConstraint(condition=models.Q(language__in=LANGUAGES), name="keywords_language_known"),
            models.CheckConstraint(condition=models.Q(phrases__len__gt=0), name="keywords_not_empty"),
        ]

    def __str__(self):
        return " · ".join(self.phrases)
