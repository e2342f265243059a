"""The dead man's alarm: where no back-up succeeded for a day, lead curators hear of it every day until one does."""

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.backups.models import BackupAlarm, BackupRun, standing
from citysolidarity.desk.emails.posting import tell_at_once, to_staff
from citysolidarity.mail.texts import Variable

HEAR = "citysolidarity.look_after_people"  # lead curators
VARIABLES = {
    "last": Variable(gettext_lazy("when the last back-up succeeded"), "19 June 2026, 02:10 UTC", is_needed=True),
}


def still_late(alarm: BackupAlarm) -> bool:
    return standing() == "late"


@to_staff(HEAR, suits=still_late, when=gettext_lazy("No back-up has succeeded for a day"), variables=VARIABLES)
def backup_alarm_to_staff(alarm):
    last = BackupRun.objects.last_success()
    return {
        "last": said(last.ended_at) if last else _("never"),
        "choose": settings.SITE_URL + reverse("admin:emails_to_me"),
    }


def said(moment) -> str:
    return _("%(day)s, %(time)s UTC") % {"day": date_format(moment, "DATE_FORMAT"), "time": date_format(moment, "H:i")}


def raise_alarm() -> int:
    """Once a day; returns how many e-mails were posted."""
    if standing() != "late":
        return 0
    with transaction.atomic():
        alarm, _is_new = BackupAlarm.objects.get_or_create(day=timezone.now().date())
        return tell_at_once(backup_alarm_to_staff, alarm)


@register("backups", deploy=True)
def check_backups(app_configs, **kwargs) -> list[CheckWarning]:
    """Where none are made, the alarm is off: whoever deploys shall know."""
    found = []
    if not settings.BACKUPS_ROOT:
        found.append(
            CheckWarning(
                "No back-ups are made, and nobody is alarmed about it.",
                hint="Set BACKUPS_ROOT and run manage.py backup every day (docs/backup.md).",
                id="backups.W001",
            )
        )
    elif not settings.BACKUP_KEY:
        found.append(
            CheckWarning(
                "Back-ups are not encrypted.", hint="Set BACKUP_KEY (manage.py backup --make-key).", id="backups.W002"
            )
        )
    return found
