"""The letters about what cities send; what every letter has stands in citysolidarity/mail/letter.py."""

from datetime import timedelta

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.letter import OutgoingEmail, OutgoingEmailQuerySet, one_outcome
from citysolidarity.mail.tokens import TokenSigner


class SharingPurpose(TextChoices):
    """What a link is for; also the name of the address it leads to."""

    RESUME = "share_resume", _("Continue with a practice that is not finished")
    STATUS = "submission", _("See the status of a submission")


SIGNER = TokenSigner("practices.sharing", {SharingPurpose.RESUME: b"r", SharingPurpose.STATUS: b"s"})


# These links act nothing by themselves, and are used often: as long as somebody may want to look.
RESUMES_FOR = timedelta(days=60)
SHOWS_FOR = timedelta(days=730)
# A decision may be taken back and made again: its letters are once for each, which the lock on its submission sees to.
ONCE = ("submission_draft", "submission_received", "submission_withdrawn")


class SubmissionLetterQuerySet(OutgoingEmailQuerySet):
    def with_subject(self):
        return self.select_related("submission__practice", "submission__about").defer(
            "submission__practice__search", "submission__about__search"
        )

    def reachable(self):
        return self.exclude(submission__email="")


class SubmissionLetter(OutgoingEmail):
    SIGNER = SIGNER
    WORKS_FOR = {SharingPurpose.RESUME: RESUMES_FOR, SharingPurpose.STATUS: SHOWS_FOR}

    submission = models.ForeignKey(
        "practices.Submission", models.CASCADE, related_name="letters", verbose_name=_("submission")
    )

    objects = SubmissionLetterQuerySet.as_manager()

    class Meta(OutgoingEmail.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "name"], condition=Q(name__in=ONCE), name="submission_letter_once"
            ),
            one_outcome("submission_letter_one_outcome"),
        ]

    def __str__(self):
        return f"{self.name} · {self.submission_id}"

    @property
    def subject(self):
        return self.submission

    @property
    def address(self) -> str:
        return self.submission.email

    @classmethod
    def target(cls, subject) -> dict:
        return {"submission": subject}
