"""`manage.py export_person ADDRESS`: what is kept about a person who asks, as JSON."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from citysolidarity.people.erasing import objection
from citysolidarity.people.export import kept_about


class Command(BaseCommand):
    help = "Prints what is kept about the person who has this e-mail address, as JSON; it goes to that address alone."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("address", help="the e-mail address, in whatever case")

    def handle(self, *, address, **options):
        address = address.strip()
        if problem := objection(address):
            raise CommandError(problem)
        json.dump(kept_about(address), sys.stdout, ensure_ascii=False, indent=1)
        self.stdout.write("")
