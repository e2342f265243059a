"""Every version of an entry, so that each change can be read and undone."""

from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey
from practices.models.entries.record import record_of

BATCH = 500  # versions in one query


class VersionQuerySet(models.QuerySet):
    def shown(self):
        """Those that the public history may tell of."""
        return self.filter(revision__gte=F("practice__history_from"))

    def keep(self, practices, *, by=None, note: str = "") -> None:
        """Keeps these entries (primary keys) as the database holds them now; a version that is kept already stays.

        Called before a change too, since loads and psql keep none: nothing that was saved is then lost.
        """
        entries = self.model._meta.get_field("practice").related_model.objects.filter(pk__in=practices)
        entries = entries.defer("search").select_related("city").with_parts()
        versions = [
            self.model(practice=entry, revision=entry.revision, record=record_of(entry), by=by, note=note)
            for entry in entries
        ]
        self.bulk_create(versions, batch_size=BATCH, ignore_conflicts=True)


class Version(models.Model):
    """The record of an entry at one of its revisions (see ``record.py``); it goes only with its entry."""

    practice = models.ForeignKey(
        "practices.Practice", models.DO_NOTHING, related_name="versions", verbose_name=_("practice")
    )
    revision = models.PositiveIntegerField(_("revision"))
    record = models.JSONField(_("content"))
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    by = CuratorKey(null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-revision"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [models.UniqueConstraint(fields=["practice", "revision"], name="version_once_per_revision")]

    def __str__(self):
        return f"{self.practice_id}, {self.revision}"

    @property
    def is_withheld(self) -> bool:
        return self.revision < self.practice.history_from

    def withhold(self) -> None:
        """Keeps this version and all before it out of the public history: they said what nobody should read any more."""
        self._begin_public_history(self.revision + 1)

    def stop_withholding(self) -> None:
        """The public history tells of this version and all after it again."""
        self._begin_public_history(self.revision)

    def _begin_public_history(self, revision: int) -> None:
        self.practice.history_from = revision
        self.practice.save(update_fields=["history_from", "updated_at"])
