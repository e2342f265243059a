"""`manage.py watch`: look whether all is well, and tell the secretariat by e-mail when it is not."""

from django.core.management.base import BaseCommand, CommandError

from citysolidarity.operation.alarms import watch
from citysolidarity.worker.repeating import repeat


class Command(BaseCommand):
    help = (
        "Looks at the queue, the e-mails, the housekeeping and the back-up. Sends an e-mail a day while something is wrong, and "
        "one when it is over. The worker does this every five minutes; a process of its own also notices that no worker is running."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on looking; default: look once")

    def handle(self, *, every, verbosity, **options):
        if every:
            repeat(watch, every, self.stderr.write)
        wrong = watch()
        if verbosity:
            for check in wrong:
                self.stdout.write(f"{check.title}: {check.fact} {check.todo}")
            if wrong:
                raise CommandError("Something is wrong.")
            self.stdout.write("All is well.")
