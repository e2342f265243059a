"""How the tasks of the worker and its e-mails stand, as the database tells it. Ages are in seconds, by its clock."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Case, Count, DateTimeField, F, Min, Q, When
from django.db.models.functions import Extract, Now
from django.tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult, get_date_max

from citysolidarity.mail.bounces import kinds_of_letters
from citysolidarity.mail.letter import GIVEN_UP
from citysolidarity.worker import backlog

WEEK = timedelta(days=7)
# A new task is due at once; one that was put back, or lost by its worker, at the moment that is written in it.
DUE_SINCE = Case(
    When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"), output_field=DateTimeField()
)


class Queue(NamedTuple):
    """``age`` is for how long the first due task has waited; ``failing`` were tried in vain and are tried again."""

    age: float
    due: int
    waiting: int
    failing: int
    failed: int
    workers: int


class Emails(NamedTuple):
    """In the last week: refused by a mail server for good, and given up because none took them."""

    bounced: int
    given_up: int


def queue() -> Queue:
    """In 3 queries."""
    due = backlog.due().aggregate(number=Count("pk"), age=Extract(Now() - Min(DUE_SINCE), "epoch"))
    in_vain = Q(status=Status.READY) & ~Q(exception_class_path="")
    tasks = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=Q(status__in=[Status.READY, Status.RUNNING])),
        failing=Count("pk", filter=in_vain),
        failed=Count("pk", filter=Q(status=Status.FAILED, finished_at__gt=Now() - WEEK)),
    )
    age = max(0.0, float(due["age"] or 0))
    return Queue(age=age, due=due["number"], workers=backlog.workers_alive(), **tasks)


def emails() -> Emails:
    """In one query for each kind of letter."""
    bounced = Q(bounced_at__gt=Now() - WEEK)
    # They are given up after five days (mail/letter.py), and shown for the week that follows.
    lost = GIVEN_UP & Q(sent_at__isnull=True, bounced_at__isnull=True, posted_at__gt=Now() - 2 * WEEK)
    counts = [
        model.objects.aggregate(bounced=Count("pk", filter=bounced), given_up=Count("pk", filter=lost))
        for model in kinds_of_letters()
    ]
    return Emails(*(sum(count[field] for count in counts) for field in Emails._fields))
