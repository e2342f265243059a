"""The letters about what cities send; what every letter has stands in citysolidarity/letters.py."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from citysolidarity.letters import PostedLetter, PostedLetterQuerySet, one_outcome
from practices.sharing_tokens import MINT, SharingPurpose

# These links act nothing by themselves, and are used often: as long as somebody may want to look.
RESUMES_FOR = timedelta(days=60)
SHOWS_FOR = timedelta(days=730)
ONCE = ("submission_draft", "submission_received", "submission_accepted", "submission_refused", "submission_withdrawn")


class SubmissionLetterQuerySet(PostedLetterQuerySet):
    def with_subject(self):
        """With the submission and the entries it is about and became."""
        return self.select_related("submission__practice", "submission__about").defer(
            "submission__practice__search", "submission__about__search"
        )

    def reachable(self):
        """Letters whose submission still has an address."""
        return self.exclude(submission__email="")


class SubmissionLetter(PostedLetter):
    """A letter to the mailbox of a submission; it goes with it."""

    MINT = MINT
    WORKS_FOR = {SharingPurpose.RESUME: RESUMES_FOR, SharingPurpose.STATUS: SHOWS_FOR}

    submission = models.ForeignKey(
        "practices.Submission", models.CASCADE, related_name="letters", verbose_name=_("submission")
    )

    objects = SubmissionLetterQuerySet.as_manager()

    class Meta(PostedLetter.Meta):
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
