"""`manage.py lock`: refresh the hashed lock files after a change of pyproject.toml, or with newer versions."""

import subprocess

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from citysolidarity.development.locking import refresh


class Command(BaseCommand):
    help = "Writes requirements*.lock from pyproject.toml. Versions stay as they are, but for those to be upgraded."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--upgrade", nargs="*", metavar="PACKAGE", help="take newer versions of these, or of all")

    def handle(self, *, upgrade, **options):
        try:
            changed = refresh(settings.BASE_DIR, upgrade=upgrade)
        except (subprocess.CalledProcessError, OSError) as failure:
            raise CommandError(f"The lock files are not refreshed: {failure}") from failure
        self.stdout.write(f"Changed: {', '.join(changed)}" if changed else "Every lock file is up to date.")
