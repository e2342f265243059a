"""`manage.py ask_cities`: the yearly letters that are due, and their reminders. The daily `tidy` does it too."""

from django.core.management.base import BaseCommand

from practices.correspondence.confirmations.yearly import ask_cities, remind_cities


class Command(BaseCommand):
    help = (
        "Asks the offices behind the entries whether these are still right: once a year, and once more after 14 days."
    )
    requires_system_checks = ()

    def handle(self, *, verbosity, **options):
        asked, reminded = ask_cities(), remind_cities()
        if verbosity:
            self.stdout.write(f"{asked} asked, {reminded} reminded")
