"""The letters about a signature: one row for each, which says what was sent, and what its links may still do."""

import secrets
import uuid
from datetime import timedelta
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pledges import tokens
from pledges.tokens import Purpose, Verdict

LINKS_WORK_FOR = timedelta(days=7)
UNDO_WORKS_FOR = timedelta(hours=48)
# After the last try (citysolidarity/backlog.py) nothing more will happen to a letter.
GIVEN_UP_AFTER = timedelta(days=5)
NEEDLESS = "not needed"
FIRST = ("confirm_signature", "already_signed")
ONCE = ("confirmed_receipt", "verified_notice", "published_notice", "refused")


class Opened(NamedTuple):
    """What a link turned out to be; ``letter`` and ``purpose`` are None only where it is altered."""

    verdict: Verdict
    letter: "SignatureLetter | None" = None
    purpose: Purpose | None = None


class SignatureLetterQuerySet(models.QuerySet):
    def open(self, token: str, purpose: Purpose) -> Opened:
        """What a link for ``purpose`` is worth now; changes nothing, so that a mail scanner may press it."""
        claim = tokens.read(token)
        letter = claim and self._with_signature().filter(pk=claim.letter_id).annotate(clock=Now()).first()
        if not letter or not tokens.is_genuine(token, claim, bytes(letter.nonce)):
            return Opened(Verdict.ALTERED)
        return Opened(letter._verdict(claim.purpose, Purpose(purpose)), letter, claim.purpose)

    def use(self, token: str, purpose: Purpose) -> Opened:
        """Like ``open``, under a lock in the caller's transaction; a good link has been used from then on."""
        opened = self.select_for_update(of=("self",)).open(token, purpose)
        if opened.verdict is Verdict.GOOD:
            opened.letter.used = [*opened.letter.used, opened.purpose.value]
            opened.letter.save(update_fields=["used"])
        return opened

    def _with_signature(self):
        return self.select_related("signature__city").defer("signature__city__keywords", "signature__city__names")

    def waiting(self):
        """Letters that neither left nor bounced."""
        return self.filter(sent_at__isnull=True, bounced_at__isnull=True)

    def to_send(self, letter_id):
        """The waiting letter of this id with its signature and contact; None when there is nothing to send."""
        letters = self.waiting()._with_signature().select_related("signature__contact").annotate(clock=Now())
        return letters.filter(pk=letter_id, signature__contact__isnull=False).first()

    def undelivered(self):
        """What curators look into: bounced, or not sent after every try."""
        lost = Q(sent_at__isnull=True, reply="", posted_at__lt=Now() - GIVEN_UP_AFTER)
        return self.filter(Q(bounced_at__isnull=False) | lost, signature__contact__isnull=False).order_by("-posted_at")


class SignatureLetter(models.Model):
    """A letter to the contact of a signature. Neither its text nor its address nor a usable link is kept here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.ForeignKey(
        "pledges.Signature", models.CASCADE, related_name="letters", verbose_name=_("signature")
    )
    name = models.CharField(_("letter"), max_length=40, editable=False)
    language = models.CharField(_("language"), max_length=7, editable=False)
    nonce = models.BinaryField(editable=False)
    posted_at = models.DateTimeField(_("posted"), db_default=Now(), editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    bounced_at = models.DateTimeField(_("bounced"), null=True, editable=False)
    # Only the codes, such as "550 5.1.1": a mail server's sentence may repeat the address.
    reply = models.CharField(_("what the mail server answered"), max_length=16, blank=True, editable=False)
    used = ArrayField(models.CharField(max_length=10), default=list, editable=False, verbose_name=_("links used"))

    objects = SignatureLetterQuerySet.as_manager()

    class Meta:
        ordering = ["posted_at"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(fields=["signature"], condition=Q(name__in=FIRST), name="signature_letter_first"),
            models.UniqueConstraint(
                fields=["signature", "name"], condition=Q(name__in=ONCE), name="signature_letter_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(bounced_at__isnull=True), name="signature_letter_one_outcome"
            ),
        ]

    def __str__(self):
        return f"{self.name} · {self.signature_id}"

    @classmethod
    def about(cls, signature, name: str, language: str):
        """A new letter with a nonce of its own, saved; the database refuses a second one of those that leave once."""
        nonce = secrets.token_bytes(tokens.NONCE_BYTES)
        with transaction.atomic():
            letter = cls.objects.create(signature=signature, name=name, language=language, nonce=nonce)
        letter.refresh_from_db(fields=["posted_at"])
        return letter

    def token(self, purpose: Purpose) -> str:
        """The secret part of the link for ``purpose``: to be put into the letter's text and nowhere else."""
        return tokens.make(self.pk, purpose, bytes(self.nonce))

    def expires_at(self, purpose: Purpose = Purpose.CONFIRM):
        """When the link for ``purpose`` ends."""
        return self.posted_at + (UNDO_WORKS_FOR if purpose == Purpose.UNDO else LINKS_WORK_FOR)

    def _verdict(self, made_for: Purpose, asked_for: Purpose) -> Verdict:
        if made_for != asked_for:
            return Verdict.WRONG_PURPOSE
        if made_for in self.used:
            return Verdict.USED
        return Verdict.EXPIRED if self.clock > self.expires_at(made_for) else Verdict.GOOD

    def mark_sent(self) -> None:
        """The mail server took it."""
        type(self).objects.filter(pk=self.pk, sent_at__isnull=True).update(sent_at=Now())

    def mark_needless(self) -> None:
        """The signature moved before the letter could leave: there is nothing to say any more."""
        type(self).objects.filter(pk=self.pk).update(reply=NEEDLESS)

    def mark_bounced(self, reply: str) -> None:
        """The mail server refused it for good; ``reply`` holds its codes."""
        type(self).objects.filter(pk=self.pk, sent_at__isnull=True).update(bounced_at=Now(), reply=reply[:16])
