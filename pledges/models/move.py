"""An institution that signed an older version of the statement can move to the newest one; both stay in its history."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pledges.models.reminding import RemindedQuerySet, reminded_after_asked
from pledges.models.workflow import not_allowed


class VersionMoveQuerySet(RemindedQuerySet):
    answered = "moved_at"


class VersionMove(models.Model):
    """That an institution was asked to move to a version, and when it did. The version first signed never changes."""

    signature = models.ForeignKey(
        "pledges.Signature", models.CASCADE, related_name="moves", verbose_name=_("signature")
    )
    version = models.ForeignKey(
        "pledges.StatementVersion", models.PROTECT, related_name="moves", verbose_name=_("newer version")
    )
    asked_at = models.DateTimeField(_("asked"), db_default=Now(), editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    moved_at = models.DateTimeField(_("moved"), null=True, blank=True, editable=False)

    objects = VersionMoveQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("move to a newer version")
        verbose_name_plural = _("moves to newer versions")
        constraints = [
            models.UniqueConstraint(fields=["signature", "version"], name="version_move_asked_once"),
            models.CheckConstraint(
                condition=Q(moved_at__isnull=True) | Q(moved_at__gte=models.F("asked_at")),
                name="version_move_follows_the_question",
            ),
            reminded_after_asked("version_move"),
        ]

    def __str__(self):
        return f"{self.signature}, {self.version}"

    def take(self) -> None:
        """Raises TransitionNotAllowed where the institution has moved already."""
        rows = type(self).objects.filter(pk=self.pk, moved_at__isnull=True)
        if not rows.update(moved_at=Now()):
            raise not_allowed("moved")
