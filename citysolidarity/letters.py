"""Letters as rows: one for each, which says what was sent, and what its links may still do."""

import secrets
import uuid
from datetime import datetime, timedelta
from typing import NamedTuple, Self

from django.contrib.postgres.fields import ArrayField
from django.core import checks
from django.db import models, transaction
from django.db.models import Q, TextChoices
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citysolidarity.throttle import Limit
from citysolidarity.tokens import NONCE_BYTES, Mint, Verdict

LINKS_WORK_FOR = timedelta(days=7)
# After the last try (backlog.py) nothing more will happen to a letter.
GIVEN_UP_AFTER = timedelta(days=5)
GIVEN_UP = Q(reply="", posted_at__lt=Now() - GIVEN_UP_AFTER)
NEEDLESS = "not needed"
# What forms can cause, for each mailbox, whatever the letters are about.
LETTERS = Limit("letters", 3, days=1)
SAID_BY_EACH = ("MINT", "subject", "address", "target")


class Opened(NamedTuple):
    """What a link turned out to be; ``letter`` and ``purpose`` are None only where it is altered."""

    verdict: Verdict
    letter: "PostedLetter | None" = None
    purpose: TextChoices | None = None


class PostedLetterQuerySet(models.QuerySet):
    """A model of letters says in ``with_subject`` and ``reachable`` what it is about and whom it reaches."""

    def with_subject(self):
        """The letters with what they are about, in the same statement."""
        return self

    def reachable(self):
        """The letters that still have an address, which is fetched with them."""
        return self

    def open(self, token: str, purpose: TextChoices) -> Opened:
        """What a link for ``purpose`` is worth now; changes nothing, so that a mail scanner may press it."""
        mint = self.model.MINT
        claim = mint.read(token)
        letter = claim and self.with_subject().filter(pk=claim.letter_id).annotate(clock=Now()).first()
        if not letter or not mint.is_genuine(token, claim, bytes(letter.nonce)):
            return Opened(Verdict.ALTERED)
        return Opened(letter._verdict(claim.purpose, purpose), letter, claim.purpose)

    def use(self, token: str, purpose: TextChoices) -> Opened:
        """Like ``open``, under a lock in the caller's transaction; a good link has been used from then on."""
        opened = self.select_for_update(of=("self",)).open(token, purpose)
        if opened.verdict is Verdict.GOOD:
            opened.letter.used = [*opened.letter.used, opened.purpose.value]
            opened.letter.save(update_fields=["used"])
        return opened

    def waiting(self):
        """Letters that neither left nor bounced."""
        return self.filter(sent_at__isnull=True, bounced_at__isnull=True)

    def to_send(self, letter_id):
        """The waiting letter of this id with its subject and address; None when there is nothing to send."""
        return self.waiting().with_subject().reachable().annotate(clock=Now()).filter(pk=letter_id).first()

    def given_up(self):
        """Letters that were not sent after every try, though nobody refused them."""
        return self.waiting().filter(GIVEN_UP)

    def undelivered(self):
        """What curators look into: bounced, or not sent after every try."""
        lost = GIVEN_UP & Q(sent_at__isnull=True)
        return self.reachable().filter(Q(bounced_at__isnull=False) | lost).order_by("-posted_at")


