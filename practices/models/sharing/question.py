"""What curators ask about a submission and the city answers, and the log of all that happened to it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from citysolidarity.desk.fields import CuratorKey
from practices.models.sharing.workflow import Step

LONGEST = 2_000  # characters of a question or an answer


class CuratorQuestionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answered_at=None)


class CuratorQuestion(models.Model):
    """A question about a submission; never public, nor is its answer."""

    submission = models.ForeignKey(
        "practices.Submission", models.CASCADE, related_name="questions", verbose_name=_("submission")
    )
    text = models.TextField(_("question"), max_length=LONGEST)
    by = CuratorKey()
    asked_at = models.DateTimeField(pgettext_lazy("a question", "asked"), db_default=Now(), editable=False)
    answer = models.TextField(_("answer"), max_length=LONGEST, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    objects = CuratorQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("question about a submission")
        verbose_name_plural = _("questions about submissions")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="curator_question_answered_with_words",
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(answered_at=None), name="curator_question_one_open"
            ),
        ]

    def __str__(self):
        return self.text


class SubmissionEvent(models.Model):
    """That something happened to a submission. The database refuses UPDATE, and DELETE before the submission is gone."""

    submission = models.ForeignKey(
        "practices.Submission", models.DO_NOTHING, related_name="events", verbose_name=_("submission")
    )
    step = models.CharField(_("what happened"), max_length=12, choices=Step)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    by = CuratorKey(null=True, blank=True)
    # A code, never what the public typed.
    why = models.CharField(_("why"), max_length=20, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("event of a submission")
        verbose_name_plural = _("events of submissions")
        constraints = [models.CheckConstraint(condition=Q(step__in=Step.values), name="submission_event_step_known")]

    def __str__(self):
        return self.get_step_display()
