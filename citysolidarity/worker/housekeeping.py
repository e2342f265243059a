"""When each rule of the housekeeping last did its work, so that somebody notices where one does not."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

# Commands that the worker runs every hour; all other rules run once a day.
HOURLY = ("tell_curators", "tell_followers", "read_bounces", "watch")
# The names of all other rules are sentences.
NAMES_OF_COMMANDS = {
    "tell_curators": gettext_noop("curators told what waits"),
    "tell_followers": gettext_noop("followers told what is new"),
    "read_bounces": gettext_noop("returned e-mails read"),
    "watch": gettext_noop("alarms raised and ended"),
    "tidy": gettext_noop("the daily housekeeping as a whole"),
}


class HousekeepingQuerySet(models.QuerySet):
    def note(self, rule: str, failure: Exception | None = None) -> None:
        """``failure`` is what ended it, of which only the class is kept: its sentence may name a person."""
        facts = {"failed_at": Now(), "why": type(failure).__name__[:60]} if failure else {"failed_at": None, "why": ""}
        if failure is None:
            facts["ran_at"] = Now()
        # What has been done is done, whether it can be noted or not.
        with suppress(DatabaseError, InterfaceError), transaction.atomic():
            self.update_or_create(rule=rule, defaults=facts)

    def forget_others(self, rules: Iterable[str]) -> None:
        """Rules of an earlier release would seem to have stopped."""
        self.exclude(rule__in=[*rules, *HOURLY]).delete()


class Housekeeping(models.Model):
    """One rule. ``failed_at`` is set where its last try failed."""

    rule = models.CharField(_("rule"), max_length=100, primary_key=True)
    ran_at = models.DateTimeField(_("last done"), null=True)
    failed_at = models.DateTimeField(_("failed"), null=True)
    why = models.CharField(_("kind of error"), max_length=60, blank=True)

    objects = HousekeepingQuerySet.as_manager()

    class Meta:
        ordering = ["rule"]
        verbose_name = _("rule of the housekeeping")
        verbose_name_plural = _("rules of the housekeeping")
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True, why="") | (Q(failed_at__isnull=False) & ~Q(why="")),
                name="housekeeping_failure_has_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(ran_at__isnull=False) | Q(failed_at__isnull=False), name="housekeeping_was_tried"
            ),
        ]

    def __str__(self):
        """Its name for curators, in the language of the page."""
        return gettext(NAMES_OF_COMMANDS.get(self.rule, self.rule))


def noted[T](rule: str, act: Callable[[], T]) -> T:
    """Call ``act`` and note the outcome; raises what it raises."""
    try:
        done = act()
    except Exception as failure:
        Housekeeping.objects.note(rule, failure)
        raise
    Housekeeping.objects.note(rule)
    return done
