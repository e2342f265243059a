"""A row for each e-mail: what became of it, and which of its links have been used."""

import secrets
import uuid
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple, Self

from django.contrib.postgres.fields import ArrayField
from django.core import checks
from django.db import models, transaction
from django.db.models import Q, TextChoices
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.throttle import Limit
from citysolidarity.mail.domains import mailbox_key
from citysolidarity.mail.tokens import NONCE_BYTES, TokenSigner, TokenStatus

LINKS_WORK_FOR = timedelta(days=7)
# Longer than the worker tries (worker/backlog.py).
GIVEN_UP_AFTER = timedelta(days=5)
GIVEN_UP = Q(reply="", posted_at__lt=Now() - GIVEN_UP_AFTER)
NEEDLESS = "not needed"
# For each mailbox and each form of the site that causes them: whoever fills in one form with an address that is not
# theirs does not use up what another form may send there.
LETTERS = Limit("letters", 3, days=1)
LINE = 6  # three that left today, and three that wait for their turn
# After these a button that was pressed before says so, and how things stand now.
AGAIN_MINUTES = 15
SET_BY_SUBCLASS = ("SIGNER", "subject", "address", "target")


def seconds_to_wait(form: str, address: str) -> float | None:
    """Count an e-mail that a form causes; the seconds until it may leave, None where no more of them may wait."""
    return LETTERS.reserve(f"{form} {mailbox_key(address)}", line=LINE)


class OpenedLink(NamedTuple):
    """The state of a link that was opened; ``letter`` and ``purpose`` are None only where its token is altered."""

    verdict: TokenStatus
    letter: "OutgoingEmail | None" = None
    purpose: TextChoices | None = None


class OutgoingEmailQuerySet(models.QuerySet):
    def with_subject(self):
        """Fetch what the letters are about in the same query; a subclass says how."""
        return self

    def reachable(self):
        """Only letters that still have an address, which is fetched with them; a subclass says how."""
        return self

    def open(self, token: str, purpose: TextChoices) -> OpenedLink:
        """The state of a link for ``purpose``. Changes nothing: a mail scanner may open it."""
        signer = self.model.SIGNER
        claim = signer.read(token)
        letter = claim and self.with_subject().filter(pk=claim.letter_id).annotate(clock=Now()).first()
        if not letter or not signer.is_genuine(token, claim, bytes(letter.nonce)):
            return OpenedLink(TokenStatus.ALTERED)
        return OpenedLink(letter._status(claim.purpose, purpose), letter, claim.purpose)

    def use(self, token: str, purpose: TextChoices, content: str = "") -> OpenedLink:
        """Like ``open``, with the row locked in the caller's transaction, and mark a good link as used."""
        opened = self.select_for_update(of=("self",)).open(token, purpose)
        if opened.verdict is TokenStatus.GOOD:
            opened.letter.used = [*opened.letter.used, opened.purpose.value, opened.letter.mark(purpose, content)]
            opened.letter.save(update_fields=["used"])
        return opened

    def waiting(self):
        return self.filter(sent_at__isnull=True, bounced_at__isnull=True)

    def to_send(self, letter_id):
        """The waiting letter of this id with its subject and address; None when there is nothing to send."""
        return self.waiting().with_subject().reachable().annotate(clock=Now()).filter(pk=letter_id).first()

    def given_up(self):
        """Letters that could not be sent in any try, and that no server refused."""
        return self.waiting().filter(GIVEN_UP)

    def undelivered(self):
        """For curators to look into: bounced, or given up."""
        lost = GIVEN_UP & Q(sent_at__isnull=True)
        return self.reachable().filter(Q(bounced_at__isnull=False) | lost).order_by("-posted_at")


