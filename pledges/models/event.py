"""The history of a signature: one row for each move, which nobody can change or delete."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pledges.vocabularies import Kind

REPEATABLE = (Kind.WITHDRAWN, Kind.WITHDRAWAL_UNDONE)
BY_A_CURATOR = (Kind.VERIFIED, Kind.PUBLISHED)


class SignatureEventQuerySet(models.QuerySet):
    def told(self):
        """What a public page tells: a withdrawal that was undone stays between the city and the curators."""
        return self.exclude(kind__in=REPEATABLE)


class SignatureEvent(models.Model):
    """That a signature moved, when, and who moved it. The database refuses UPDATE and DELETE."""

    signature = models.ForeignKey(
        "pledges.Signature", models.PROTECT, related_name="events", verbose_name=_("signature")
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("The curator; empty for the signer and for the clock."),
    )
    # A code or a curator's own sentence, never what the public typed: events outlive every erasure.
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = SignatureEventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="signature_event_kind_known"),
            models.UniqueConstraint(
                fields=["signature", "kind"], condition=~Q(kind__in=REPEATABLE), name="signature_event_once_per_move"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=BY_A_CURATOR) | Q(by__isnull=False), name="signature_event_names_the_curator"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
