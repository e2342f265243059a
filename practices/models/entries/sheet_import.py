"""A spreadsheet that a curator brought: read, looked at, saved and perhaps taken back, each by the worker."""

from collections import Counter
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey

UNDONE_WITHIN = timedelta(hours=48)
KEPT = timedelta(days=7)  # the file and its texts; what was imported by whom stays


class SheetImportQuerySet(models.QuerySet):
    def forget(self) -> int:
        """Deletes the files, and what was read of them, a week after they came; returns how many."""
        old = self.filter(content__isnull=False, at__lt=Now() - KEPT)
        SheetRow.objects.filter(sheet__in=old).update(cells={}, changes=[], notes=[], reasons=[])
        old.filter(asked_at=None).update(fingerprint="", heading=[])
        return old.update(content=None)

    def remembered(self, names: list[str]) -> dict[str, str]:
        """Which of our columns these were said to be when a sheet last had them."""
        known: dict[str, str] = {}
        for columns in self.exclude(columns={}).order_by("-at").values_list("columns", flat=True)[:50]:
            known = {name: ours for name, ours in columns.items() if name in names} | known
        return known


class SheetImport(models.Model):
    """``columns`` says which of our columns theirs are ("" leaves one out), ``fixed`` what is said of every row."""

    name = models.CharField(_("file"), max_length=300)
    content = models.BinaryField(null=True, editable=False)
    by = CuratorKey(editable=False)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    columns = models.JSONField(default=dict, editable=False)
    fixed = models.JSONField(default=dict, editable=False)
    # What stands in the line with the names: a list of {name, sample}.
    heading = models.JSONField(default=list, editable=False)
    heading_line = models.PositiveIntegerField(default=1, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    problem = models.TextField(blank=True, editable=False)
    read_at = models.DateTimeField(_("read"), null=True, editable=False)
    # Of the plan that was looked at; "" where the columns are still to be matched.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    only_sound = models.BooleanField(default=False, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    asked_by = CuratorKey(null=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), null=True, editable=False)
    undo_asked_at = models.DateTimeField(null=True, editable=False)
    undo_the_rest = models.BooleanField(default=False, editable=False)  # where some entries were changed since
    undone_by = CuratorKey(null=True, editable=False)
    undone_at = models.DateTimeField(_("taken back"), null=True, editable=False)

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(saved_at__isnull=True) | Q(asked_at__isnull=False, asked_by__isnull=False),
                name="import_saved_was_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True)
                | Q(saved_at__isnull=False, undo_asked_at__isnull=False, undone_by__isnull=False),
                name="import_undone_was_saved",
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True) | ~Q(fingerprint=""), name="import_asked_for_was_looked_at"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Whether the worker has something to do with it."""
        if self.undo_asked_at:
            return self.undone_at is None
        return self.read_at is None or (self.asked_at is not None and self.saved_at is None)

    @property
    def may_be_saved(self) -> bool:
        saves = self.counts.get("new", 0) + self.counts.get("changed", 0)
        return bool(self.fingerprint and saves and not self.asked_at)

    def may_be_undone(self) -> bool:
        """By the database's clock."""
        recent = SheetImport.objects.filter(saved_at__gt=Now() - UNDONE_WITHIN, undo_asked_at__isnull=True)
        return recent.filter(pk=self.pk).exists()

    def read_again(self, **columns) -> None:
        """Forgets what was found; the worker reads it once more."""
        self.rows.all().delete()
        empty = {
            "read_at": None,
            "fingerprint": "",
            "problem": "",
            "counts": {},
            "asked_at": None,
            "done": 0,
            "total": 0,
        }
        SheetImport.objects.filter(pk=self.pk, saved_at__isnull=True).update(**(empty | columns))

    def keep_plan(self, fingerprint: str, rows: list["SheetRow"], problem: str = "") -> None:
        """What the plan would do with each row; in a transaction."""
        self.rows.all().delete()
        SheetRow.objects.bulk_create(rows, batch_size=500)
        counts = Counter(row.outcome for row in rows)
        SheetImport.objects.filter(pk=self.pk).update(
            read_at=Now(), fingerprint=fingerprint, counts=counts, problem=problem, asked_at=None, asked_by=None
        )


class SheetRow(models.Model):
    """What becomes, or became, of a row; ``before`` and ``after`` are revisions of the entry."""

    sheet = models.ForeignKey(SheetImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    outcome = models.CharField(_("outcome"), max_length=10)
    slug = models.CharField(_("address"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    reasons = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    changes = models.JSONField(default=list)  # [name of the field, before, after]
    cells = models.JSONField(default=dict)  # of a refused row, as they stand in the file
    # No foreign key: an entry that is deleted later leaves its line in the log.
    entry = models.BigIntegerField(null=True)
    before = models.PositiveIntegerField(null=True)
    after = models.PositiveIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["line"]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "line"], name="sheet_row_once_per_line"),
            models.CheckConstraint(
                condition=Q(outcome__in=["new", "changed", "unchanged", "refused"]), name="sheet_row_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(after__isnull=True) | Q(entry__isnull=False, outcome__in=["new", "changed"]),
                name="sheet_row_saved_has_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(after__isnull=False), name="sheet_row_undone_was_saved"
            ),
        ]

    def __str__(self):
        return f"{self.line}: {self.title or self.slug}"
