"""The log of the desk: lines for what no form of the stock admin writes down."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

# Beside Django's own kinds 1 to 3; they stand in the database.
LOGIN, TAKEN_OUT = 4, 5


def log_act(row, by, message, label: str = "", kind: int = CHANGE) -> None:
    """A line about a row, without a word of what was written; ``label`` stands for the row where its name says too little."""
    log_about(type(row), by, message, label or str(row), kind, row.pk)


def log_about(model, by, message, label: str, kind: int = CHANGE, pk=None) -> None:
    """A line about a list or a row of a model; None for a page that is about several."""
    content_type = model and ContentType.objects.get_for_model(model)
    LogEntry.objects.create(
        user=by, content_type=content_type, object_id=pk, object_repr=label[:200],
        action_flag=kind, change_message=str(message),
    )  # fmt: skip
