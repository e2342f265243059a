"""`manage.py work`: the worker, which sends letters and does the other tasks of the backlog."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from citysolidarity.database.guarantees import Unsafe, require_guarantees
from citysolidarity.worker import backlog
from citysolidarity.worker.worker import Worker


class Command(BaseCommand):
    help = "Sends the letters and does the other work that waits. Ctrl-C stops it after the letter in hand."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--check", action="store_true", help="exit with 1 unless a worker lives; for health checks")

    def handle(self, *, once, check, **options):
        if check:
            numbers = backlog.standing()
            self.stdout.write(", ".join(f"{name} {number}" for name, number in numbers.items()))
            if not numbers["workers"]:
                raise CommandError("No worker has shown itself of late.")
            return
        if settings.MAILERS["default"]["BACKEND"] == "citysolidarity.mail.sending.NoMailServer":
            raise CommandError("Set MAIL_URL: without a mail server the letters wait.")
        try:
            require_guarantees()
        except Unsafe as unsafe:
            raise CommandError(str(unsafe)) from unsafe
        if not settings.TRACES_URL:
            Worker().run(once=once)
            return
        from citysolidarity.operation import tracing

        try:
            tracing.TracedWorker().run(once=once)
        finally:
            tracing.end()
