from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CommitmentQuerySet(models.QuerySet):
    def with_clause(self):
        return self.select_related("clause").order_by("position")


class Commitment(models.Model):
    """A promise of a signature, as public as the signature itself: a curator has looked at both."""

    signature = models.ForeignKey(
        "pledges.Signature", models.CASCADE, related_name="commitments", verbose_name=_("signature")
    )
    clause = models.ForeignKey("pledges.Clause", models.PROTECT, related_name="commitments", verbose_name=_("clause"))
    position = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("what the city will do"), max_length=280)
    due = models.DateField(_("by when"))

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.UniqueConstraint(fields=["signature", "position"], name="commitment_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="commitment_says_what"),
        ]

    def __str__(self):
        return self.text

    @property
    def is_past(self) -> bool:
        return self.due < timezone.localdate()
