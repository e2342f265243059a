"""How to reach those who answer for an entry: a table of its own, so that no public query can touch it."""

import secrets

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.locks import ShownQuerySet
from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.tokens import NONCE_BYTES
from practices.models.sharing.speaking import Speaking, speaks_when_proved


class ContactRole(models.TextChoices):
    """Who is written to first, and who when the first does not answer."""

    ROLE = "role", _("The responsible office")
    DEPUTY = "deputy", _("Its deputy")


class ContactRouteQuerySet(ShownQuerySet):
    def working(self):
        return self.filter(bounced_at__isnull=True)

    def speaking(self):
        """Working mailboxes that speak for the city: the yearly question and readers' questions go nowhere else."""
        return self.working().filter(speaks_since__isnull=False)

    def unproved(self):
        """Mailboxes of public entries whose confirmation nobody has pressed."""
        public = {"practice__published_at__isnull": False, "practice__archived_at__isnull": True}
        return self.working().filter(mailbox_confirmed_at__isnull=True, **public)

    def bounced(self):
        return self.filter(bounced_at__isnull=False)


class ContactRoute(Speaking):
    """A mailbox of an office, not of a person. Never public; a curator keeps it."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="routes", verbose_name=_("practice")
    )
    seat = models.CharField(_("who"), max_length=6, choices=ContactRole, default=ContactRole.ROLE)
    office = models.CharField(
        pgettext_lazy("of a city", "office"),
        max_length=120,
        blank=True,
        help_text=_("For example: Integration Office. No personal names."),
    )
    email = models.EmailField(
        _("e-mail address"),
        max_length=254,
        help_text=_("Ideally of a department, so that it stays the same when staff change. Only the curators see it."),
    )
    language = models.CharField(
        _("writes in"), max_length=7, default="en", help_text=_("The language of our e-mails, as a code: en, fr …")
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
                violation_error_message=_("An entry has at most one responsible office and one deputy."),
            ),
            models.CheckConstraint(condition=~Q(email=""), name="contact_route_has_address"),
            models.CheckConstraint(condition=Q(seat__in=ContactRole.values), name="contact_route_seat_known"),
            *speaks_when_proved("contact_route"),
        ]

    def __str__(self):
        # The desk writes this into its log, where no address belongs.
        return self.get_seat_display()

    def save(self, *args, **kwargs):
        """Another address starts anew: it has not bounced and speaks for nobody, and links that lie in the old mailbox
        open nothing more."""
        with transaction.atomic():
            stored = type(self).objects.select_for_update().filter(pk=self.pk).first()
            # What was seen of an address is written by its acts alone, never by a form that was fetched before.
            self._copy_proof(stored if stored and stored.email == self.email else ContactRoute())
            if stored and stored.email != self.email:
                self.bounced_at, self.since = None, Now()
                self.letters.update(nonce=secrets.token_bytes(NONCE_BYTES))
            super().save(*args, **kwargs)

    def confirm_mailbox(self) -> None:
        """Whoever reads our letters pressed the button; raises TransitionNotAllowed where that was done before."""
        mine = type(self).objects.filter(pk=self.pk, mailbox_confirmed_at__isnull=True)
        if not mine.update(mailbox_confirmed_at=Now()):
            raise TransitionNotAllowed(gettext("This e-mail address has already been confirmed."))

    def mark_dead(self, dead: bool = True) -> None:
        """A curator knows that e-mails reach nobody there; or that they do again."""
        self.bounced_at = Now() if dead else None
        type(self).objects.filter(pk=self.pk).update(bounced_at=self.bounced_at)
        self.refresh_from_db(fields=["bounced_at"])

    def take_over(self, proof: Speaking) -> None:
        """The address of a submission that speaks for the city becomes this one, with what was seen of it."""
        with transaction.atomic():
            self.email, self.office, self.language = proof.email, proof.office, proof.language
            self.bounced_at = None
            self.save()
            self._copy_proof(proof)
            super().save()

    def _copy_proof(self, other: Speaking) -> None:
        for field in Speaking._meta.fields:
            setattr(self, field.attname, getattr(other, field.attname))

    @property
    def letters_in(self) -> str:
        """The language of our letters to it: its own where the site speaks it."""
        return self.language if self.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
