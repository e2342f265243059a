"""`manage.py forget ADDRESS`: erases a person who asks for it."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from pledges.erasure import forget


class Command(BaseCommand):
    help = (
        "Erases the person who signed with this mail address, in every table: address, telephone and name. "
        "The institution's signature stays, and so does every count."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("address", help="the mail address, in whatever case")

    def handle(self, *, address, **options):
        address = address.strip()
        # Half an address would be found inside the addresses of others.
        if len(address.partition("@")[0]) < 1 or "." not in address.partition("@")[2]:
            raise CommandError(f"{address!r} is not a whole mail address.")
        if get_user_model().objects.filter(Q(email__iexact=address) | Q(username__iexact=address)).exists():
            raise CommandError("This is the address of an account of the desk: change the account in the admin first.")
        done = forget(address)
        told = "{signatures} signatures without their signer, {mailboxes} mailboxes, {places} other places."
        self.stdout.write(told.format(**done))
