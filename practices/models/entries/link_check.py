"""What the nightly look at a source's address found."""

from django.db import models, transaction
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.link_checker import LinkStatus, Outcome
from practices.models.entries.source import BROKEN, Source

# Nights in a row on which a source must fail before it is called broken: servers rest, too.
NIGHTS = 2


class LinkCheckQuerySet(models.QuerySet):
    def record(self, source: Source, link: LinkStatus, on) -> "LinkCheck | None":
        """Keeps one check and brings the source in step; ``on`` is the day (date).

        None, and nothing kept, where the address that was looked at is the source's no more.
        """
        with transaction.atomic():
            stored = Source.objects.select_for_update(of=["self"]).filter(pk=source.pk, url=source.url).first()
            if stored is None:
                return None
            check = self.create(source=stored, outcome=link.outcome, status=link.status, moved_to=link.moved_to[:1000])
            if not link.outcome.is_broken:
                stored.broken_since, stored.kept_at, stored.last_seen_on = None, None, on
            elif stored.broken_since is None and self._failed_on(stored) >= NIGHTS:
                stored.broken_since = on
            stored.save(update_fields=["broken_since", "kept_at", "last_seen_on"])
        source.broken_since, source.kept_at, source.last_seen_on = (
            stored.broken_since,
            stored.kept_at,
            stored.last_seen_on,
        )
        return check

    def _failed_on(self, source: Source) -> int:
        """On how many days it has failed since it last answered; two looks on one day are one."""
        answered = self.filter(source=source).exclude(outcome__in=BROKEN)
        last_answer = answered.aggregate(last=models.Max("pk"))["last"] or 0
        failed = self.filter(source=source, pk__gt=last_answer)
        return failed.aggregate(days=models.Count(TruncDate("checked_at"), distinct=True))["days"]


class LinkCheck(models.Model):
    source = models.ForeignKey(Source, models.CASCADE, related_name="checks", verbose_name=_("source"))
    checked_at = models.DateTimeField(_("looked at"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=11, choices=[(code.value, code.value) for code in Outcome])
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    moved_to = models.URLField(_("moved to"), max_length=1000, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_at", "-pk"]
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")
        indexes = [models.Index(fields=["source", "-checked_at"], name="link_check_latest")]

    def __str__(self):
        return f"{self.source}: {self.outcome}"
