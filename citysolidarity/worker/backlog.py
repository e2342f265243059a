"""The queue of Django's Tasks: rows are taken one by one under a lease, and tried again with growing pauses.

django-tasks-db writes the rows, in the caller's transaction. Its own worker is not used: a row whose worker was killed
would stay "running" for ever, nothing is tried twice, and each machine's own clock decides. Here ``run_after`` is when
a waiting row is due and when a running row's lease ends, both by the database's clock, and ``worker_ids`` has one entry
for each try.
"""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.tasks import TaskResultStatus as Status
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, get_date_max

# Longer than a task can take (mail/sending.py): two workers never work on one row.
LEASE = timedelta(minutes=5)
# 4 days and 9 hours in all. RFC 5321, section 4.5.4.1, asks for four to five days before giving up on a letter.
PAUSES = [
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 4, 6, 8, 12, 12, 12, 24, 24)),
]
TRIES = len(PAUSES) + 1
KEPT = timedelta(days=7)
BEAT_EVERY = timedelta(seconds=10)
ALIVE = BEAT_EVERY + LEASE  # a worker that sends does not beat


class WorkerBeat(models.Model):
    """When a worker was last alive. It deletes its row when it shuts down."""

    worker = models.CharField(_("worker"), max_length=64, primary_key=True)
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self):
        return self.worker


def due() -> models.QuerySet:
    """Rows to be worked on now: new, due again, or abandoned by a worker that was killed."""
    waiting = Q(status=Status.READY) & (Q(run_after=get_date_max()) | Q(run_after__lte=Now()))
    abandoned = Q(status=Status.RUNNING, run_after__lte=Now())
    return DBTaskResult.objects.filter(waiting | abandoned)


def take(worker: str) -> DBTaskResult | None:
    """Give ``worker`` the oldest due row for the length of the lease; None when nothing is due."""
    with transaction.atomic():
        row = due().order_by("-priority", "enqueued_at").select_for_update(skip_locked=True).first()
        if row:
            row.worker_ids = [*row.worker_ids, worker]
            row.status, row.started_at, row.run_after = Status.RUNNING, Now(), Now() + LEASE
            row.save(update_fields=["worker_ids", "status", "started_at", "run_after"])
            row.refresh_from_db(fields=["started_at", "run_after"])
    return row


def finish(row: DBTaskResult) -> bool:
    """Return False, and change nothing, where the lease ended and another worker has the row."""
    return _leave(row, status=Status.SUCCESSFUL, finished_at=Now(), exception_class_path="")


def put_back(row: DBTaskResult, why: str) -> bool:
    """Try again after the next pause, or give up after the last try; returns False as ``finish``.

    ``why`` is an exception's name or a mail server's code, never a text that may name a person.
    """
    tries = len(row.worker_ids)
    if tries >= TRIES:
        return give_up(row, why)
    return _leave(row, status=Status.READY, run_after=Now() + PAUSES[tries - 1], exception_class_path=why)


def give_up(row: DBTaskResult, why: str) -> bool:
    """Return False as ``finish``."""
    return _leave(row, status=Status.FAILED, finished_at=Now(), exception_class_path=why)


def _leave(row: DBTaskResult, **columns) -> bool:
    held = DBTaskResult.objects.filter(pk=row.pk, status=Status.RUNNING, worker_ids=row.worker_ids)
    return bool(held.update(**columns))


def beat(worker: str) -> None:
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"seen_at": Now()})


def stop_beating(worker: str) -> None:
    WorkerBeat.objects.filter(worker=worker).delete()


def workers_alive() -> int:
    return WorkerBeat.objects.filter(seen_at__gt=Now() - ALIVE).count()


def standing() -> dict:
    """Numbers of ``workers`` alive, rows ``due``, ``waiting`` (those due later, too) and ``failed`` in the last week."""
    return {
        "workers": workers_alive(),
        "due": due().count(),
        "waiting": DBTaskResult.objects.filter(status__in=[Status.READY, Status.RUNNING]).count(),
        "failed": DBTaskResult.objects.filter(status=Status.FAILED, finished_at__gt=Now() - KEPT).count(),
    }


def tidy() -> int:
    """Delete what finished or was last alive a week ago; returns how many tasks."""
    WorkerBeat.objects.filter(seen_at__lt=Now() - KEPT).delete()
    finished = DBTaskResult.objects.filter(status__in=[Status.SUCCESSFUL, Status.FAILED])
    return finished.filter(finished_at__lt=Now() - KEPT).delete()[0]
