from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import ExtractYear, Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.models.question import ASKED_AFTER, ASKED_AGAIN_AFTER, ENDINGS, CommitmentQuestion

OFFICE_LENGTH = 120  # characters


class CommitmentQuerySet(models.QuerySet):
    def with_clause(self):
        return self.select_related("clause__version").order_by("position")

    def with_story(self):
        """With the clause and every yearly question, the newest first (2 queries)."""
        return self.with_clause().prefetch_related("questions")

    def public(self):
        """The commitments of signatures that may be named today."""
        signatures = self.model._meta.get_field("signature").related_model.objects.public()
        return self.filter(signature__in=signatures.values("pk"))

    def due(self):
        """To be asked about now: not ended, and signed or last asked about a year ago, or the promised day is past."""
        questions = CommitmentQuestion.objects.filter(commitment=OuterRef("pk"))
        signatures = self.model._meta.get_field("signature").related_model.objects.to_write_to()
        signed_long_ago = Q(signature__signed_on__lt=TruncDate(Now()) - ASKED_AFTER)
        return self.filter(
            signed_long_ago | Q(due__lt=TruncDate(Now())),
            ~Exists(questions.filter(state__in=ENDINGS)),
            ~Exists(questions.filter(asked_at__gt=Now() - ASKED_AGAIN_AFTER)),
            ~Exists(questions.filter(year=ExtractYear(Now()))),
            signature__in=signatures.values("pk"),
        ).order_by("signature", "position")


class Commitment(models.Model):
    """A promise of a signature, as public as the signature itself: a curator has looked at both."""

    signature = models.ForeignKey(
        "pledges.Signature", models.CASCADE, related_name="commitments", verbose_name=_("signature")
    )
    clause = models.ForeignKey("pledges.Clause", models.PROTECT, related_name="commitments", verbose_name=_("clause"))
    position = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("what the city will do"), max_length=280)
    due = models.DateField(_("by when"))
    office = models.CharField(
        _("office that answers for it"),
        max_length=OFFICE_LENGTH,
        blank=True,
        help_text=_("An office or department, never the name of a person."),
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.UniqueConstraint(fields=["signature", "position"], name="commitment_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="commitment_says_what"),
        ]

    def __str__(self):
        return self.text

    @property
    def is_past(self) -> bool:
        return self.due < timezone.localdate()

    @property
    def answered(self) -> list[CommitmentQuestion]:
        """The answered questions, the newest first; fetch them with ``with_story``."""
        return [question for question in self.questions.all() if question.answered_at]

    @property
    def newest_question(self) -> CommitmentQuestion | None:
        return next(iter(self.questions.all()), None)

    @property
    def progress(self) -> CommitmentQuestion | None:
        """The newest answer, None where there is none yet."""
        return next(iter(self.answered), None)

    @property
    def is_silent(self) -> bool:
        """Whether the newest question is not answered."""
        return self.newest_question is not None and self.newest_question.answered_at is None
