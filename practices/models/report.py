"""Problems that readers report, and the right of reply of whoever an entry is about."""

from datetime import UTC, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now, TruncDay
from django.utils.translation import gettext_lazy as _

from practices.models.written import LONGEST, Written, both_or_none

# Whoever contests an entry sees it marked no later than this, whether a curator has looked or not.
MARKED_WITHIN = timedelta(hours=72)
DAY = timedelta(days=1)


class Problem(models.TextChoices):
    """What is reported."""

    WRONG = "wrong", _("Something is wrong")
    OUTDATED = "outdated", _("Something has changed since")
    HARMFUL = "harmful", _("Something may harm or expose a person")
    REPLY = "reply", _("We are the city, or are named here, and want to reply")
    LINK = "link", _("A link leads nowhere")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    """What a curator made of it."""

    MENDED = "mended", _("The entry has been mended")
    NOTHING = "nothing", _("Looked at: nothing is to be changed")
    REPLIED = "replied", _("The reply is shown with the entry")
    NOT_MEANT = "not-meant", _("No report: advertising, an insult, a test")


# These say that the entry is not to be relied on as it stands.
CONTESTS = (Problem.WRONG, Problem.HARMFUL, Problem.REPLY)
OPEN = Q(closed_at__isnull=True)


def tomorrow():
    """The end of this day by the database's clock (UTC): pages are kept for a day at most, so a mark appears with one."""
    return TruncDay(Now(), tzinfo=UTC) + DAY


class ReportQuerySet(models.QuerySet):
    def open(self):
        """Reports that wait for a curator, the oldest first."""
        return self.filter(OPEN).order_by("sent_at", "pk")

    def marking(self):
        """Reports for which an entry is shown as under review: taken up, or waiting on the day on which the 72 hours end.

        Each has ``since``, the day from which it is shown.
        """
        due = Q(sent_at__lt=tomorrow() - MARKED_WITHIN)
        found = self.filter(OPEN & Q(kind__in=CONTESTS) & (Q(taken_up_at__isnull=False) | due))
        return found.annotate(since=Coalesce(F("taken_up_at"), F("sent_at") + MARKED_WITHIN))

    def replies(self):
        """Replies that a curator decided to show."""
        return self.filter(outcome=Outcome.REPLIED).order_by("closed_at", "pk")


class Report(Written):
    """One report. The text and the address stay at the desk; of a reply, what a curator shows is ``public_reply``."""

    kind = models.CharField(_("what is the matter"), max_length=8, choices=Problem, editable=False)
    email = models.EmailField(_("mail address"), max_length=254, blank=True, editable=False)
    taken_up_at = models.DateTimeField(_("marked as under review"), null=True, blank=True, editable=False)
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=Outcome, blank=True, help_text=_("Choose it, then press “Close”.")
    )
    public_reply = models.TextField(
        _("reply as it is shown"),
        max_length=LONGEST,
        blank=True,
        help_text=_("Only for a reply: what stands beside the entry, without names and addresses of persons."),
    )

    objects = ReportQuerySet.as_manager()

    class Meta(Written.Meta):
        verbose_name = _("problem reported")
        verbose_name_plural = _("problems reported")
        default_related_name = "reports"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Problem.values), name="report_kind_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(outcome__in=Outcome.values),
                name="report_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REPLIED) | ~Q(public_reply=""), name="report_reply_has_words"
            ),
            both_or_none("report"),
        ]

    @property
    def contests(self) -> bool:
        """Whether it says that the entry is not to be relied on."""
        return self.kind in CONTESTS

    @property
    def marks_nothing_yet(self) -> bool:
        """Whether a curator could mark the entry for it."""
        return self.contests and self.taken_up_at is None and self.closed_at is None

    def take_up(self) -> bool:
        """Marks the entry as under review from now on; False where that is so, or nothing is contested."""
        with transaction.atomic():
            mine = type(self).objects.filter(OPEN, pk=self.pk, kind__in=CONTESTS, taken_up_at__isnull=True)
            done = bool(mine.update(taken_up_at=Now()))
            if done:
                self.show_again()
        return done

    def close(self, by, outcome: str, public_reply: str = "") -> bool:
        """Ends it, and the mark with it; False where somebody was quicker."""
        columns = {"outcome": outcome, "public_reply": public_reply, "closed_at": Now(), "closed_by": by}
        with transaction.atomic():
            done = bool(type(self).objects.filter(OPEN, pk=self.pk).update(**columns))
            if done:
                self.show_again()
        return done
