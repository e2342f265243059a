"""`manage.py work`: does what waits in the backlog, letters above all, one after the other, until it is told to stop."""

import logging
import os
import secrets
import signal
import socket
import threading
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connection

from citysolidarity import backlog, throttle
from citysolidarity.mail import NotSent, TryAgain, patiently
from citysolidarity.outage import DATABASE_OUTAGES

IDLE = 1  # seconds between two looks at an empty backlog
OUTAGE = 2  # seconds between two looks for a database that is away
TIDY_EVERY = 3_600  # seconds
# However many workers there are, and however often they start.
RETENTION = throttle.Limit("the daily tidy", 1, days=1)

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sends the letters and does the other work that waits. Ctrl-C stops it after the letter in hand."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--check", action="store_true", help="exit with 1 unless a worker lives; for health checks")

    def handle(self, *, once, check, **options):
        if check:
            found = backlog.standing()
            self.stdout.write(", ".join(f"{name} {number}" for name, number in found.items()))
            if not found["workers"]:
                raise CommandError("No worker has shown itself of late.")
            return
        if settings.MAILERS["default"]["BACKEND"] == "citysolidarity.mail.NoMailServer":
            raise CommandError("Set MAIL_URL: without a mail server the letters wait.")
        Worker().run(once=once)


class Worker:
    """Takes one row at a time; holds no lock and no transaction while it works on it."""

    def __init__(self):
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self.tidied = self.beaten = float("-inf")

    def run(self, once: bool = False) -> None:
        """Works until a signal, or, with ``once``, until nothing is due; an outage of the database is waited out."""
        before = {number: signal.signal(number, self.stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self.stopping.is_set():
                try:
                    worked = self.step()
                except DATABASE_OUTAGES as outage:
                    logger.warning("The database is away: %s", type(outage).__name__)
                    connection.close()
                    self.stopping.wait(OUTAGE)
                    continue
                if not worked and once:
                    break
                if not worked:
                    self.stopping.wait(IDLE)
            self.farewell()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop(self, number, frame) -> None:
        """Stop after the row in hand: a letter that is cut off may be sent twice."""
        self.stopping.set()

    def step(self) -> bool:
        """Does one row; False when nothing is due."""
        if not connection.in_atomic_block:
            close_old_connections()
        self.look_after_the_house()
        row = backlog.take(self.name)
        if row is None:
            return False
        if len(row.worker_ids) > backlog.TRIES:  # its last worker was killed at it
            self.record(backlog.give_up, row, "killed")
        else:
            self.do(row)
        return True

    def do(self, row) -> None:
        """Calls the task and writes down how it went."""
        told = {"task": row.task_path.rpartition(".")[2], "row": str(row.pk), "try": len(row.worker_ids)}
        try:
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except DATABASE_OUTAGES:
            raise  # the lease brings the row back
        except NotSent as trouble:
            logger.warning("%s: not sent, %s", told, trouble.reply)
            self.record(backlog.put_back if isinstance(trouble, TryAgain) else backlog.give_up, row, trouble.reply)
        except Exception as trouble:
            logger.exception("%s: failed", told)
            self.record(backlog.put_back, row, type(trouble).__name__)
        else:
            self.record(backlog.finish, row)

    def record(self, act, row, *reason) -> None:
        """Writes the outcome down, whatever the database does meanwhile."""
        patiently(lambda: act(row, *reason))

    def look_after_the_house(self) -> None:
        """Shows that the worker lives, deletes now and then what is old, and does once a day what the calendar asks."""
        now = time.monotonic()
        if now - self.beaten >= backlog.BEAT_EVERY.total_seconds():
            backlog.beat(self.name)
            self.beaten = now
        if now - self.tidied >= TIDY_EVERY:
            backlog.tidy()
            throttle.tidy()
            self.tidied = now
            if not RETENTION.take():
                self.retain()

    def retain(self) -> None:
        """The daily `tidy`; what goes wrong in it must not keep the letters waiting."""
        try:
            call_command("tidy", verbosity=0)
        except DATABASE_OUTAGES:
            raise
        except Exception:
            logger.exception("The daily tidy failed; it is tried again tomorrow.")

    def farewell(self) -> None:
        """Takes the mark of life away; not worth waiting for a database that is away."""
        try:
            backlog.stop_beating(self.name)
        except DATABASE_OUTAGES:
            connection.close()
