"""What was wrong with the site, and who was told."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

# What comes and goes within so much time is one alarm.
CALM = timedelta(minutes=10)
# An e-mail may be overlooked or lost: as long as an alarm lasts, it is told of once in so much time.
AGAIN = timedelta(days=1)
# What may be wrong, by the code of its check.
TITLES = {
    "queue": _("The queue of the worker"),
    "emails": _("E-mails"),
    "housekeeping": _("Housekeeping"),
    "backup": _("Back-up"),
}


class AlarmQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at__isnull=True)

    def raise_for(self, code: str) -> None:
        """Begin an alarm, or say of the one that is open that it is not over."""
        self.get_or_create(code=code, ended_at=None)
        self.open().filter(code=code, calm_since__isnull=False).update(calm_since=None)

    def calm(self, code: str) -> None:
        """Nothing is wrong at the moment; an alarm ends after a while in which this is so."""
        mine = self.open().filter(code=code)
        mine.filter(calm_since__isnull=True).update(calm_since=Now())
        mine.filter(calm_since__lt=Now() - CALM).update(ended_at=Now())

    def claim(self, column: str):
        """One alarm that somebody is to be told of, for whoever sends; None where there is none.

        An alarm that was over before anybody could be told is told of once, by the e-mail that says so.
        """
        if column == "told_at":
            waiting = self.open().filter(Q(told_at__isnull=True) | Q(told_at__lt=Now() - AGAIN))
        else:
            waiting = self.filter(ended_at__isnull=False, over_told_at__isnull=True)
        for alarm in waiting.order_by("began_at"):
            if waiting.filter(pk=alarm.pk).update(**{column: Now()}):
                alarm.refresh_from_db()
                return alarm
        return None


class Alarm(models.Model):
    """It ends when all has been well for a while; an e-mail a day tells of it, and one that it is over."""

    code = models.CharField(_("code"), max_length=20, editable=False)
    began_at = models.DateTimeField(_("began"), db_default=Now(), editable=False)
    calm_since = models.DateTimeField(_("all well since"), null=True, editable=False)
    ended_at = models.DateTimeField(_("over"), null=True, editable=False)
    told_at = models.DateTimeField(_("told"), null=True, editable=False)
    over_told_at = models.DateTimeField(_("told that it is over"), null=True, editable=False)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at"]
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(ended_at__isnull=True), name="alarm_open_once"),
            models.CheckConstraint(
                condition=Q(over_told_at__isnull=True) | Q(ended_at__isnull=False), name="alarm_is_over_once_ended"
            ),
        ]

    def __str__(self):
        return str(TITLES.get(self.code, self.code))

    def take_back(self, column: str) -> None:
        """Nobody could be told: it is tried again."""
        type(self).objects.filter(pk=self.pk).update(**{column: None})
