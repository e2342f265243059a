"""The letters about a signature; what every letter has stands in citysolidarity/letters.py."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from citysolidarity.letters import PostedLetter, PostedLetterQuerySet, one_outcome
from pledges.tokens import MINT, Purpose

UNDO_WORKS_FOR = timedelta(hours=48)
FIRST = ("confirm_signature", "already_signed")
ONCE = ("confirmed_receipt", "verified_notice", "published_notice", "refused")


class SignatureLetterQuerySet(PostedLetterQuerySet):
    def with_subject(self):
        """With signature and city."""
        return self.select_related("signature__city").defer("signature__city__keywords", "signature__city__names")

    def reachable(self):
        """Letters whose signature still has a contact."""
        return self.select_related("signature__contact").filter(signature__contact__isnull=False)


class SignatureLetter(PostedLetter):
    """A letter to the contact of a signature."""

    MINT = MINT
    WORKS_FOR = {Purpose.UNDO: UNDO_WORKS_FOR}

    signature = models.ForeignKey(
        "pledges.Signature", models.CASCADE, related_name="letters", verbose_name=_("signature")
    )

    objects = SignatureLetterQuerySet.as_manager()

    class Meta(PostedLetter.Meta):
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
