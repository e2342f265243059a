"""The notes as files of lines, one file a month, outside the database and its back-ups. Whoever restores reads them."""

import errno
import json
import logging
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from citysolidarity.erasures.models import KEPT, ErasureNote

MOST = 500  # at once: letters wait meanwhile
PAUSE = 600  # seconds
waits = {"until": float("-inf")}

logger = logging.getLogger(__name__)


class Line(NamedTuple):
    id: str
    at: datetime
    act: str
    key: str


def when_idle(**kwargs) -> None:
    """For the worker, about once a second; where the folder cannot be written to, the log says so every ten minutes."""
    if time.monotonic() < waits["until"]:
        return
    try:
        copy()
    except OSError as error:
        waits["until"] = time.monotonic() + PAUSE
        logger.error(
            "ERASURES_ROOT cannot be written to (%s): a restore would bring back who was erased.", error.strerror
        )


def copy() -> int:
    """Append what the files have not got yet; returns how many.

    They are marked as copied after they are on the disk: killed in between, they are copied twice, which does no harm.
    """
    return sum(iter(copy_some, 0))


def copy_some() -> int:
    if not ErasureNote.objects.filter(copied_at__isnull=True).exists():
        return 0
    with transaction.atomic():
        waiting = ErasureNote.objects.filter(copied_at__isnull=True).order_by("at").select_for_update(skip_locked=True)
        notes = list(waiting[:MOST])
        for month in sorted({file_of(note.at) for note in notes}):
            append(month, [line_of(note) for note in notes if file_of(note.at) == month])
        ErasureNote.objects.filter(pk__in=[note.pk for note in notes]).update(copied_at=Now())
    return len(notes)


def file_of(at: datetime) -> str:
    return f"erasures-{at.astimezone(UTC):%Y-%m}.jsonl"


def line_of(note: ErasureNote) -> str:
    told = {"id": str(note.pk), "at": note.at.astimezone(UTC).isoformat(), "act": note.act, "key": note.key}
    return json.dumps(told) + "\n"


def append(name: str, lines: list[str]) -> None:
    root = Path(settings.ERASURES_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_new = not (root / name).exists()
    descriptor = os.open(root / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # A line that a full disk has cut off must not spoil the next one, nor count as written.
        data = ("\n" + "".join(lines)).encode()
        if os.write(descriptor, data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        folder = os.open(root, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def missing() -> list[Line]:
    """What stands in the files and not in the database, in the order in which it was done: it came after the back-up."""
    there = set(map(str, ErasureNote.objects.values_list("pk", flat=True)))
    oldest = datetime.now(UTC) - KEPT
    lines = {line.id: line for line in read() if line.id not in there and line.at >= oldest}
    return sorted(lines.values(), key=lambda line: line.at)


def read() -> Iterator[Line]:
    """Raises ValueError for a line that makes no sense, unless it was cut off: then it was written once more."""
    for path in sorted(Path(settings.ERASURES_ROOT).glob("erasures-*.jsonl")):
        for line in path.read_text().splitlines():
            if line.endswith("}"):
                told = json.loads(line)
                yield Line(told["id"], datetime.fromisoformat(told["at"]), told["act"], told["key"])


def forget() -> int:
    """Delete the files of months that no back-up reaches, and the rows; returns how many rows."""
    last = file_of(datetime.now(UTC) - KEPT)
    for path in Path(settings.ERASURES_ROOT).glob("erasures-*.jsonl"):
        if path.name < last:
            path.unlink()
    return ErasureNote.objects.forget()
