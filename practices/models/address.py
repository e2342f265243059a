"""Addresses that once answered: they lead to the new one, or say why there is none."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FormerAddress(models.Model):
    """A retired path without its language, such as ``/practices/old-name/``."""

    path = models.CharField(_("former path"), max_length=300, unique=True)
    moved_to = models.CharField(_("path it leads to"), max_length=300, blank=True)
    reason = models.CharField(_("why it is gone"), max_length=500, blank=True)
    retired_at = models.DateTimeField(_("retired"), auto_now_add=True)

    class Meta:
        ordering = ["-retired_at"]
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            # Either it leads somewhere, or it says why it is gone: never both, never neither.
            models.CheckConstraint(
                condition=(Q(moved_to="") & ~Q(reason="")) | (~Q(moved_to="") & Q(reason="")),
                name="former_address_leads_or_explains",
            ),
            models.CheckConstraint(condition=~Q(moved_to=models.F("path")), name="former_address_no_loop"),
        ]

    def __str__(self):
        return self.path
