"""Whoever deploys shall know where no back-ups are made: there is no alarm about them then."""

import os

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register


@register("backups", deploy=True)
def check_backups(app_configs, **kwargs) -> list[CheckWarning]:
    if not settings.BACKUPS_ROOT:
        said = "No back-ups are made, and nobody is alarmed about it."
        hint = "Set BACKUPS_ROOT and run manage.py backup every day (docs/backup.md)."
        return [CheckWarning(said, hint=hint, id="backups.W001")]
    # Whoever may only read the folder, as a web server of the stack, makes no back-up and needs no key.
    if not settings.BACKUP_KEY and os.access(settings.BACKUPS_ROOT, os.W_OK):
        hint = "Set BACKUP_KEY (manage.py backup --make-key)."
        return [CheckWarning("Back-ups are not encrypted.", hint=hint, id="backups.W002")]
    return []
