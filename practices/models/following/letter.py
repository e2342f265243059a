"""E-mails to those who follow something; what every e-mail has stands in citysolidarity/mail/letter.py."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.db.models import F, Q, TextChoices
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.letter import GIVEN_UP_AFTER, OutgoingEmail, OutgoingEmailQuerySet, one_outcome
from citysolidarity.mail.tokens import TokenSigner

if TYPE_CHECKING:
    from practices.models.following.following import Following


class FollowingPurpose(TextChoices):
    """What a link is for; also the name of the address it leads to."""

    CONFIRM = "confirm_following", _("Confirm that you want these e-mails")
    DISOWN = "disown_following", _("Say that it was not you")
    STOP = "stop_following", _("Stop these e-mails")


FOLLOWING_SIGNER = TokenSigner(
    "practices.following.tokens",
    {FollowingPurpose.CONFIRM: b"c", FollowingPurpose.DISOWN: b"d", FollowingPurpose.STOP: b"s"},
)
# E-mails lie in mailboxes for years, and each of them can end the others.
ALWAYS = timedelta(days=100 * 365)


class Occasion(NamedTuple):
    """What an e-mail is about: ``since`` and ``until`` are None where it tells no news."""

    following: "Following"
    since: datetime | None = None
    until: datetime | None = None

    def withdraw(self) -> None:
        """For the links in e-mails, which end so whatever they are about."""
        self.following.stop()


class FollowingLetterQuerySet(OutgoingEmailQuerySet):
    def with_subject(self):
        return self.select_related("following__city").defer("following__city__keywords")

    def reachable(self):
        return self.select_related("following__follower").filter(following__follower__isnull=False)

    def news(self):
        return self.filter(until__isnull=False)

    def waiting_to_leave(self):
        """Those that neither were sent, refused, found needless nor given up."""
        return self.waiting().filter(reply="", posted_at__gte=Now() - GIVEN_UP_AFTER)


class FollowingLetter(OutgoingEmail):
    """One with news tells what was published from ``since`` to ``until``; its text is written when it is sent."""

    SIGNER = FOLLOWING_SIGNER
    WORKS_FOR = {FollowingPurpose.STOP: ALWAYS}

    following = models.ForeignKey(
        "practices.Following", models.CASCADE, related_name="letters", verbose_name=_("subscription by e-mail")
    )
    since = models.DateTimeField(_("news since"), null=True, editable=False)
    until = models.DateTimeField(_("news until"), null=True, editable=False)

    objects = FollowingLetterQuerySet.as_manager()

    class Meta(OutgoingEmail.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True, until__isnull=True)
                | Q(since__isnull=False, until__isnull=False, since__lt=F("until")),
                name="following_letter_has_a_span",
            ),
            models.UniqueConstraint(
                fields=["following"], condition=Q(name="following_receipt"), name="following_letter_one_receipt"
            ),
            models.UniqueConstraint(
                fields=["following", "until"], condition=Q(until__isnull=False), name="following_letter_news_once"
            ),
            one_outcome("following_letter_one_outcome"),
        ]

    def __str__(self):
        return f"{self.name} · {self.following_id}"

    @property
    def subject(self) -> Occasion:
        return Occasion(self.following, self.since, self.until)

    @property
    def address(self) -> str:
        return self.following.follower.email

    @classmethod
    def target(cls, subject: Occasion) -> dict:
        return subject._asdict()

    def mark_bounced(self, reply: str) -> None:
        """A dead mailbox follows nothing: its address goes at once."""
        super().mark_bounced(reply)
        self.following.stop()
