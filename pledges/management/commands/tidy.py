"""`manage.py tidy`: what the calendar asks for. The worker does it once a day; by hand it may be run at any time."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from citysolidarity import throttle
from pledges.retention import RULES
from practices.calendar import RULES as PRACTICES


class Command(BaseCommand):
    help = (
        "Expires drafts, erases what need not be kept any longer, shows signatures whose day has come, and asks the "
        "cities whether their entries are still right."
    )
    requires_system_checks = ()

    def handle(self, *, verbosity, **options):
        done = {name: rule() for name, rule in (RULES | PRACTICES).items()}
        done["uses of limits deleted"] = throttle.tidy()
        call_command("clearsessions")
        if verbosity:
            self.stdout.write(", ".join(f"{name} {number}" for name, number in done.items()))
