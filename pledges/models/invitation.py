"""Somebody invites a city to sign: a few words by e-mail, which a curator reads before they are sent."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.clock import database_now
from citysolidarity.desk.fields import CuratorKey
from citysolidarity.desk.transitions import TransitionNotAllowed, require
from citysolidarity.erasures.models import ErasureAct, ErasureNote
from citysolidarity.forms.one_time_key import SubmittedForm
from citysolidarity.http.throttle import keyed_hash
from citysolidarity.mail.domains import at_domain, domain_of, is_free, mailbox_key
from pledges.models.invited_city import InvitedCity
from pledges.models.workflow import CURATE

LONGEST_MESSAGE = 1_000  # characters
LONGEST_NOTE = 300

UNDECIDED = Q(withdrawn_at__isnull=True, refused_at__isnull=True, invited__isnull=True)
UNCONFIRMED = Q(confirmed_at__isnull=True) & UNDECIDED
WAITS = Q(confirmed_at__isnull=False) & UNDECIDED

INVITATION_REASONS = {
    "already-invited": _("You have invited this city before, and a curator has not decided yet. Nothing was changed."),
    "signed": _("The city has signed in the meantime, so it need not be invited any more. Thank you all the same."),
    "ended": _("This invitation has been confirmed, withdrawn or decided in the meantime."),
}


class Writer(models.TextChoices):
    CITY = "city", _("I write for a city that has signed")
    RESIDENT = "resident", _("I write as a resident")


class NotSent(models.TextChoices):
    """Why a curator does not send an invitation; whoever wrote it is told."""

    SIGNED = "signed", _("The city has signed")
    WORDS = "words", _("The message cannot be sent to a city")
    NO_ADDRESS = "no-address", _("We found no public e-mail address of the city")
    OTHER = "other", _("Another reason, in your own words below")


class InvitationState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("Waiting for confirmation")
    WAITS = "waits", _("Waiting for a curator")
    SENT = "sent", pgettext_lazy("state of an invitation", "Sent")
    REFUSED = "refused", pgettext_lazy("state of an invitation", "Not sent")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an invitation", "Withdrawn")


class InvitationQuerySet(models.QuerySet):
    def waiting(self):
        """Confirmed, and a curator has not decided."""
        return self.filter(WAITS)

    def of_mailbox(self, email: str):
        return self.filter(mailbox=inviter_mark(email))

    def with_cities(self):
        return self.select_related("city", "from_city").defer("city__keywords", "from_city__keywords")


class Invitation(SubmittedForm):
    """One form that was accepted. ``sent_at`` is when the form came; ``invited`` is the e-mail that took the words along."""

    city = models.ForeignKey(
        "practices.City", models.PROTECT, related_name="invitations", verbose_name=_("city"), editable=False
    )
    writer = models.CharField(_("who writes"), max_length=8, choices=Writer, editable=False)
    from_city = models.ForeignKey(
        "practices.City", models.PROTECT, null=True, blank=True, related_name="invitations_written", editable=False,
        verbose_name=_("city that has signed"),
    )  # fmt: skip
    message = models.TextField(_("message"), max_length=LONGEST_MESSAGE, editable=False)
    # A keyed hash: it tells that the same mailbox invites again, and nobody can read it.
    mailbox = models.BinaryField(_("keyed hash of the address"), null=True)
    language = models.CharField(_("language of the page"), max_length=7, editable=False)
    letter_language = models.CharField(_("language of the e-mail to the city"), max_length=7, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    city_email = models.EmailField(
        _("public e-mail address of the city"),
        max_length=254,
        blank=True,
        help_text=_("As the city’s own website gives it. Neither the public nor whoever invites sees it."),
    )
    read_at = models.DateTimeField(_("read by a curator"), null=True, blank=True, editable=False)
    read_by = CuratorKey(verbose_name=_("read by"), null=True, blank=True, editable=False)
    invited = models.ForeignKey(
        InvitedCity, models.PROTECT, null=True, blank=True, related_name="invitations", editable=False,
        verbose_name=_("e-mail to the city"),
    )  # fmt: skip
    refused_at = models.DateTimeField(_("not sent, decided"), null=True, blank=True, editable=False)
    refused_by = CuratorKey(verbose_name=_("decided by"), null=True, blank=True, editable=False)
    refusal = models.CharField(_("why it is not sent"), max_length=10, choices=NotSent, blank=True)
    refusal_note = models.CharField(
        _("your own explanation"),
        max_length=LONGEST_NOTE,
        blank=True,
        help_text=_("Shown in the e-mail below the reason. You can leave this empty."),
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("invitation of a city")
        verbose_name_plural = _("invitations of cities")
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "city"], condition=WAITS, name="invitation_one_waits_per_mailbox"),
            models.CheckConstraint(
                condition=Q(writer=Writer.RESIDENT) | Q(writer=Writer.CITY, from_city__isnull=False),
                name="invitation_of_a_city_names_it",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, read_at__isnull=True, invited__isnull=True, refused_at__isnull=True)
                | Q(confirmed_at__gte=F("sent_at"), confirmed_at__isnull=False),
                name="invitation_confirmed_first",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True, invited__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="invitation_read_before_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refused_by__isnull=True, refusal="", refusal_note="")
                | Q(refused_at__isnull=False, refused_by__isnull=False, refusal__in=NotSent.values),
                name="invitation_refused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, refused_at__isnull=True)
                | Q(withdrawn_at__isnull=True, invited__isnull=True)
                | Q(refused_at__isnull=True, invited__isnull=True),
                name="invitation_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(mailbox__isnull=True, message=""),
                name="invitation_withdrawn_without_words",
            ),
        ]  # fmt: skip

    @property
    def state(self) -> InvitationState:
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        if self.refused_at:
            return InvitationState.REFUSED
        if self.invited_id:
            return InvitationState.SENT
        return InvitationState.WAITS if self.confirmed_at else InvitationState.UNCONFIRMED

    @classmethod
    def write(cls, key: str, answers: str, *, email: str, first_name: str = "", **columns) -> "Invitation":
        """Save an invitation with its contact, in the caller's transaction."""
        invitation = cls.accepted(key, answers, mailbox=inviter_mark(email), **columns)
        InvitationContact.objects.create(invitation=invitation, email=email, first_name=first_name)
        return invitation

    @property
    def is_from_the_city(self) -> bool:
        """Whether the mailbox is at the domain that is recorded as that of the city for which somebody writes."""
        contact = getattr(self, "contact", None)
        if contact is None or self.from_city is None:
            return False
        domain = domain_of(contact.email)
        return not is_free(domain) and at_domain(domain, self.from_city.official_domain)

    # --- by the holder of the mailbox; each raises TransitionNotAllowed ---------------

    def confirm(self) -> None:
        if self.city.is_signed:
            raise not_possible("signed")
        try:
            with transaction.atomic():
                self._move(UNCONFIRMED, confirmed_at=Now())
        except IntegrityError as error:
            if "invitation_one_waits_per_mailbox" in str(error):
                raise not_possible("already-invited") from error
            raise

    def withdraw(self) -> None:
        """Before a curator has decided. Address, first name, words and mark go at once."""
        with transaction.atomic():
            self._move(UNDECIDED, withdrawn_at=Now(), mailbox=None, message="")
            ErasureNote.objects.note(ErasureAct.INVITATION_WITHDRAWN, self.reference)
            InvitationContact.objects.filter(invitation_id=self.pk).delete()

    # --- at the desk -----------------------------------------------------------------

    def together(self) -> list["Invitation"]:
        """What one e-mail takes along: this one, and those that a curator has read for the same city and language."""
        same = Invitation.objects.waiting().filter(city=self.city_id, letter_language=self.letter_language)
        rows = same.filter(Q(pk=self.pk) | Q(read_at__isnull=False)).with_cities().select_related("contact")
        return list(rows.order_by("confirmed_at", "pk"))

    def read(self, by, city_email: str) -> None:
        """A curator has read the words, and found where the city can be written to."""
        require(by, CURATE)
        self._move(WAITS, read_at=Now(), read_by=by, city_email=city_email)

    def send(self, by) -> InvitedCity:
        """Invite the city, with all that goes together; the e-mail is posted in the same transaction."""
        require(by, CURATE)
        with transaction.atomic():
            rows = Invitation.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in self.together()])
            keys = [row.pk for row in rows.filter(WAITS, read_at__isnull=False).order_by("pk")]
            self.refresh_from_db()
            if why := self.why_not_send():
                raise TransitionNotAllowed(why)
            invited = InvitedCity.invite(self.city, self.city_email, self.letter_language, by)
            Invitation.objects.filter(pk__in=keys).update(invited=invited)
        self.refresh_from_db(fields=["invited"])
        return invited

    def why_not_read(self) -> str:
        """Why it can't be done now, as a sentence; "" where nothing speaks against it. Likewise the next two."""
        return {
            InvitationState.UNCONFIRMED: gettext("whoever wrote it has not pressed the button in our e-mail yet."),
            InvitationState.WAITS: "",
            InvitationState.SENT: gettext("it has been sent."),
            InvitationState.REFUSED: gettext("it was decided not to send it."),
            InvitationState.WITHDRAWN: gettext("whoever wrote it has withdrawn it."),
        }[self.state]

    def why_not_send(self) -> str:
        if why := self.why_not_read():
            return why
        if self.city.signatures.live().exists():
            return gettext("the city has signed.")
        if (day := InvitedCity.objects.next_day_for(self.city)) > database_now().date():
            return gettext("the city gets one invitation a month: the next one can go from %(day)s on.") % {
                "day": date_format(day, "DATE_FORMAT")
            }
        if not (self.read_at and self.city_email):
            return gettext("first save the city’s e-mail address, and read the e-mail.")
        return ""

    def why_not_refuse(self) -> str:
        return self.why_not_read()

    def refuse(self, by, refusal: str, note: str = "") -> None:
        require(by, CURATE)
        self._move(WAITS, refused_at=Now(), refused_by=by, refusal=refusal, refusal_note=note)

    def _move(self, expected: Q, **columns) -> None:
        """An UPDATE waits for another one of the same row, and then looks again whether the row is as expected."""
        if not type(self).objects.filter(expected, pk=self.pk).update(**columns):
            raise not_possible("ended")
        self.refresh_from_db(fields=list(columns))

    @property
    def letters_in(self) -> str:
        """The language of our e-mails to whoever wrote it."""
        return self.language if self.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class InvitationContact(models.Model):
    """Who invites. A table of its own, so that no public query can touch it."""

    invitation = models.OneToOneField(
        Invitation, models.CASCADE, primary_key=True, related_name="contact", verbose_name=_("invitation")
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    first_name = models.CharField(_("first name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("contact of an invitation")
        verbose_name_plural = _("contacts of invitations")
        constraints = [models.CheckConstraint(condition=~Q(email=""), name="invitation_contact_has_address")]

    def __str__(self):
        return self.invitation.reference


def inviter_mark(email: str) -> bytes:
    """What is kept of an address for as long as the invitation is."""
    return keyed_hash("invitation of a city", mailbox_key(email))


def not_possible(code: str) -> TransitionNotAllowed:
    """The error for a key of INVITATION_REASONS."""
    return TransitionNotAllowed(INVITATION_REASONS[code], code)
