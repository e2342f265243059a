from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.backups.folder import Backup

# A day, and an hour for one that takes longer than that of the day before.
LATE_AFTER = timedelta(hours=25)
KEPT = timedelta(days=400)


class BackupRunQuerySet(models.QuerySet):
    def last_success(self) -> "BackupRun | None":
        return self.filter(ended_at__isnull=False).order_by("ended_at").last()

    def are_late(self) -> bool:
        """Whether none succeeded for a day, by the database's clock."""
        return not self.filter(ended_at__gt=Now() - LATE_AFTER).exists()

    def forget(self) -> int:
        """Delete the old ones, but for the last success."""
        last = self.last_success()
        return self.filter(began_at__lt=Now() - KEPT).exclude(pk=last and last.pk).delete()[0]


class BackupRun(models.Model):
    """One try to make a back-up; it succeeded when it has ended. ``failure`` is the name of an error, never a text."""

    began_at = models.DateTimeField(_("began"), db_default=Now(), editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    name = models.CharField(_("name"), max_length=40, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("bytes"), null=True, editable=False)
    failure = models.CharField(_("failure"), max_length=80, blank=True, editable=False)

    objects = BackupRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("back-up")
        verbose_name_plural = _("back-ups")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(failure=""), name="backup_succeeded_or_failed"
            )
        ]

    def __str__(self):
        return self.name or str(self.pk)

    @classmethod
    def begin(cls) -> Self:
        run = cls.objects.create()
        run.refresh_from_db()
        return run

    def succeed(self, made: Backup) -> None:
        facts = {"name": made.name, "kind": made.kind, "size": made.size}
        type(self).objects.filter(pk=self.pk).update(ended_at=Now(), **facts)

    def fail(self, why: str) -> None:
        type(self).objects.filter(pk=self.pk).update(failure=why[:80])


def standing() -> str:
    """``off``, ``late`` or ``ok`` (1 query, none while they are off)."""
    if not settings.BACKUPS_ROOT:
        return "off"
    return "late" if BackupRun.objects.are_late() else "ok"
