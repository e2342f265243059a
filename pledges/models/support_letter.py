from datetime import timedelta

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.letter import OutgoingEmail, OutgoingEmailQuerySet, one_outcome
from citysolidarity.mail.tokens import TokenSigner


class SupportPurpose(TextChoices):
    """What a link in an e-mail to a resident is for; also the name of the address it leads to."""

    CONFIRM = "confirm_support", _("Confirm the support")
    DISOWN = "disown_support", _("Say that it was not you")
    WITHDRAW = "withdraw_support", _("Withdraw the support")


SUPPORT_SIGNER = TokenSigner(
    "pledges.supports.tokens",
    {SupportPurpose.CONFIRM: b"c", SupportPurpose.DISOWN: b"d", SupportPurpose.WITHDRAW: b"w"},
)

# A support can be withdrawn at any time, also when the address is erased and no new link could be sent.
ALWAYS = timedelta(days=100 * 365)
# The database lets these leave once about the same support.
SUPPORT_ONCE = ("support_receipt", "support_signed", "support_answered")


class SupportLetterQuerySet(OutgoingEmailQuerySet):
    def with_subject(self):
        texts = [f"{path}city__keywords" for path in ("support__", "asked__")]
        return self.select_related("support__city", "asked__city").defer(*texts)

    def reachable(self):
        has_address = Q(support__contact__isnull=False) | (Q(asked__isnull=False) & ~Q(asked__email=""))
        return self.select_related("support__contact").filter(has_address)


class SupportLetter(OutgoingEmail):
    """An e-mail to a resident, or to the city that residents ask."""

    SIGNER = SUPPORT_SIGNER
    WORKS_FOR = {SupportPurpose.WITHDRAW: ALWAYS}

    support = models.ForeignKey(
        "pledges.Support", models.CASCADE, null=True, related_name="letters", verbose_name=_("support by a resident")
    )
    asked = models.ForeignKey(
        "pledges.AskedCity",
        models.CASCADE,
        null=True,
        related_name="letters",
        verbose_name=_("city that residents ask"),
    )

    objects = SupportLetterQuerySet.as_manager()

    class Meta(OutgoingEmail.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(support__isnull=False, asked__isnull=True) | Q(support__isnull=True, asked__isnull=False),
                name="support_letter_has_a_subject",
            ),
            models.UniqueConstraint(
                fields=["support", "name"], condition=Q(name__in=SUPPORT_ONCE), name="support_letter_once"
            ),
            one_outcome("support_letter_one_outcome"),
        ]

    def __str__(self):
        return f"{self.name} · {self.support_id or self.asked_id}"

    @property
    def subject(self):
        return self.support or self.asked

    @property
    def address(self) -> str:
        return self.support.contact.email if self.support else self.asked.email

    @property
    def address_was_typed(self) -> bool:
        """A curator keeps the addresses of cities."""
        return self.support is not None

    @classmethod
    def target(cls, subject) -> dict:
        return {"support" if subject._meta.model_name == "support" else "asked": subject}
