"""`manage.py watch_backups`: the alarm where no back-up succeeded for a day. The worker runs it every hour."""

from django.core.management.base import BaseCommand

from citysolidarity.backups.alarm import raise_alarm


class Command(BaseCommand):
    help = "E-mails lead curators, once a day, where back-ups are made and none has succeeded for a day."
    requires_system_checks = ()

    def handle(self, *, verbosity, **options):
        posted = raise_alarm()
        if verbosity:
            self.stdout.write(f"{posted} alarms posted")
