"""Questions to institutions that are repeated once: whoever has not answered within two weeks may have missed the e-mail."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from pledges.models.letter import ANSWERS_WORK_FOR

REMINDED_AFTER = timedelta(days=14)


class RemindedQuerySet(models.QuerySet):
    """Of rows with ``signature``, ``asked_at`` and ``reminded_at``; ``answered`` is the field of the answer's day."""

    answered: str

    def unanswered(self):
        return self.filter(**{f"{self.answered}__isnull": True})

    def to_remind(self):
        """The newest question of each signature that still stands, while the links of the first e-mail work."""
        asked = Q(asked_at__lt=Now() - REMINDED_AFTER, asked_at__gt=Now() - ANSWERS_WORK_FOR, reminded_at__isnull=True)
        newer = self.model.objects.filter(signature=OuterRef("signature"), asked_at__gt=OuterRef("asked_at"))
        signatures = self.model._meta.get_field("signature").related_model.objects.to_write_to().values("pk")
        return self.unanswered().filter(asked, ~Exists(newer), signature__in=signatures).order_by("asked_at", "pk")


def reminded_after_asked(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(reminded_at__isnull=True) | Q(reminded_at__gte=F("asked_at")), name=f"{name}_reminded_after_asked"
    )
