"""A resident supports that their city signs the statement, or thanks it for having signed. No name is ever public."""

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.erasures.models import ErasureAct, ErasureNote
from citysolidarity.forms.one_time_key import SubmittedForm
from citysolidarity.http.throttle import keyed_hash
from citysolidarity.mail.domains import mailbox_key

CONFIRMED = Q(confirmed_at__isnull=False)
LIVE = CONFIRMED & Q(withdrawn_at__isnull=True)
ASKED = Q(confirmed_at__isnull=True, withdrawn_at__isnull=True)

SUPPORT_REASONS = {
    "already-supported": _("This e-mail address already supports this city. It counts once, and nothing was changed."),
    "ended": _("This support has been confirmed or withdrawn in the meantime."),
}


class SupportState(models.TextChoices):
    ASKED = "asked", _("Waiting for confirmation")
    CONFIRMED = "confirmed", pgettext_lazy("state of a support", "Confirmed")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a support", "Withdrawn")


class SupportQuerySet(models.QuerySet):
    def live(self):
        return self.filter(LIVE)

    def counted(self):
        """Those whose resident agreed to be counted."""
        return self.live().filter(may_be_counted=True)

    def of_mailbox(self, email: str):
        """Whatever is kept of this mailbox, with or without its address."""
        return self.filter(mailbox=mailbox_mark(email))


class Support(SubmittedForm):
    """One form that was accepted. It asks the city to sign, or thanks it, as the city has signed or not.

    ``sent_at`` is when it was asked for; it counts from ``confirmed_at`` until ``withdrawn_at``.
    """

    city = models.ForeignKey(
        "practices.City", models.PROTECT, related_name="supports", verbose_name=_("city"), editable=False
    )
    # A keyed hash: it tells that the same mailbox asks again, also when the address is erased, and nobody can read it.
    mailbox = models.BinaryField(_("keyed hash of the address"), null=True)
    language = models.CharField(_("language of the page"), max_length=7, editable=False)
    may_be_counted = models.BooleanField(_("may be counted"), default=False, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = SupportQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("support by a resident")
        verbose_name_plural = _("supports by residents")
        indexes = [models.Index(fields=["city"], condition=LIVE, name="support_live_by_city")]
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "city"], condition=LIVE, name="support_one_live_per_mailbox"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("sent_at")),
                name="support_confirmed_after_asked",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(confirmed_at__isnull=True, withdrawn_at__gte=F("sent_at"))
                # A check constraint accepts a comparison with NULL.
                | Q(confirmed_at__isnull=False, withdrawn_at__gte=F("confirmed_at")),
                name="support_withdrawn_last",
            ),
            # Who has withdrawn can support again, and leaves no mark behind.
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(mailbox__isnull=True), name="support_withdrawn_without_mark"
            ),
        ]

    @property
    def state(self) -> SupportState:
        if self.withdrawn_at:
            return SupportState.WITHDRAWN
        return SupportState.CONFIRMED if self.confirmed_at else SupportState.ASKED

    @classmethod
    def ask(cls, key: str, answers: str, *, email: str, first_name: str = "", **columns) -> "Support":
        """Save a support with its contact, in the caller's transaction."""
        support = cls.accepted(key, answers, mailbox=mailbox_mark(email), **columns)
        SupportContact.objects.create(support=support, email=email, first_name=first_name)
        return support

    def confirm(self) -> None:
        """By the holder of the mailbox. Raises TransitionNotAllowed, also where the mailbox supports this city already."""
        try:
            with transaction.atomic():
                self._move(ASKED, confirmed_at=Now())
        except IntegrityError as error:
            if "support_one_live_per_mailbox" in str(error):
                raise not_possible("already-supported") from error
            raise

    def withdraw(self) -> None:
        """By the holder of the mailbox, before or after confirming. Address, first name and mark go at once."""
        with transaction.atomic():
            self._move(ASKED | LIVE, withdrawn_at=Now(), mailbox=None)
            ErasureNote.objects.note(ErasureAct.SUPPORT_WITHDRAWN, self.reference)
            SupportContact.objects.filter(support_id=self.pk).delete()

    def _move(self, expected: Q, **columns) -> None:
        """An UPDATE waits for another one of the same row, and then looks again whether the row is as expected."""
        if not type(self).objects.filter(expected, pk=self.pk).update(**columns):
            raise not_possible("ended")
        self.refresh_from_db(fields=list(columns))


class SupportContact(models.Model):
    """Who supports. A table of its own, so that no public query can touch it."""

    support = models.OneToOneField(
        Support, models.CASCADE, primary_key=True, related_name="contact", verbose_name=_("support")
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    first_name = models.CharField(_("first name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("contact of a support")
        verbose_name_plural = _("contacts of supports")
        constraints = [models.CheckConstraint(condition=~Q(email=""), name="support_contact_has_address")]

    def __str__(self):
        return self.support.reference


def mailbox_mark(email: str) -> bytes:
    """What is kept of an address for as long as it counts."""
    return keyed_hash("support of a city", mailbox_key(email))


def not_possible(code: str) -> TransitionNotAllowed:
    """The error for a key of SUPPORT_REASONS."""
    return TransitionNotAllowed(SUPPORT_REASONS[code], code)
