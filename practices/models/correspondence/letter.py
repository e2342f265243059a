"""The letters about practices; what every letter has stands in citysolidarity/mail/letter.py."""

from datetime import timedelta

from django.db import models
from django.db.models import Q, TextChoices
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.letter import OutgoingEmail, OutgoingEmailQuerySet, one_outcome
from citysolidarity.mail.tokens import TokenSigner, TokenStatus
from practices.models.correspondence.contact import ContactRoute


class Purpose(TextChoices):
    """What a link is for; also the name of the address it leads to."""

    CONFIRM_ENTRY = "confirm_entry", _("Say whether an entry is still right")
    CONFIRM_MAILBOX = "confirm_mailbox", _("Confirm the e-mail address that answers for an entry")
    CONFIRM_QUESTION = "confirm_question", _("Send a question to a city")
    ANSWER_QUESTION = "answer_question", _("Answer a question")
    READ_ANSWER = "read_answer", _("Read an answer")
    CONFIRM_REPORT = "confirm_report", _("Confirm a report")


SIGNER = TokenSigner(
    "practices.tokens",
    {
        Purpose.CONFIRM_ENTRY: b"c",
        Purpose.CONFIRM_MAILBOX: b"m",
        Purpose.CONFIRM_QUESTION: b"q",
        Purpose.ANSWER_QUESTION: b"a",
        Purpose.READ_ANSWER: b"r",
        Purpose.CONFIRM_REPORT: b"p",
    },
)


# An office may need a meeting before it answers.
ANSWERS_WORK_FOR = timedelta(days=60)
READING_WORKS_FOR = timedelta(days=30)
# What a letter can be about: the name of its column. At most one of them is set, see the constraint; with none, it is
# about the mailbox that it goes to.
SUBJECTS = ("confirmation", "enquiry", "report")
# The only letter to a mailbox that speaks for no city yet, and what only one that does may do.
PROVES = "confirm_mailbox"
# The only letter to whoever reported a problem.
TO_REPORTER = "confirm_report"
FOR_THE_CITY = (Purpose.CONFIRM_ENTRY, Purpose.ANSWER_QUESTION)
# The database lets these leave once about the same.
ONCE = (
    "still_right",
    "still_right_reminder",
    "question_for_role",
    "question_for_deputy",
    "answer_for_asker",
    "under_review",
)


class PracticeLetterQuerySet(OutgoingEmailQuerySet):
    def with_subject(self):
        about = ("route", *SUBJECTS)
        letters = self.select_related(*(f"{subject}__practice__city" for subject in about))
        texts = ("search", "city__keywords")
        return letters.defer(*(f"{subject}__practice__{text}" for subject in about for text in texts))

    def reachable(self):
        """Letters to a mailbox that is still kept, and that may still be written to."""
        allowed = Q(route__speaks_since__isnull=False) | Q(name=PROVES)
        has_mailbox = Q(route__isnull=False) & allowed | Q(route__isnull=True, enquiry__asker__isnull=False)
        has_mailbox |= Q(name=TO_REPORTER) & ~Q(report__email="")
        return self.select_related("enquiry__asker").filter(has_mailbox)


class PracticeLetter(OutgoingEmail):
    """A letter to a mailbox that answers for an entry, or to whoever wrote to us about one.

    It goes with its mailbox: once that is erased, nobody is written to and no link to it opens anything.
    """

    SIGNER = SIGNER
    WORKS_FOR = {
        Purpose.CONFIRM_ENTRY: ANSWERS_WORK_FOR,
        Purpose.CONFIRM_MAILBOX: ANSWERS_WORK_FOR,
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
    # Without one it goes to whoever asked or reported.
    route = models.ForeignKey(
        "practices.ContactRoute",
        models.CASCADE,
        null=True,
        related_name="letters",
        verbose_name=_("e-mail address"),
    )

    objects = PracticeLetterQuerySet.as_manager()

    class Meta(OutgoingEmail.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmation__isnull=False, enquiry__isnull=True, report__isnull=True, route__isnull=False)
                | Q(confirmation__isnull=True, enquiry__isnull=False, report__isnull=True)
                | Q(confirmation__isnull=True, enquiry__isnull=True, report__isnull=False, route__isnull=False)
                | Q(
                    confirmation__isnull=True,
                    enquiry__isnull=True,
                    report__isnull=False,
                    route__isnull=True,
                    name=TO_REPORTER,
                )
                | Q(
                    confirmation__isnull=True,
                    enquiry__isnull=True,
                    report__isnull=True,
                    route__isnull=False,
                    name=PROVES,
                ),
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
        return next(filter(None, (getattr(self, name) for name in SUBJECTS)), self.route)

    @property
    def address(self) -> str:
        if self.name == TO_REPORTER:
            return self.report.email
        return self.route.email if self.route else self.enquiry.asker.email

    @property
    def address_was_typed(self) -> bool:
        """Only that of an asker or a reporter: a curator keeps the mailboxes of offices."""
        return self.route is None

    @property
    def addressing(self) -> dict:
        return {} if self.name == PROVES else {"route": self.route}

    @classmethod
    def target(cls, subject) -> dict:
        return {"route" if isinstance(subject, ContactRoute) else subject._meta.model_name: subject}

    def _status(self, made_for, asked_for) -> TokenStatus:
        # A link that lies in a mailbox which speaks for no city, or no longer, opens nothing.
        if made_for in FOR_THE_CITY and not (self.route and self.route.speaks_since):
            return TokenStatus.ALTERED
        return super()._status(made_for, asked_for)

    def mark_bounced(self, reply: str) -> None:
        """The mailbox is marked too, so that nothing more goes there before a curator has looked."""
        super().mark_bounced(reply)
        if self.route:
            # A bounce that comes later may be about an address that a curator has corrected since.
            same = type(self.route).objects.filter(pk=self.route_id, email=self.route.email, since__lte=self.posted_at)
            same.update(bounced_at=Now())
