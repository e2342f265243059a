"""The process that works on the tasks of the backlog."""

import logging
import os
import secrets
import signal
import socket
import threading
import time

from django.core.management import call_command
from django.db import close_old_connections, connection

from citysolidarity.http import throttle
from citysolidarity.http.database_outage import DATABASE_OUTAGES
from citysolidarity.mail.sending import NotSent, TryAgain, patiently
from citysolidarity.worker import backlog
from citysolidarity.worker.copying import Copying
from citysolidarity.worker.housekeeping import noted
from citysolidarity.worker.signals import worker_idle

IDLE = 1  # seconds between two queries of an empty backlog
OUTAGE = 2  # seconds between two tries to reach the database
TIDY_EVERY = 3_600  # seconds
WATCH_EVERY = 300  # seconds
# A limit, so that it holds for all workers together, however often they start.
RETENTION = throttle.Limit("the daily tidy", 1, days=1)

logger = logging.getLogger(__name__)


class Worker:
    """Works on one row at a time, without holding a lock or a transaction meanwhile."""

    def __init__(self):
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self.tidied = self.beaten = float("-inf")
        self.watched = time.monotonic()
        self.copying = Copying()

    def run(self, once: bool = False) -> None:
        """Work until a signal or, with ``once``, until nothing is due. Outages of the database are waited out."""
        before = {number: signal.signal(number, self.stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self.stopping.is_set():
                try:
                    worked = self.step()
                    if not worked and not once:
                        self.copy()
                    if not worked and not once and not self.stopping.is_set():
                        self.tell_idle()
                except DATABASE_OUTAGES as outage:
                    logger.warning("The database is away: %s", type(outage).__name__)
                    connection.close()
                    self.stopping.wait(OUTAGE)
                    continue
                if not worked and once:
                    break
                if not worked:
                    self.stopping.wait(IDLE)
            self.shut_down()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop(self, number, frame) -> None:
        """Stop after the current row: a letter that is interrupted may be sent twice."""
        self.stopping.set()

    def step(self) -> bool:
        if not connection.in_atomic_block:
            close_old_connections()
        self.run_housekeeping()
        row = backlog.take(self.name)
        if row is None:
            return False
        if len(row.worker_ids) > backlog.TRIES:  # its last worker was killed at it
            self.record(backlog.give_up, row, "killed")
        else:
            self.do(row)
        return True

    def do(self, row) -> None:
        context = {"task": row.task_path.rpartition(".")[2], "row": str(row.pk), "try": len(row.worker_ids)}
        try:
            self.call(row)
        except DATABASE_OUTAGES:
            raise  # the lease brings the row back
        except NotSent as error:
            logger.warning("%s: not sent, %s", context, error.reply)
            self.record(backlog.put_back if isinstance(error, TryAgain) else backlog.give_up, row, error.reply)
        except Exception as error:
            logger.exception("%s: failed", context)
            self.record(backlog.put_back, row, type(error).__name__)
        else:
            self.record(backlog.finish, row)

    def call(self, row) -> None:
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])

    def record(self, act, row, *reason) -> None:
        patiently(lambda: act(row, *reason))

    def run_housekeeping(self) -> None:
        """Send a sign of life; once an hour post what is due; run `tidy` once a day.

        Every few minutes look whether all is well (operation/alarms.py).
        """
        now = time.monotonic()
        if now - self.beaten >= backlog.BEAT_EVERY.total_seconds():
            backlog.beat(self.name)
            self.beaten = now
        if now - self.tidied >= TIDY_EVERY:
            backlog.tidy()
            throttle.tidy()
            self.tidied = now
            self.run_command("tell_curators")
            self.run_command("tell_followers")
            self.run_command("read_bounces")
            if not RETENTION.take():
                self.run_command("tidy")
        if now - self.watched >= WATCH_EVERY:
            self.watched = now
            self.run_command("watch")

    def run_command(self, name: str) -> None:
        """Log errors only: they must not keep the letters waiting."""
        try:
            noted(name, lambda: self.call_command(name))
        except DATABASE_OUTAGES:
            raise
        except Exception:
            logger.exception("%s failed; it is tried again when it is due next.", name)

    def call_command(self, name: str) -> None:
        call_command(name, verbosity=0)

    def copy(self) -> None:
        """Log errors only, as above."""
        try:
            self.copying.step()
        except DATABASE_OUTAGES:
            raise
        except Exception:
            logger.exception("A page could not be copied.")

    def tell_idle(self) -> None:
        """Django logs errors of receivers, as above."""
        for _receiver, answer in worker_idle.send_robust(sender=type(self)):
            if isinstance(answer, DATABASE_OUTAGES):
                raise answer

    def shut_down(self) -> None:
        """Delete the sign of life, without waiting for a database that is away."""
        try:
            backlog.stop_beating(self.name)
        except DATABASE_OUTAGES:
            connection.close()
