"""How long letters wait for their turn."""

from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max


def waits() -> list[int]:
    """The hours for which each letter waits, in the order of posting; 0 for those that leave now."""
    rows = (
        DBTaskResult.objects.filter(status="READY", task_path__endswith="send_letter")
        .order_by("enqueued_at")
        .values_list("run_after", flat=True)
    )
    return [0 if when == get_date_max() else round((when - timezone.now()).total_seconds() / 3600) for when in rows]
