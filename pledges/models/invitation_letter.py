from datetime import timedelta

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.letter import OutgoingEmail, OutgoingEmailQuerySet, one_outcome
from citysolidarity.mail.tokens import TokenSigner


class InvitationPurpose(TextChoices):
    """What a link in an e-mail to whoever invites is for; also the name of the address it leads to."""

    CONFIRM = "confirm_invitation", _("Confirm the invitation")
    DISOWN = "disown_invitation", _("Say that it was not you")
    WITHDRAW = "withdraw_invitation", _("Withdraw the invitation")


INVITATION_SIGNER = TokenSigner(
    "pledges.invitations.tokens",
    {InvitationPurpose.CONFIRM: b"c", InvitationPurpose.DISOWN: b"d", InvitationPurpose.WITHDRAW: b"w"},
)
UNTIL_DECIDED = timedelta(days=60)
# The database lets these leave once about the same invitation.
INVITATION_ONCE = ("invitation_receipt", "invitation_sent", "invitation_not_sent")


class InvitationLetterQuerySet(OutgoingEmailQuerySet):
    def with_subject(self):
        texts = [f"{path}city__keywords" for path in ("invitation__", "invited__")]
        return self.select_related("invitation__city", "invited__city").defer(*texts)

    def reachable(self):
        has_address = Q(invitation__contact__isnull=False) | Q(invited__isnull=False)
        return self.select_related("invitation__contact").filter(has_address)


class InvitationLetter(OutgoingEmail):
    """An e-mail to whoever invites, or to the city that is invited."""

    SIGNER = INVITATION_SIGNER
    # A curator may take longer than a week.
    WORKS_FOR = {InvitationPurpose.WITHDRAW: UNTIL_DECIDED}

    invitation = models.ForeignKey(
        "pledges.Invitation", models.CASCADE, null=True, related_name="letters", verbose_name=_("invitation of a city")
    )
    invited = models.ForeignKey(
        "pledges.InvitedCity", models.CASCADE, null=True, related_name="letters", verbose_name=_("invited city")
    )

    objects = InvitationLetterQuerySet.as_manager()

    class Meta(OutgoingEmail.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation__isnull=False, invited__isnull=True)
                | Q(invitation__isnull=True, invited__isnull=False),
                name="invitation_letter_has_a_subject",
            ),
            models.UniqueConstraint(
                fields=["invitation", "name"], condition=Q(name__in=INVITATION_ONCE), name="invitation_letter_once"
            ),
            models.UniqueConstraint(
                fields=["invited"], condition=Q(invited__isnull=False), name="invitation_letter_one_to_the_city"
            ),
            one_outcome("invitation_letter_one_outcome"),
        ]

    def __str__(self):
        return f"{self.name} · {self.invitation_id or self.invited_id}"

    @property
    def subject(self):
        return self.invitation or self.invited

    @property
    def address(self) -> str:
        return self.invitation.contact.email if self.invitation else self.invited.email

    @property
    def address_was_typed(self) -> bool:
        """A curator keeps the addresses of cities."""
        return self.invitation is not None

    @classmethod
    def target(cls, subject) -> dict:
        return {"invitation" if subject._meta.model_name == "invitation" else "invited": subject}
