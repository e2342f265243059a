"""What the nightly look at an address found."""

from django.db import models, transaction
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.link_checker import LinkStatus, Outcome
from practices.models.entries.source import BROKEN, CheckedAddress, Source

# Nights in a row on which an address must fail before it is called broken: servers rest, too.
NIGHTS = 2


class AddressCheckQuerySet(models.QuerySet):
    def record(self, row: CheckedAddress, link: LinkStatus, on) -> "AddressCheck | None":
        """Keeps one check and brings the row in step; ``on`` is the day (date).

        None, and nothing kept, where the address that was looked at is the row's no more.
        """
        with transaction.atomic():
            stored = type(row).objects.select_for_update(of=["self"]).filter(pk=row.pk, url=row.url).first()
            if stored is None:
                return None
            found = {"outcome": link.outcome, "status": link.status, "moved_to": link.moved_to[:1000]}
            check = self.create(**{self.model.subject: stored}, **found)
            if not link.outcome.is_broken:
                stored.broken_since, stored.kept_at, stored.last_seen_on = None, None, on
            elif stored.broken_since is None and self._failed_on(stored) >= NIGHTS:
                stored.broken_since = on
            stored.save(update_fields=["broken_since", "kept_at", "last_seen_on"])
        row.broken_since, row.kept_at, row.last_seen_on = stored.broken_since, stored.kept_at, stored.last_seen_on
        return check

    def _failed_on(self, row: CheckedAddress) -> int:
        """On how many days it has failed since it last answered; two looks on one day are one."""
        of_row = self.filter(**{self.model.subject: row})
        last_answer = of_row.exclude(outcome__in=BROKEN).aggregate(last=models.Max("pk"))["last"] or 0
        return of_row.filter(pk__gt=last_answer).aggregate(
            days=models.Count(TruncDate("checked_at"), distinct=True)
        )["days"]  # fmt: skip


class AddressCheck(models.Model):
    """``subject`` is the field that names the row whose address was looked at."""

    subject: str
    checked_at = models.DateTimeField(_("looked at"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=11, choices=[(code.value, code.value) for code in Outcome])
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    moved_to = models.URLField(_("moved to"), max_length=1000, blank=True)

    objects = AddressCheckQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-checked_at", "-pk"]
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")

    def __str__(self):
        return f"{getattr(self, self.subject)}: {self.outcome}"


class LinkCheck(AddressCheck):
    subject = "source"
    source = models.ForeignKey(Source, models.CASCADE, related_name="checks", verbose_name=_("source"))

    class Meta(AddressCheck.Meta):
        abstract = False
        indexes = [models.Index(fields=["source", "-checked_at"], name="link_check_latest")]
