"""The texts of e-mails as lead curators have edited them: every version stays, and the latest counts."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.texts import EmailText, Words

LONGEST_SUBJECT, LONGEST_BODY = 120, 6_000
# Sent with the row as ``instance``, once for each version.
found_unusable = Signal()


class EditedTextQuerySet(models.QuerySet):
    def latest_of(self, key: str, language: str):
        """The version that counts; None where the text was never edited."""
        return self.filter(key=key, language=language).order_by("-number").first()

    def latest(self, language: str):
        """The versions that count, one for each text that was ever edited."""
        return self.filter(language=language).order_by("key", "-number").distinct("key")


class EditedText(models.Model):
    """One version of a text. One without words is the way back to the original."""

    key = models.CharField(_("e-mail"), max_length=60, editable=False)
    language = models.CharField(_("language"), max_length=7, editable=False)
    # Whoever edits says after which version: of two who edit the same, the database refuses the second.
    number = models.PositiveIntegerField(_("version"), editable=False)
    subject = models.CharField(_("Subject"), max_length=LONGEST_SUBJECT)
    body = models.TextField(_("Text"), max_length=LONGEST_BODY)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    unusable_at = models.DateTimeField(_("found unusable"), null=True, editable=False)

    objects = EditedTextQuerySet.as_manager()

    class Meta:
        ordering = ["key", "language", "number"]
        verbose_name = _("text of an e-mail")
        verbose_name_plural = _("texts of e-mails")
        default_permissions = ()
        permissions = [("edit_email_texts", _("Can edit the texts of e-mails to the public"))]
        constraints = [
            models.UniqueConstraint(fields=["key", "language", "number"], name="edited_text_version_once"),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(body="") | Q(subject="", body="", unusable_at__isnull=True),
                name="edited_text_is_whole_or_none",
            ),
        ]

    def __str__(self):
        return f"{self.key} · {self.language}"

    @property
    def words(self) -> Words | None:
        return Words(self.subject, self.body) if self.body else None

    def mark_unusable(self) -> None:
        """It could not be sent as it is, and the original was: lead curators are told, once."""
        with transaction.atomic():
            if type(self).objects.filter(pk=self.pk, unusable_at__isnull=True).update(unusable_at=Now()):
                found_unusable.send_robust(type(self), instance=self)


def written(text: EmailText, values: Mapping[str, str], language: str) -> tuple[Words, EditedText | None]:
    """The whole e-mail as it leaves now, and the edited text that could not be used for it, where there is one."""
    edited = EditedText.objects.latest_of(text.key, language)
    if edited is None or edited.words is None:
        return text.fill(text.original(language), values, language), None
    if not any(text.problems(edited.words, language)):
        words = text.fill(edited.words, values, language)
        if words.subject:
            return words, None
    return text.fill(text.original(language), values, language), edited
