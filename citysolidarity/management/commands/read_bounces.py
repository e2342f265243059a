"""`manage.py read_bounces`: letters that were refused after they had left. The worker runs it every hour."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from citysolidarity.mail import bounces, mailbox
from citysolidarity.mail.sending import SEND_WITHIN, deadline


class Command(BaseCommand):
    help = (
        "Reads delivery status notifications (RFC 3464) and marks the letters they are about as bounced: those in the "
        "mailbox BOUNCES_URL, or one from the standard input, as a mail server pipes it."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--pipe", action="store_true", help="read one e-mail from the standard input")

    def handle(self, *, pipe, verbosity, **options):
        if pipe:
            # A mail server returns an e-mail to its sender where the command fails: an e-mail that is no bounce is no error.
            found = [bounces.record(sys.stdin.buffer.read(bounces.MOST_BYTES))]
        elif settings.BOUNCES_URL:
            try:
                # Shorter than a lease: the letters wait meanwhile.
                with deadline(SEND_WITHIN):
                    found = [bounces.record(content) for content in mailbox.unseen(settings.BOUNCES_URL)]
            except (mailbox.MailboxUnreachable, TimeoutError) as error:
                raise CommandError(f"The mailbox of BOUNCES_URL cannot be read: {error or 'it is too slow'}.") from None
        else:
            found = []
        if verbosity:
            self.stdout.write(f"{len(found)} e-mails read, {sum(found)} letters bounced")
