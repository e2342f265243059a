"""What a curator accepts or refuses, once or again: the shape shared by ties of practices, election days, answers, pages."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey
from citysolidarity.desk.transitions import require

# Nobody has decided.
UNDECIDED = Q(accepted_at__isnull=True, refused_at__isnull=True)
ACCEPTED = Q(accepted_at__isnull=False, refused_at__isnull=True, decided_by__isnull=False)
REFUSED = Q(accepted_at__isnull=True, refused_at__isnull=False, decided_by__isnull=False)


class Decided(models.Model):
    """The latest decision counts; each names its curator."""

    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True, editable=False)
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True, editable=False)
    decided_by = CuratorKey(null=True, blank=True, editable=False)

    # The permission of those who decide.
    PERMISSION = ""
    # What can be decided on at all.
    DECIDABLE = Q()

    class Meta:
        abstract = True

    @property
    def waits(self) -> bool:
        return not (self.accepted_at or self.refused_at)

    def accept(self, by) -> bool:
        """It counts and is shown from now on; False where it was accepted already."""
        return self._decide(by, Q(accepted_at__isnull=True), accepted_at=Now(), refused_at=None)

    def refuse(self, by) -> bool:
        """It does not count and is not shown, also where it was; False where it was refused already."""
        return self._decide(by, Q(refused_at__isnull=True), accepted_at=None, refused_at=Now())

    def _decide(self, by, expected: Q, **columns) -> bool:
        require(by, self.PERMISSION)
        rows = type(self).objects.filter(self.DECIDABLE, expected, pk=self.pk)
        return bool(rows.update(decided_by=by, **columns))
