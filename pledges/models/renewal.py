"""A signature binds those who were elected: after an election, or after four years, the institution is asked to renew.

What is not renewed stays, with the day since when that is so.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.decided import ACCEPTED, REFUSED, UNDECIDED, Decided
from pledges.models.reminding import RemindedQuerySet, reminded_after_asked
from pledges.models.workflow import CURATE, not_allowed

MONTHS_AFTER_ELECTION = 3
YEARS_AFTER = 4
FIRST_ELECTION, LAST_ELECTION = date(2018, 1, 1), date(2100, 1, 1)


class ElectionQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(accepted_at__isnull=False)

    def waiting(self):
        """Days that cities gave in their answers, for a curator to check."""
        return self.filter(UNDECIDED).order_by("said_at", "pk")


class Election(Decided):
    """The day of a municipal election, entered by a curator or given by the city, which counts once it is accepted."""

    city = models.ForeignKey("practices.City", models.CASCADE, related_name="elections", verbose_name=_("city"))
    held_on = models.DateField(_("day of the election"))
    source_url = models.URLField(
        _("page that shows the day"), max_length=500, blank=True, help_text=_("You can leave this empty.")
    )
    said_at = models.DateTimeField(_("given by the city"), null=True, blank=True, editable=False)

    PERMISSION = CURATE

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "pk"]
        verbose_name = _("municipal election")
        verbose_name_plural = _("municipal elections")
        constraints = [
            models.UniqueConstraint(fields=["city", "held_on"], name="election_once_per_city"),
            models.CheckConstraint(
                condition=Q(held_on__gte=FIRST_ELECTION, held_on__lt=LAST_ELECTION), name="election_day_possible"
            ),
            models.CheckConstraint(
                condition=UNDECIDED & Q(decided_by__isnull=True, said_at__isnull=False) | ACCEPTED | REFUSED,
                name="election_decided_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.city}, {self.held_on:%Y-%m-%d}"


class RenewalQuerySet(RemindedQuerySet):
    answered = "renewed_at"


class Renewal(models.Model):
    """One request to renew a signature: ``since`` is the day that made it due, an election or the end of four years."""

    signature = models.ForeignKey(
        "pledges.Signature", models.CASCADE, related_name="renewals", verbose_name=_("signature")
    )
    since = models.DateField(_("due since"), editable=False)
    asked_at = models.DateTimeField(_("asked"), db_default=Now(), editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    renewed_at = models.DateTimeField(_("renewed"), null=True, blank=True, editable=False)

    objects = RenewalQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("renewal")
        verbose_name_plural = _("renewals")
        constraints = [
            models.UniqueConstraint(fields=["signature", "since"], name="renewal_asked_once"),
            models.CheckConstraint(
                condition=Q(renewed_at__isnull=True) | Q(renewed_at__gte=models.F("asked_at")),
                name="renewal_follows_the_question",
            ),
            reminded_after_asked("renewal"),
        ]

    def __str__(self):
        return f"{self.signature}, {self.since:%Y-%m-%d}"

    def take(self, next_election: date | None = None) -> None:
        """The institution renews, and may give the day of its next election, which a curator checks.

        Raises TransitionNotAllowed where it has renewed already.
        """
        rows = type(self).objects.filter(pk=self.pk, renewed_at__isnull=True)
        if not rows.update(renewed_at=Now()):
            raise not_allowed("renewed")
        if next_election:
            Election.objects.bulk_create(
                [Election(city_id=self.signature.city_id, held_on=next_election, said_at=Now())],
                ignore_conflicts=True,
            )


def told_of(renewals) -> list[Renewal]:
    """In the order of time: what was renewed, and the newest request; an older one was answered by a later renewal."""
    newest_first = list(renewals)
    return [renewal for renewal in reversed(newest_first) if renewal.renewed_at or renewal is newest_first[0]]


class RenewalStanding(NamedTuple):
    """How a signature stands towards elections. ``since`` is the day since when a renewal is due, None where none is."""

    signed_on: date
    renewed_on: date | None
    since: date | None
    is_election: bool

    @property
    def sentence(self) -> str:
        """Such as "signed in 2026, not renewed since the election of 2029"; "" where there is nothing to say."""
        signed, renewed = self.signed_on.year, self.renewed_on
        if self.since is None:
            return (
                gettext("signed in %(signed)d, renewed in %(renewed)d")
                % {
                    "signed": signed,
                    "renewed": renewed.year,
                }
                if renewed
                else ""
            )
        values = {"signed": signed, "year": self.since.year}
        if self.is_election:
            return gettext("signed in %(signed)d, not renewed since the election of %(year)d") % values
        return ngettext(
            "signed in %(signed)d, not renewed for %(count)d year",
            "signed in %(signed)d, not renewed for %(count)d years",
            YEARS_AFTER,
        ) % (values | {"count": YEARS_AFTER})


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1)


def standing_of(signed_on: date, renewed: list[date], elections: list[date], today: date) -> RenewalStanding:
    """``elections`` are the accepted days of the city. A renewal is due three months after an election, or after four years.

    The newest election decides: who has renewed since needs no other renewal before the next one.
    """
    renewed_on = max(renewed, default=None)
    last = max(filter(None, [signed_on, renewed_on]))
    settled = [day for day in elections if day > last and months_later(day, MONTHS_AFTER_ELECTION) <= today]
    if settled:
        return RenewalStanding(signed_on, renewed_on, max(settled), True)
    due = months_later(last, 12 * YEARS_AFTER)
    return RenewalStanding(signed_on, renewed_on, due if due <= today else None, False)
