"""`manage.py tell_followers`: what is new, for those who follow it. The worker runs it every hour."""

from django.core.management.base import BaseCommand

from practices.following.sending import tell_followers


class Command(BaseCommand):
    help = (
        "Posts an e-mail to everybody who follows a selection of the directory or a city in which something is new: "
        "once a month at most, or once a day, as they have chosen."
    )
    requires_system_checks = ()

    def handle(self, *, verbosity, **options):
        posted = tell_followers()
        if verbosity:
            self.stdout.write(f"{posted} e-mails about news posted")
