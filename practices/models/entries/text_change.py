"""When the words of an entry changed: what a translation may lag behind."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Rewording(models.Model):
    """That a text of an entry, or the language it is in, changed at this revision; kept by a trigger."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="rewordings", verbose_name=_("practice")
    )
    revision = models.PositiveIntegerField(_("revision"))
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)

    class Meta:
        ordering = ["-revision"]
        verbose_name = _("change of words")
        verbose_name_plural = _("changes of words")
        constraints = [models.UniqueConstraint(fields=["practice", "revision"], name="reworded_once_per_revision")]

    def __str__(self):
        return f"{self.practice_id}, {self.revision}"
