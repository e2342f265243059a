"""Whoever deploys shall know where no back-ups are made: there is no alarm about them then."""

import os

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
    # Whoever may only read the folder, as a web server of the stack, makes no back-up and needs no key.
    elif not settings.BACKUP_KEY and (
        not os.path.exists(settings.BACKUPS_ROOT) or os.access(settings.BACKUPS_ROOT, os.W_OK)
    ):
        found.append(
            CheckWarning(
                "Back-ups are not encrypted.", hint="Set BACKUP_KEY (manage.py backup --make-key).", id="backups.W002"
            )
        )
    return found
