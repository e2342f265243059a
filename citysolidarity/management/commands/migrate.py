"""`manage.py migrate`: Django's, but it never queues for a lock behind which every visitor would have to wait."""

import time

from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable

TRIES = 30
PAUSE = 2  # seconds, in which visitors get through


class Command(migrate.Command):
    def handle(self, *args, **options):
        """Each migration is a transaction: what was done stays done, and the next try goes on from there."""
        for left in reversed(range(TRIES)):
            try:
                return super().handle(*args, **options)
            except OperationalError as busy:
                if not isinstance(busy.__cause__, LockNotAvailable) or not left:
                    raise
                self.stderr.write("A table is in use; trying again.")
                connections[options["database"]].close()
                time.sleep(PAUSE)
        return None