class OutgoingEmail(models.Model):
    """Stores neither the text nor the address nor a usable link of an e-mail.

    A subclass has a ``SIGNER`` for its links, ``WORKS_FOR`` for those that work longer or shorter than LINKS_WORK_FOR,
    a constraint ``one_outcome``, and

    - ``subject``, a property: the object that the e-mail is about, passed to its function in emails.py;
    - ``address``, a property (str): the mailbox it goes to;
    - ``target(subject)``, a class method (dict): the columns that refer to the subject.
    """

    SIGNER: TokenSigner
    WORKS_FOR: dict[TextChoices, timedelta] = {}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("e-mail"), max_length=40, editable=False)
    language = models.CharField(_("language"), max_length=7, editable=False)
    nonce = models.BinaryField(editable=False)
    posted_at = models.DateTimeField(_("queued"), db_default=Now(), editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    bounced_at = models.DateTimeField(_("bounced"), null=True, editable=False)
    # Only the codes, such as "550 5.1.1": a mail server's sentence may repeat the address.
    reply = models.CharField(_("what the mail server answered"), max_length=16, blank=True, editable=False)
    used = ArrayField(models.CharField(max_length=20), default=list, editable=False, verbose_name=_("links used"))

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["posted_at"]
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")

    @classmethod
    def check(cls, **kwargs) -> list[checks.CheckMessage]:
        missing = [name for name in SET_BY_SUBCLASS if not hasattr(cls, name)]
        errors = [checks.Error(f"A model of letters says its {name}.", obj=cls, id="letters.E001") for name in missing]
        return super().check(**kwargs) + errors

    @property
    def address_was_typed(self) -> bool:
        """Whether a visitor typed the address: then its holder may have blocked it."""
        return True

    @property
    def addressing(self) -> dict:
        """The columns that send a further letter about the same subject to the same mailbox."""
        return {}

    @classmethod
    def about(cls, subject, name: str, language: str, **columns) -> Self:
        """Save a new letter. Raises IntegrityError for the second one of a kind that is sent only once."""
        columns |= {"name": name, "language": language, "nonce": secrets.token_bytes(NONCE_BYTES)}
        with transaction.atomic():
            letter = cls.objects.create(**cls.target(subject), **columns)
        letter.refresh_from_db(fields=["posted_at"])
        return letter

    def token(self, purpose: TextChoices) -> str:
        """The secret part of the link for ``purpose``: it may stand in the letter's text and nowhere else."""
        return self.SIGNER.make(self.pk, purpose, bytes(self.nonce))

    def expires_at(self, purpose: TextChoices | None = None) -> datetime:
        return self.posted_at + self.WORKS_FOR.get(purpose, LINKS_WORK_FOR)

    def mark(self, purpose: TextChoices, content: str) -> str:
        """Stands in ``used``: the minute by the database's clock, and a hash of what was sent with the link."""
        said = f"{purpose} {content}".encode("utf-8", "surrogatepass")
        digest = blake2b(said, digest_size=4, key=bytes(self.nonce)).hexdigest()
        return f"{int(self.clock.timestamp() // 60)}.{digest}"

    def was_just_used(self, purpose: TextChoices, content: str) -> bool:
        """Whether this is the same press of the same button once more: somebody has double-clicked, or gone back."""
        minute, digest = self.mark(purpose, content).split(".")
        earlier = (mark.split(".") for mark in self.used if "." in mark)
        return any(other == digest and int(minute) - int(then) <= AGAIN_MINUTES for then, other in earlier)

    def _status(self, made_for: TextChoices, asked_for: TextChoices) -> TokenStatus:
        if made_for != asked_for:
            return TokenStatus.WRONG_PURPOSE
        if made_for in self.used:
            return TokenStatus.USED
        return TokenStatus.EXPIRED if self.clock > self.expires_at(made_for) else TokenStatus.GOOD

    @property
    def is_given_up(self) -> bool:
        """As ``given_up()``, but by this machine's clock."""
        is_waiting = not (self.sent_at or self.bounced_at or self.reply)
        return is_waiting and self.posted_at < timezone.now() - GIVEN_UP_AFTER

    def mark_sent(self) -> None:
        type(self).objects.filter(pk=self.pk, sent_at__isnull=True).update(sent_at=Now())

    def cancel(self) -> None:
        """Cancel the letter because its subject changed, or its holder blocked the address, before it was sent."""
        type(self).objects.filter(pk=self.pk).update(reply=NEEDLESS)

    def mark_bounced(self, reply: str) -> None:
        """``reply`` holds the codes with which the mail server refused it for good."""
        type(self).objects.filter(pk=self.pk, sent_at__isnull=True).update(bounced_at=Now(), reply=reply[:16])

    def mark_bounced_later(self, reply: str) -> None:
        """A mail server had accepted it, and another refused it hours later. The first report of it counts."""
        with transaction.atomic():
            taken_back = type(self).objects.filter(pk=self.pk, bounced_at__isnull=True).update(sent_at=None)
            if taken_back:
                self.mark_bounced(reply)


def outcome(letter: OutgoingEmail) -> str:
    """What became of a letter, for curators to read."""
    if letter.bounced_at:
        return _("Bounced: %(reply)s") % {"reply": letter.reply or "–"}
    if letter.sent_at:
        return _("Sent")
    if letter.reply:
        return _("No longer needed")
    return _("Given up: no server took it") if letter.is_given_up else _("Waiting to be sent")


def one_outcome(name: str) -> models.CheckConstraint:
    """Refuse a letter that was both sent and bounced."""
    return models.CheckConstraint(condition=Q(sent_at__isnull=True) | Q(bounced_at__isnull=True), name=name)
