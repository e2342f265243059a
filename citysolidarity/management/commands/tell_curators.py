"""`manage.py tell_curators`: the digests that are due. The worker runs it every hour."""

from django.core.management.base import BaseCommand

from citysolidarity.desk.emails.posting import post_digests


class Command(BaseCommand):
    help = (
        "Posts today's digest of what waits to everybody at the desk who wants one; once a day, however often it runs."
    )
    requires_system_checks = ()

    def handle(self, *, verbosity, **options):
        posted = post_digests()
        if verbosity:
            self.stdout.write(f"{posted} digests posted")
