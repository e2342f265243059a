"""What the nightly look at a source's address found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.links import Look, Outcome
from practices.models.source import Source

# Nights in a row on which a source must fail before it is called broken: servers rest, too.
NIGHTS = 2


class LinkCheckQuerySet(models.QuerySet):
    def record(self, source: Source, look: Look, on) -> "LinkCheck":
        """Keeps one look and brings the source in step; ``on`` is the day (date)."""
        check = self.create(source=source, outcome=look.outcome, status=look.status, moved_to=look.moved_to[:1000])
        if look.outcome.is_broken:
            latest = self.filter(source=source).order_by("-checked_at", "-pk")[:NIGHTS]
            if source.broken_since is None and len(latest) == NIGHTS and all(one.is_broken for one in latest):
                source.broken_since = on
        else:
            source.broken_since, source.last_seen_on = None, on
        source.save(update_fields=["broken_since", "last_seen_on"])
        return check


class LinkCheck(models.Model):
    """One look at one address."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="checks", verbose_name=_("source"))
    checked_at = models.DateTimeField(_("looked at"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=11, choices=[(one.value, one.value) for one in Outcome])
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

    @property
    def is_broken(self) -> bool:
        """Whether a reader would not have got there."""
        return Outcome(self.outcome).is_broken
