"""The yearly question to the office that answers for an entry, *still right, changed or ended*, and its answer."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import ExtractYear, Now
from django.utils.translation import gettext_lazy as _

from practices.models.constraints import FIRST_YEAR, LAST_YEAR
from practices.models.route import ContactRoute, Seat

LONGEST = 2_000  # characters of what changed
# A city that answers within a month never becomes due: fresh is what was confirmed in the last twelve months.
ASKED_AFTER = timedelta(days=335)
ASKED_AGAIN_AFTER = timedelta(days=365)
REMINDED_AFTER = timedelta(days=14)


class Answer(models.TextChoices):
    """What the office says."""

    STILL_RIGHT = "still-right", _("It is still right")
    CHANGED = "changed", _("Something has changed")
    ENDED = "ended", _("It has ended")


# These wait for a curator, who edits the entry.
WAITS = Q(answer__in=[Answer.CHANGED, Answer.ENDED], decided_at__isnull=True)


class AnsweredAlready(ValueError):
    """The question has its answer; ``messages`` holds a sentence for whoever answers again."""

    @property
    def messages(self) -> list[str]:
        return [str(self)]


class ConfirmationQuerySet(models.QuerySet):
    def due(self):
        """Entries to be asked about now, the longest unconfirmed first: public, not over, and with a working mailbox."""
        practices = self.model._meta.get_field("practice").related_model.objects.published().running()
        asked = self.filter(practice=OuterRef("pk"), asked_at__gt=Now() - ASKED_AGAIN_AFTER)
        this_year = self.filter(practice=OuterRef("pk"), year=ExtractYear(Now()))
        role = ContactRoute.objects.working().filter(practice=OuterRef("pk"), seat=Seat.ROLE)
        late = Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=Now() - ASKED_AFTER)
        found = practices.filter(late, Exists(role), ~Exists(asked), ~Exists(this_year))
        return found.order_by(models.F("confirmed_at").asc(nulls_first=True), "pk")

    def to_remind(self):
        """Questions of the last 14 days and before that were neither answered nor repeated, while their links work.

        A city that has corrected its entry in the meantime has answered, too.
        """
        from practices.models.letter import ANSWERS_WORK_FOR

        asked = Q(asked_at__lt=Now() - REMINDED_AFTER, asked_at__gt=Now() - ANSWERS_WORK_FOR)
        shown = Q(practice__published_at__isnull=False, practice__archived_at__isnull=True)
        silent = Q(practice__confirmed_at__isnull=True) | Q(practice__confirmed_at__lt=models.F("asked_at"))
        return self.filter(asked, shown, silent, answered_at__isnull=True, reminded_at__isnull=True).order_by(
            "asked_at", "pk"
        )

    def waiting(self):
        """Answers that a curator has to work into the entry, the oldest first."""
        return self.filter(WAITS).order_by("answered_at", "pk")


class Confirmation(models.Model):
    """One question of one year. What the office types stays at the desk; that it confirmed is a fact with a date."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="confirmations", verbose_name=_("practice")
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    asked_at = models.DateTimeField(_("asked"), db_default=Now(), editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answer = models.CharField(_("answer"), max_length=11, choices=Answer, blank=True, editable=False)
    text = models.TextField(_("what changed"), max_length=LONGEST, blank=True, editable=False)
    ended = models.PositiveSmallIntegerField(_("ended (year)"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("yearly question")
        verbose_name_plural = _("yearly questions")
        constraints = [
            models.UniqueConstraint(fields=["practice", "year"], name="confirmation_once_a_year"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False, answer__in=Answer.values),
                name="confirmation_answered_with_a_code",
            ),
            models.CheckConstraint(
                condition=Q(text="") | Q(answer__in=[Answer.CHANGED, Answer.ENDED]), name="confirmation_text_is_news"
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(answer=Answer.ENDED, ended__range=(FIRST_YEAR, LAST_YEAR)),
                name="confirmation_year_of_the_end",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    answer__in=[Answer.CHANGED, Answer.ENDED],
                ),
                name="confirmation_settled_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.practice}, {self.year}"

    @property
    def waits(self) -> bool:
        """Whether a curator has to work the answer into the entry."""
        return self.answer in (Answer.CHANGED, Answer.ENDED) and self.decided_at is None

    def take(self, answer: Answer, text: str = "", ended: int | None = None) -> None:
        """The office's answer, once. "Still right" dates the entry at once: it shows no word that anybody typed.

        Raises AnsweredAlready.
        """
        with transaction.atomic():
            columns = {"answer": answer, "text": text, "ended": ended, "answered_at": Now()}
            if not type(self).objects.filter(pk=self.pk, answered_at__isnull=True).update(**columns):
                raise AnsweredAlready(_("This question has been answered already."))
            self.refresh_from_db()
            if answer == Answer.STILL_RIGHT:
                self.practice.confirm(self.answered_at)

    def settle(self, by) -> bool:
        """The entry says it now, or a curator decided otherwise; False where that had been done."""
        waiting = type(self).objects.filter(WAITS, pk=self.pk)
        return bool(waiting.update(decided_at=Now(), decided_by=by))
