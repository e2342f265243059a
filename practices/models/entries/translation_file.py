"""A file of translations that somebody brought to the desk: looked at, then saved."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey

KEPT = timedelta(days=7)  # the file; who brought what stays


class TranslationFileQuerySet(models.QuerySet):
    def forget(self) -> int:
        """Deletes the contents a week after they came; returns how many."""
        return self.filter(content__isnull=False, at__lt=Now() - KEPT).update(content=None)


class TranslationFile(models.Model):
    """``counts`` says what was saved of it: texts, and entries."""

    name = models.CharField(_("file"), max_length=300)
    language = models.CharField(_("language"), max_length=7, editable=False)
    content = models.BinaryField(null=True, editable=False)
    by = CuratorKey(editable=False)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    counts = models.JSONField(default=dict, editable=False)
    saved_by = CuratorKey(null=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), null=True, editable=False)

    objects = TranslationFileQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("file of translations")
        verbose_name_plural = _("files of translations")
        constraints = [
            models.CheckConstraint(
                condition=Q(saved_at__isnull=True) | Q(saved_by__isnull=False),
                name="translation_file_saved_by_somebody",
            )
        ]

    def __str__(self):
        return self.name
