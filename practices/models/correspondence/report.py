"""Problems that readers report, and the right of reply of whoever an entry is about."""

from datetime import UTC, timedelta

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Now, TruncDay
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models.correspondence.public_message import LONGEST, PublicMessage, both_or_none

# Whoever contests an entry sees it marked no later than this, whether a curator has looked or not.
MARKED_WITHIN = timedelta(hours=72)
DAY = timedelta(days=1)


class Problem(models.TextChoices):
    WRONG = "wrong", _("Something is wrong")
    OUTDATED = "outdated", _("Something has changed since")
    HARMFUL = "harmful", _("Something may put a person at risk")
    REPLY = "reply", _("We are the city, or are named here, and want to reply")
    LINK = "link", _("A link does not work")
    OTHER = "other", _("Something else")
    # No problem; these have forms of their own and go the same way.
    SAME = "same", _("Another city does this too")
    ADAPTED = "adapted", _("Another city has adapted this")


class ReportOutcome(models.TextChoices):
    MENDED = "mended", _("The entry has been corrected")
    NOTHING = "nothing", _("Checked: no change is needed")
    REPLIED = "replied", _("The reply is shown with the entry")
    NOT_MEANT = "not-meant", _("Not a report: advertising, an insult, a test")


# These say that the entry is not to be relied on as it stands.
CONTESTS = (Problem.WRONG, Problem.HARMFUL, Problem.REPLY)
# These tell who does the same.
FOLLOWS = (Problem.SAME, Problem.ADAPTED)
OPEN = Q(closed_at__isnull=True)


def tomorrow():
    """The end of this day by the database's clock (UTC): pages are kept for a day at most, so a mark appears with one."""
    return TruncDay(Now(), tzinfo=UTC) + DAY


class ReportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(OPEN).order_by("sent_at", "pk")

    def marking(self):
        """Reports for which an entry is shown as under review: taken up, or waiting on the day on which the 72 hours end.

        Each has ``since``, the day from which it is shown.
        """
        due = Q(sent_at__lt=tomorrow() - MARKED_WITHIN) & self._believed()
        marking = self.filter(OPEN & Q(kind__in=CONTESTS) & (Q(taken_up_at__isnull=False) | due))
        return marking.annotate(since=Coalesce(F("taken_up_at"), F("sent_at") + MARKED_WITHIN))

    def believed(self):
        """Reports that mark their entry in time without a curator."""
        return self.filter(self._believed())

    def _believed(self) -> Q:
        """Somebody can be asked back, or several contest the same entry: one person could otherwise mark every entry."""
        contesting = self.model.objects.filter(OPEN, kind__in=CONTESTS, practice=OuterRef("practice"))
        from_elsewhere = contesting.exclude(network=OuterRef("network")).filter(network__isnull=False)
        return Q(mailbox_confirmed_at__isnull=False) | Q(network__isnull=False) & Exists(from_elsewhere)

    def replies(self):
        """Replies that a curator decided to show."""
        return self.filter(outcome=ReportOutcome.REPLIED).order_by("closed_at", "pk")


class Report(PublicMessage):
    """One report. The text and the address stay at the desk; of a reply, what a curator shows is ``public_reply``."""

    kind = models.CharField(_("what is wrong"), max_length=8, choices=Problem, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True, editable=False)
    mailbox_confirmed_at = models.DateTimeField(_("e-mail address confirmed"), null=True, blank=True, editable=False)
    # A keyed hash of where it came from, to tell several people from one; erased when the report is closed.
    network = models.BinaryField(_("keyed hash of the network"), null=True, editable=False)
    taken_up_at = models.DateTimeField(_("marked as under review"), null=True, blank=True, editable=False)
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=ReportOutcome, blank=True, help_text=_("Choose it, then press “Close”.")
    )
    public_reply = models.TextField(
        _("reply as it is shown"),
        max_length=LONGEST,
        blank=True,
        help_text=_("Only for a reply: what stands beside the entry, without names and addresses of persons."),
    )

    objects = ReportQuerySet.as_manager()

    class Meta(PublicMessage.Meta):
        verbose_name = _("problem reported")
        verbose_name_plural = _("problems reported")
        default_related_name = "reports"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Problem.values), name="report_kind_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(outcome__in=ReportOutcome.values),
                name="report_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ReportOutcome.REPLIED) | ~Q(public_reply=""), name="report_reply_has_words"
            ),
            both_or_none("report"),
        ]

    @property
    def contests(self) -> bool:
        return self.kind in CONTESTS

    def why_not_take_up(self) -> str:
        """Why the entry can't be marked now, as a sentence; "" where nothing speaks against it."""
        if self.closed_at:
            return self.why_not_close()
        if not self.contests:
            return gettext("this kind of report contests nothing.")
        return gettext("it is already marked.") if self.taken_up_at else ""

    def reopen(self) -> None:
        super().reopen(outcome="")

    def confirm_mailbox(self) -> None:
        """Whoever reported pressed the button of our e-mail; raises TransitionNotAllowed where it comes too late."""
        mine = type(self).objects.filter(OPEN, pk=self.pk, mailbox_confirmed_at__isnull=True).exclude(email="")
        if not mine.update(mailbox_confirmed_at=Now()):
            raise TransitionNotAllowed(gettext("This report has been settled already."))
        self.show_again()

    def take_up(self) -> bool:
        """Marks the entry as under review from now on; False where that is so, or nothing is contested."""
        with transaction.atomic():
            mine = type(self).objects.filter(OPEN, pk=self.pk, kind__in=CONTESTS, taken_up_at__isnull=True)
            changed = bool(mine.update(taken_up_at=Now()))
            if changed:
                self.show_again()
        return changed

    def close(self, by, outcome: str, public_reply: str = "") -> bool:
        """Ends it, and the mark with it; False where somebody was quicker."""
        columns = {
            "outcome": outcome,
            "public_reply": public_reply,
            "closed_at": Now(),
            "closed_by": by,
            "network": None,
        }
        with transaction.atomic():
            changed = bool(type(self).objects.filter(OPEN, pk=self.pk).update(**columns))
            if changed:
                self.show_again()
        return changed
