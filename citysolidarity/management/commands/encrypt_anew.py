"""`manage.py encrypt_anew`: after SECRET_KEY has changed, before the former key is taken away."""

from django.core.management.base import BaseCommand, CommandError

from citysolidarity.login.factors import UndecryptableSecret, encrypt_anew


class Command(BaseCommand):
    help = "Encrypts the secrets of curators' authenticator apps and recovery codes under the present SECRET_KEY."

    def handle(self, **options):
        try:
            number = encrypt_anew()
        except UndecryptableSecret:
            raise CommandError(
                "Some secrets were encrypted under a key that is neither SECRET_KEY nor in SECRET_KEY_FALLBACKS. Nothing "
                "was changed: add that key to SECRET_KEY_FALLBACKS."
            ) from None
        self.stdout.write(
            f"{number} encrypted under the present key. The former keys are not needed for them any more."
        )
