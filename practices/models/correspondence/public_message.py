"""What the public writes to us about an entry, by a form that counts once. Private until a curator decides."""

from datetime import timedelta

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.clock import database_now
from citysolidarity.desk.fields import CuratorKey, curator_name
from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.forms.one_time_key import SubmittedForm

LONGEST = 1_000  # characters
# Afterwards the address of whoever wrote is erased (correspondence/retention.py).
REOPENS_FOR = timedelta(days=30)
# Stands where words were erased: that something was written remains, not what.
ERASED = "–"


class PublicMessage(SubmittedForm):
    """One form that was accepted, with the text as it was typed."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, verbose_name=_("practice"), editable=False)
    text = models.TextField(_("text"), max_length=LONGEST, editable=False)
    language = models.CharField(_("language of the page"), max_length=7, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_by = CuratorKey(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["sent_at", "pk"]

    def why_not_close(self) -> str:
        """Why it can't be closed now, as a sentence; "" where nothing speaks against it."""
        if not self.closed_at:
            return ""
        day = date_format(self.closed_at, "DATE_FORMAT")
        return gettext("%(who)s has closed it on %(day)s.") % {"who": curator_name(self.closed_by), "day": day}

    def why_not_reopen(self) -> str:
        if not self.closed_at:
            return gettext("it is open.")
        if database_now() - self.closed_at > REOPENS_FOR:
            return gettext("it was closed more than %(days)d days ago.") % {"days": REOPENS_FOR.days}
        return ""

    def reopen(self, **columns) -> None:
        """It waits for a curator again; what was closed by mistake is not lost. ``columns`` go with the decision."""
        if (
            not type(self)
            .objects.filter(pk=self.pk, closed_at__isnull=False)
            .update(closed_at=None, closed_by=None, **columns)
        ):
            raise TransitionNotAllowed(gettext("it is open."))
        self.show_again()

    def show_again(self) -> None:
        """What the public sees of the entry has changed: its page is made anew."""
        self.practice.save(update_fields=["updated_at"])


def both_or_none(model: str) -> models.CheckConstraint:
    """Nothing is closed but by somebody."""
    none, both = {"closed_at__isnull": True}, {"closed_at__isnull": False}
    return models.CheckConstraint(
        condition=models.Q(**none, closed_by__isnull=True) | models.Q(**both, closed_by__isnull=False),
        name=f"{model}_closed_by_somebody",
    )
