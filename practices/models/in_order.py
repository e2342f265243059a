"""Rows that stand in an order which curators give them."""

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _


class InOrder(models.Model):
    """A row with a place among its like in what it is ``inside``; one that is saved without a place comes last."""

    inside = "guide"
    position = models.PositiveSmallIntegerField(
        _("order"), blank=True, help_text=_("Leave this empty to add it at the end.")
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.position is None:
            like = type(self).objects.filter(**{self.inside: getattr(self, f"{self.inside}_id")})
            last = like.aggregate(last=Max("position"))["last"]
            self.position = (last or 0) + 1
        super().save(*args, **kwargs)
