"""Whoever deploys shall know where no back-ups are made: there is no alarm about them then."""

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register


@register("backups", deploy=True)
def check_backups(app_configs, **kwargs) -> list[CheckWarning]:
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
