"""How to reach those who answer for an entry: a table of its own, so that no public query can touch it."""

import secrets

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.tokens import NONCE_BYTES


class Seat(models.TextChoices):
    """Who is written to first, and who when the first does not answer."""

    ROLE = "role", _("The role’s mailbox")
    DEPUTY = "deputy", _("Its deputy")


class ContactRouteQuerySet(models.QuerySet):
    def working(self):
        """Mailboxes that have not bounced."""
        return self.filter(bounced_at__isnull=True)

    def bounced(self):
        """Mailboxes that do not exist any more, as their server said."""
        return self.filter(bounced_at__isnull=False)


class ContactRoute(models.Model):
    """A mailbox of an office, not of a person. Never public; a curator keeps it."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="routes", verbose_name=_("practice")
    )
    seat = models.CharField(_("who"), max_length=6, choices=Seat, default=Seat.ROLE)
    office = models.CharField(
        _("office"), max_length=120, blank=True, help_text=_("Such as: Integration Office. No name of a person.")
    )
    email = models.EmailField(
        _("mail address"),
        max_length=254,
        help_text=_("Best that of an office, which stays when people change. Never shown to anybody outside the desk."),
    )
    language = models.CharField(
        _("writes in"), max_length=7, default="en", help_text=_("The language of our letters, as a code: en, fr …")
    )
    since = models.DateTimeField(_("known since"), db_default=Now(), editable=False)
    bounced_at = models.DateTimeField(_("bounced"), null=True, blank=True, editable=False)

    objects = ContactRouteQuerySet.as_manager()

    class Meta:
        ordering = ["practice", "-seat"]
        verbose_name = _("contact route")
        verbose_name_plural = _("contact routes")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "seat"],
                name="contact_route_one_per_seat",
                violation_error_message=_("An entry has one role’s mailbox and one deputy at most."),
            ),
            models.CheckConstraint(condition=~Q(email=""), name="contact_route_has_address"),
            models.CheckConstraint(condition=Q(seat__in=Seat.values), name="contact_route_seat_known"),
        ]

    def __str__(self):
        # The desk writes this into its log, where no address belongs.
        return self.get_seat_display()

    def save(self, *args, **kwargs):
        """Another address starts anew: it has not bounced, and links that lie in the old mailbox open nothing more."""
        with transaction.atomic():
            known = type(self).objects.select_for_update().filter(pk=self.pk).values_list("email", flat=True).first()
            if known is not None and known != self.email:
                self.bounced_at, self.since = None, Now()
                self.letters.update(nonce=secrets.token_bytes(NONCE_BYTES))
            super().save(*args, **kwargs)

    @property
    def letters_in(self) -> str:
        """The language of our letters to it: its own where the site speaks it."""
        return self.language if self.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
