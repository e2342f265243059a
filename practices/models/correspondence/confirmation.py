"""The yearly question to the office that answers for an entry, *still right, changed or ended*, and its answer."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import ExtractYear, Now
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey, curator_name
from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models.correspondence.contact import ContactRole, ContactRoute
from practices.models.entries.constraints import FIRST_YEAR, LAST_YEAR
from practices.models.entries.review import WHY_LENGTH, Move
from practices.models.entries.version import Version

LONGEST = 2_000  # characters of what changed
# A city that answers within a month never becomes due: fresh is what was confirmed in the last twelve months.
ASKED_AFTER = timedelta(days=335)
ASKED_AGAIN_AFTER = timedelta(days=365)
REMINDED_AFTER = timedelta(days=14)


class ConfirmationAnswer(models.TextChoices):
    STILL_RIGHT = "still-right", _("It is still right")
    CHANGED = "changed", _("Something has changed")
    ENDED = "ended", _("It has ended")


# These wait for a curator, who edits the entry.
NEWS = [ConfirmationAnswer.CHANGED, ConfirmationAnswer.ENDED]
WAITS = Q(answer__in=NEWS, decided_at__isnull=True)


class ConfirmationQuerySet(models.QuerySet):
    def due(self):
        """Entries to be asked about now, the longest unconfirmed first: public, not over, and with a mailbox that speaks for the city."""
        practices = self.model._meta.get_field("practice").related_model.objects.published().running()
        asked_lately = self.filter(practice=OuterRef("pk"), asked_at__gt=Now() - ASKED_AGAIN_AFTER)
        this_year = self.filter(practice=OuterRef("pk"), year=ExtractYear(Now()))
        role = ContactRoute.objects.speaking().filter(practice=OuterRef("pk"), seat=ContactRole.ROLE)
        late = Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=Now() - ASKED_AFTER)
        due = practices.filter(late, Exists(role), ~Exists(asked_lately), ~Exists(this_year))
        return due.order_by(models.F("confirmed_at").asc(nulls_first=True), "pk")

    def to_remind(self):
        """Questions of the last 14 days and before that were neither answered nor repeated, while their links work.

        A city that has corrected its entry in the meantime has answered, too.
        """
        from practices.models.correspondence.letter import ANSWERS_WORK_FOR

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
    answer = models.CharField(_("answer"), max_length=11, choices=ConfirmationAnswer, blank=True, editable=False)
    text = models.TextField(_("what changed"), max_length=LONGEST, blank=True, editable=False)
    ended = models.PositiveSmallIntegerField(_("ended (year)"), null=True, blank=True, editable=False)
    # The revision that the office had before it; what changed since is compared with it.
    revision = models.PositiveIntegerField(_("revision at the answer"), null=True, blank=True, editable=False)
    why = models.CharField(
        _("why the entry stays as it is"),
        max_length=WHY_LENGTH,
        blank=True,
        help_text=_("Only where nothing of the answer goes into the entry: say why, for your colleagues."),
    )
    decided_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)
    decided_by = CuratorKey(null=True, blank=True, editable=False)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("yearly question")
        verbose_name_plural = _("yearly questions")
        constraints = [
            models.UniqueConstraint(fields=["practice", "year"], name="confirmation_once_a_year"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False, answer__in=ConfirmationAnswer.values),
                name="confirmation_answered_with_a_code",
            ),
            models.CheckConstraint(
                condition=Q(text="") | Q(answer__in=NEWS),
                name="confirmation_text_is_news",
            ),
            models.CheckConstraint(
                condition=Q(why="") | Q(decided_at__isnull=False), name="confirmation_left_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True)
                | Q(answer=ConfirmationAnswer.ENDED, ended__range=(FIRST_YEAR, LAST_YEAR)),
                name="confirmation_year_of_the_end",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    answer__in=NEWS,
                ),
                name="confirmation_settled_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.practice}, {self.year}"

    @property
    def is_news(self) -> bool:
        return self.answer in NEWS

    def take(self, answer: ConfirmationAnswer, text: str = "", ended: int | None = None) -> None:
        """The office's answer, once. "Still right" dates the entry at once: it shows no word that anybody typed.

        Raises TransitionNotAllowed.
        """
        with transaction.atomic():
            self.practice.refresh_from_db(fields=["revision"])
            columns = {"answer": answer, "text": text, "ended": ended, "answered_at": Now()}
            columns["revision"] = self.practice.revision
            if not type(self).objects.filter(pk=self.pk, answered_at__isnull=True).update(**columns):
                raise TransitionNotAllowed(_("This question has been answered already."))
            self.refresh_from_db()
            if answer == ConfirmationAnswer.STILL_RIGHT:
                self.practice.confirm(self.answered_at)
            else:
                Version.objects.keep([self.practice_id])

    @property
    def version(self) -> Version | None:
        """The entry as it was when the office answered; None where that is not known."""
        return self.practice.versions.filter(revision=self.revision).first() if self.revision else None

    def why_not_settle(self) -> str:
        """Why "the entry says it now" can't be said, as a sentence; "" where nothing speaks against it."""
        if against := self._why_not_decide():
            return against
        if self.answer == ConfirmationAnswer.ENDED and not self.practice.has_ended:
            return gettext("the entry does not say that it has ended.")
        if self.revision == self.practice.revision:
            return gettext("nothing in the entry has changed since the answer came.")
        return ""

    def why_not_end(self) -> str:
        if self.answer != ConfirmationAnswer.ENDED:
            return gettext("the city has not said that it has ended.")
        return self._why_not_decide() or self.practice.why_not(Move.ENDED)

    def why_not_leave(self) -> str:
        return self._why_not_decide()

    def why_not_reopen(self) -> str:
        return "" if self.decided_at else gettext("it is not settled.")

    def _why_not_decide(self) -> str:
        if not self.is_news:
            return gettext("there is nothing to settle.")
        if not self.decided_at:
            return ""
        day = date_format(self.decided_at, "DATE_FORMAT")
        return gettext("%(who)s has settled it on %(day)s.") % {"who": curator_name(self.decided_by), "day": day}

    def settle(self, by, why: str = "") -> bool:
        """The entry says it now, or stays as it is for a reason; False where it had been settled."""
        waiting = type(self).objects.filter(WAITS, pk=self.pk)
        return bool(waiting.update(decided_at=Now(), decided_by=by, why=why))

    def end(self, by) -> bool:
        """Marks the entry as ended in the year that the office named, and settles the answer; False as ``settle``."""
        with transaction.atomic():
            if settled := self.settle(by):
                self.practice.end(self.ended, by=by, why=gettext("The city’s answer to the yearly question"))
        return settled

    def reopen(self) -> None:
        """A settled answer waits for a curator again."""
        type(self).objects.filter(pk=self.pk).update(decided_at=None, decided_by=None, why="")
