"""Addresses that once answered: they lead to the new one, or say why there is none."""

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class FormerAddressQuerySet(models.QuerySet):
    def lead(self, path: str, moved_to: str) -> None:
        """The path leads there from now on, and so does whatever led to the path."""
        self.filter(path=moved_to).delete()
        self.filter(moved_to=path).update(moved_to=moved_to)
        self.update_or_create(path=path, defaults={"moved_to": moved_to, "reason": ""})


class FormerAddress(models.Model):
    """A retired path without its language, such as ``/practices/old-name/``."""

    path = models.CharField(_("former path"), max_length=300, unique=True)
    moved_to = models.CharField(_("path it leads to"), max_length=300, blank=True)
    reason = models.CharField(_("why it is gone"), max_length=500, blank=True)
    retired_at = models.DateTimeField(_("retired"), auto_now_add=True)

    objects = FormerAddressQuerySet.as_manager()

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


@receiver(post_delete, sender="practices.Practice", dispatch_uid="say_it_is_removed")
def say_it_is_removed(sender, instance, **kwargs) -> None:
    """The address of an entry that was public does not answer as if nobody had ever heard of it."""
    if instance.published_at:
        reason = gettext("This entry was removed from the directory.")
        FormerAddress.objects.get_or_create(path=instance.path, defaults={"reason": reason})
