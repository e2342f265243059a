"""The letters about practices; what every letter has stands in citysolidarity/letters.py."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.letters import PostedLetter, PostedLetterQuerySet, one_outcome
from practices.tokens import MINT, Purpose

# An office may need a meeting before it answers.
ANSWERS_WORK_FOR = timedelta(days=60)
READING_WORKS_FOR = timedelta(days=30)
# What a letter can be about: the name of its column. One of them is set, see the constraint.
SUBJECTS = ("confirmation", "enquiry", "report")
# The database lets these leave once about the same.
ONCE = (
    "still_right",
    "still_right_reminder",
    "question_for_role",
    "question_for_deputy",
    "answer_for_asker",
    "under_review",
)


class PracticeLetterQuerySet(PostedLetterQuerySet):
    def with_subject(self):
        """With what it is about, the entry and its city."""
        found = self.select_related("route", *(f"{subject}__practice__city" for subject in SUBJECTS))
        texts = ("search", "city__keywords", "city__names")
        return found.defer(*(f"{subject}__practice__{text}" for subject in SUBJECTS for text in texts))

    def reachable(self):
        """Letters to a mailbox that is still kept."""
        kept = Q(route__isnull=False) | Q(enquiry__asker__isnull=False)
        return self.select_related("enquiry__asker").filter(kept)


class PracticeLetter(PostedLetter):
    """A letter to a mailbox that answers for an entry, or to whoever wrote to us about one.

    It goes with its mailbox: once that is erased, nobody is written to and no link to it opens anything.
    """

    MINT = MINT
    WORKS_FOR = {
        Purpose.CONFIRM_ENTRY: ANSWERS_WORK_FOR,
        Purpose.ANSWER_QUESTION: ANSWERS_WORK_FOR,
        Purpose.READ_ANSWER: READING_WORKS_FOR,
    }

    confirmation = models.ForeignKey(
        "practices.Confirmation",
        models.CASCADE,
        null=True,
        related_name="letters",
        verbose_name=_("yearly question"),
    )
    enquiry = models.ForeignKey(
        "practices.Enquiry", models.CASCADE, null=True, related_name="letters", verbose_name=_("question to a city")
    )
    report = models.ForeignKey(
        "practices.Report", models.CASCADE, null=True, related_name="letters", verbose_name=_("problem reported")
    )
    # Without one it goes to the asker of a question.
    route = models.ForeignKey(
        "practices.ContactRoute",
        models.CASCADE,
        null=True,
        related_name="letters",
        verbose_name=_("mailbox"),
    )

    objects = PracticeLetterQuerySet.as_manager()

    class Meta(PostedLetter.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmation__isnull=False, enquiry__isnull=True, report__isnull=True, route__isnull=False)
                | Q(confirmation__isnull=True, enquiry__isnull=False, report__isnull=True)
                | Q(confirmation__isnull=True, enquiry__isnull=True, report__isnull=False, route__isnull=False),
                name="practice_letter_has_a_subject",
            ),
            *(
                models.UniqueConstraint(
                    fields=[subject, "name"], condition=Q(name__in=ONCE), name=f"practice_letter_once_for_{subject}"
                )
                for subject in SUBJECTS
            ),
            one_outcome("practice_letter_one_outcome"),
        ]

    def __str__(self):
        return f"{self.name} · {self.subject}"

    @property
    def subject(self):
        return next(filter(None, (getattr(self, name) for name in SUBJECTS)))

    @property
    def address(self) -> str:
        return self.route.email if self.route else self.enquiry.asker.email

    @property
    def address_was_typed(self) -> bool:
        """Only that of an asker: a curator keeps the mailboxes of offices."""
        return self.route is None

    @property
    def addressing(self) -> dict:
        return {"route": self.route}

    @classmethod
    def target(cls, subject) -> dict:
        return {subject._meta.model_name: subject}

    def mark_bounced(self, reply: str) -> None:
        """The mailbox is marked too, so that nothing more goes there before a curator has looked."""
        super().mark_bounced(reply)
        if self.route:
            type(self.route).objects.filter(pk=self.route_id, email=self.route.email).update(bounced_at=Now())