class PostedLetter(models.Model):
    """A letter. Neither its text nor its address nor a usable link is kept here.

    A model made of it has a ``MINT`` for its links, and ``WORKS_FOR`` where one works longer or shorter than seven
    days; a constraint ``one_outcome``; and it says

    - ``subject``, a property: what the letter is about, which its function in emails.py is given;
    - ``address``, a property (str): the mailbox it goes to;
    - ``target(subject)``, of the class (dict): the columns that say what a letter is about.
    """

    MINT: Mint
    WORKS_FOR: dict[TextChoices, timedelta] = {}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("letter"), max_length=40, editable=False)
    language = models.CharField(_("language"), max_length=7, editable=False)
    nonce = models.BinaryField(editable=False)
    posted_at = models.DateTimeField(_("posted"), db_default=Now(), editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    bounced_at = models.DateTimeField(_("bounced"), null=True, editable=False)
    # Only the codes, such as "550 5.1.1": a mail server's sentence may repeat the address.
    reply = models.CharField(_("what the mail server answered"), max_length=16, blank=True, editable=False)
    used = ArrayField(models.CharField(max_length=20), default=list, editable=False, verbose_name=_("links used"))

    objects = PostedLetterQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["posted_at"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    @classmethod
    def check(cls, **kwargs) -> list[checks.CheckMessage]:
        """What Django asks each model at every start, and whether it says what the base cannot know."""
        missing = [name for name in SAID_BY_EACH if not hasattr(cls, name)]
        said = [checks.Error(f"A model of letters says its {name}.", obj=cls, id="letters.E001") for name in missing]
        return super().check(**kwargs) + said

    @property
    def address_was_typed(self) -> bool:
        """Whether the public named the mailbox: then its holder may have asked to be left in peace."""
        return True

    @property
    def addressing(self) -> dict:
        """The columns that make a further letter about the same subject go to the same mailbox."""
        return {}

    @classmethod
    def about(cls, subject, name: str, language: str, **columns) -> Self:
        """A new letter with a nonce of its own, saved; the database refuses a second one of those that leave once."""
        columns |= {"name": name, "language": language, "nonce": secrets.token_bytes(NONCE_BYTES)}
        with transaction.atomic():
            letter = cls.objects.create(**cls.target(subject), **columns)
        letter.refresh_from_db(fields=["posted_at"])
        return letter

    def token(self, purpose: TextChoices) -> str:
        """The secret part of the link for ``purpose``: to be put into the letter's text and nowhere else."""
        return self.MINT.make(self.pk, purpose, bytes(self.nonce))

    def expires_at(self, purpose: TextChoices | None = None) -> datetime:
        """When the link for ``purpose`` ends."""
        return self.posted_at + self.WORKS_FOR.get(purpose, LINKS_WORK_FOR)

    def _verdict(self, made_for: TextChoices, asked_for: TextChoices) -> Verdict:
        if made_for != asked_for:
            return Verdict.WRONG_PURPOSE
        if made_for in self.used:
            return Verdict.USED
        return Verdict.EXPIRED if self.clock > self.expires_at(made_for) else Verdict.GOOD

    @property
    def is_given_up(self) -> bool:
        """Whether nothing more will happen to it; as ``given_up()`` says, but by this machine's clock."""
        waits = not (self.sent_at or self.bounced_at or self.reply)
        return waits and self.posted_at < timezone.now() - GIVEN_UP_AFTER

    def mark_sent(self) -> None:
        """The mail server took it."""
        type(self).objects.filter(pk=self.pk, sent_at__isnull=True).update(sent_at=Now())

    def mark_needless(self) -> None:
        """Its subject moved before the letter could leave: there is nothing to say any more."""
        type(self).objects.filter(pk=self.pk).update(reply=NEEDLESS)

    def mark_bounced(self, reply: str) -> None:
        """The mail server refused it for good; ``reply`` holds its codes."""
        type(self).objects.filter(pk=self.pk, sent_at__isnull=True).update(bounced_at=Now(), reply=reply[:16])


def outcome(letter: PostedLetter) -> str:
    """What became of a letter, in words for the desk."""
    if letter.bounced_at:
        return _("Bounced: %(reply)s") % {"reply": letter.reply or "–"}
    if letter.sent_at:
        return _("Sent")
    if letter.reply:
        return _("No longer needed")
    return _("Given up: no server took it") if letter.is_given_up else _("Waits to be sent")


def one_outcome(name: str) -> models.CheckConstraint:
    """That a letter was sent, or bounced, or neither: for the Meta of a model of letters."""
    return models.CheckConstraint(condition=Q(sent_at__isnull=True) | Q(bounced_at__isnull=True), name=name)
