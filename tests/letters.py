"""Letters that wait to be sent, and workers to send them, for the tests of the site."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from citysolidarity.worker.worker import Worker
from pledges import emails
from pledges.models import SignatureLetter
from tests.pledges.signers import a_verified


def a_posted_letter(curator=None) -> SignatureLetter:
    """A letter in the outbox, about a signature of its own."""
    with transaction.atomic():
        return emails.verified_notice.post(a_verified(curator))


def row_of(letter) -> DBTaskResult:
    return DBTaskResult.objects.get(args_kwargs__args=[str(letter.pk)])


def work():
    """Everything that is due is done, in this process."""
    Worker().run(once=True)


def send():
    """The same by a worker that has done the housekeeping of this hour, which takes many times as long as a letter."""
    worker = Worker()
    worker.tidied = time.monotonic()
    worker.run(once=True)


def let_pass(span):
    """Everything that waits for a moment comes so much nearer to it."""
    DBTaskResult.objects.exclude(run_after__year=9999).update(run_after=F("run_after") - span)


def seconds_until_due(row) -> float:
    return DBTaskResult.objects.annotate(left=F("run_after") - Now()).get(pk=row.pk).left.total_seconds()


@contextmanager
def a_worker(server, *arguments):
    """`manage.py work` as a process of its own on the tests' database; ended at the end of the block, if need be.

    What it says goes into a file, which ``said()`` reads: into a pipe that nobody reads it could not say much.
    """
    place = connection.settings_dict
    address = f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "worker.log"
        with log.open("w") as written:
            process = subprocess.Popen(
                [sys.executable, "-W", "error", settings.BASE_DIR / "manage.py", "work", *arguments],
                env=os.environ | {"DATABASE_URL": address, "MAIL_URL": server.url, "SECRET_KEY": settings.SECRET_KEY},
                stderr=written,
            )
        process.said = log.read_text
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
