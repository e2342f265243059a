from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey
from pledges.vocabularies import Kind

# A decision that was taken back can be made again.
REPEATABLE = (Kind.WITHDRAWN, Kind.WITHDRAWAL_UNDONE, Kind.VERIFIED, Kind.REFUSED, Kind.TAKEN_BACK)
AT_THE_DESK = (Kind.WITHDRAWN, Kind.WITHDRAWAL_UNDONE, Kind.REFUSED, Kind.TAKEN_BACK)
BY_A_CURATOR = (Kind.VERIFIED, Kind.PUBLISHED)


class SignatureEventQuerySet(models.QuerySet):
    def public(self):
        """Without what was undone or taken back, which only the city and the curators know of."""
        taken_back = self.model.objects.filter(
            signature=OuterRef("signature"), kind=Kind.TAKEN_BACK, reason=Kind.VERIFIED
        )
        later = Exists(taken_back.filter(at__gte=OuterRef("at")))
        return self.exclude(kind__in=(*AT_THE_DESK, Kind.SUPERSEDED)).exclude(later, kind=Kind.VERIFIED)


class SignatureEvent(models.Model):
    """A transition of a signature. The database refuses UPDATE, and DELETE of all but the one event of a load."""

    signature = models.ForeignKey(
        "pledges.Signature", models.PROTECT, related_name="events", verbose_name=_("signature")
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    by = CuratorKey(null=True, blank=True, help_text=_("The curator; empty for the signer and for the clock."))
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
