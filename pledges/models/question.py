"""The yearly question about a commitment, *done, under way, changed or dropped*, and the institution's answer.

The state and silence are public at once: neither repeats a word that anybody typed. The sentence and the link are
public once a curator has accepted them.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear, Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.decided import UNDECIDED, Decided
from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models.letter import ANSWERS_WORK_FOR
from pledges.models.reminding import REMINDED_AFTER
from pledges.models.workflow import CURATE
from pledges.vocabularies import Progress

LONGEST = 280  # characters of the sentence
# As for the yearly question about an entry (practices/models/correspondence/confirmation.py).
ASKED_AFTER = timedelta(days=335)
ASKED_AGAIN_AFTER = timedelta(days=365)
# A commitment that ended is not asked about again.
ENDINGS = (Progress.DONE, Progress.DROPPED)
TYPED = ~Q(text="", url="")
ANSWER_WAITS = Q(answered_at__isnull=False) & TYPED & UNDECIDED


class CommitmentQuestionQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(answered_at__isnull=True)

    def waiting(self):
        """Sentences and links for a curator to decide on, the oldest first."""
        return self.filter(ANSWER_WAITS).order_by("answered_at", "pk")

    def to_remind(self):
        """Questions of signatures that still stand, neither answered nor repeated within 14 days, while links work."""
        asked = Q(asked_at__lt=Now() - REMINDED_AFTER, asked_at__gt=Now() - ANSWERS_WORK_FOR)
        signature = self.model._meta.get_field("commitment").related_model._meta.get_field("signature").related_model
        stands = Q(commitment__signature__in=signature.objects.to_write_to().values("pk"))
        return self.unanswered().filter(asked, stands, reminded_at__isnull=True).order_by("asked_at", "pk")

    def asked_by(self, letter):
        """The questions that were open when a letter of ours left."""
        since = letter.posted_at - ANSWERS_WORK_FOR
        asked = self.filter(
            commitment__signature=letter.signature.in_force, asked_at__gt=since, asked_at__lte=letter.posted_at
        )
        left_open = Q(answered_at__isnull=True) | Q(answered_at__gt=letter.posted_at)
        return asked.filter(left_open).select_related("commitment__clause").order_by("commitment__position", "asked_at")

    def ask(self, commitments) -> None:
        """One question each, of this year, all at one moment; raises IntegrityError where one was asked this year."""
        self.bulk_create([CommitmentQuestion(commitment=row, year=ExtractYear(Now())) for row in commitments])


class CommitmentQuestion(Decided):
    commitment = models.ForeignKey(
        "pledges.Commitment", models.CASCADE, related_name="questions", verbose_name=_("commitment")
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    asked_at = models.DateTimeField(_("asked"), db_default=Now(), editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=Progress, blank=True, editable=False)
    text = models.CharField(_("what the city says"), max_length=LONGEST, blank=True, editable=False)
    url = models.URLField(_("page that shows it"), max_length=500, blank=True, editable=False)

    PERMISSION = CURATE
    # There is something to show.
    DECIDABLE = TYPED & Q(answered_at__isnull=False)

    objects = CommitmentQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("yearly question about a commitment")
        verbose_name_plural = _("yearly questions about commitments")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "year"], name="commitment_question_once_a_year"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, state="", text="", url="")
                | Q(answered_at__isnull=False, state__in=Progress.values),
                name="commitment_question_answered_with_a_code",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, refused_at__isnull=True, decided_by__isnull=True)
                | Q(accepted_at__isnull=False, refused_at__isnull=True, decided_by__isnull=False)
                & Q(answered_at__isnull=False)
                | Q(accepted_at__isnull=True, refused_at__isnull=False, decided_by__isnull=False)
                & Q(answered_at__isnull=False),
                name="commitment_question_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="http://") | Q(url__startswith="https://"),
                name="commitment_question_address_is_web",
            ),
        ]

    def __str__(self):
        return f"{self.commitment}, {self.year}"

    @property
    def has_typed(self) -> bool:
        return bool(self.text or self.url)

    @property
    def waits(self) -> bool:
        return bool(self.answered_at and self.has_typed and super().waits)

    @property
    def shown_text(self) -> str:
        return self.text if self.accepted_at else ""

    @property
    def shown_url(self) -> str:
        return self.url if self.accepted_at else ""

    def take(self, state: Progress, text: str = "", url: str = "") -> None:
        """The institution's answer, once. Raises TransitionNotAllowed."""
        rows = type(self).objects.filter(pk=self.pk, answered_at__isnull=True)
        if not rows.update(state=state, text=text, url=url, answered_at=Now()):
            raise TransitionNotAllowed(_("This question has been answered already."))
