from datetime import timedelta

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.letter import OutgoingEmail, OutgoingEmailQuerySet, one_outcome
from citysolidarity.mail.tokens import TokenSigner


class Purpose(TextChoices):
    """What a link in an e-mail is for."""

    CONFIRM = "confirm", _("Confirm the signature")
    DISOWN = "disown", _("Say that it was not you")
    WITHDRAW = "withdraw", _("Withdraw the signature")
    CORRECT = "correct", _("Correct the signature")
    UNDO = "undo", _("Undo the withdrawal")
    # Also the names of marks in ``used``: twenty characters at most.
    REPORT = "report_progress", _("Say what became of the commitments")
    RENEW = "renew", _("Renew the signature")
    MOVE = "move_version", _("Move to the newest version of the statement")


SIGNER = TokenSigner(
    "pledges.tokens",
    {
        Purpose.CONFIRM: b"c",
        Purpose.DISOWN: b"d",
        Purpose.WITHDRAW: b"w",
        Purpose.CORRECT: b"e",
        Purpose.UNDO: b"u",
        Purpose.REPORT: b"p",
        Purpose.RENEW: b"n",
        Purpose.MOVE: b"v",
    },
)


UNDO_WITHIN = timedelta(hours=48)
# An institution may need a meeting before it answers.
ANSWERS_WORK_FOR = timedelta(days=60)
FIRST = ("confirm_signature", "already_signed")
# "verified_notice" and "refused" come again where the decision was taken back; the lock on the signature sees to the rest.
ONCE = ("confirmed_receipt", "published_notice")


class SignatureLetterQuerySet(OutgoingEmailQuerySet):
    def with_subject(self):
        return self.select_related("signature__city").defer("signature__city__keywords")

    def reachable(self):
        return self.select_related("signature__contact").filter(signature__contact__isnull=False)


class SignatureLetter(OutgoingEmail):
    SIGNER = SIGNER
    WORKS_FOR = {
        Purpose.UNDO: UNDO_WITHIN,
        **dict.fromkeys((Purpose.REPORT, Purpose.RENEW, Purpose.MOVE), ANSWERS_WORK_FOR),
    }

    signature = models.ForeignKey(
        "pledges.Signature", models.CASCADE, related_name="letters", verbose_name=_("signature")
    )

    objects = SignatureLetterQuerySet.as_manager()

    class Meta(OutgoingEmail.Meta):
        constraints = [
            models.UniqueConstraint(fields=["signature"], condition=Q(name__in=FIRST), name="signature_letter_first"),
            models.UniqueConstraint(
                fields=["signature", "name"], condition=Q(name__in=ONCE), name="signature_letter_once"
            ),
            one_outcome("signature_letter_one_outcome"),
        ]

    def __str__(self):
        return f"{self.name} · {self.signature_id}"

    @property
    def subject(self):
        return self.signature

    @property
    def address(self) -> str:
        return self.signature.contact.email

    @classmethod
    def target(cls, subject) -> dict:
        return {"signature": subject}
