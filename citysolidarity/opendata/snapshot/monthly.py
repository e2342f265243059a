"""One snapshot of each month, as a .zip in ``settings.SNAPSHOTS_ROOT``, with a note beside it of what it names.

A snapshot is not shown from the moment on at which something that it names is not public any more: an entry, a picture, a
translation, a city and its answers, a signature or the name of who signed, a guide, a document, a network, an earlier version
that a curator hid. The daily housekeeping deletes it then, and makes that of the present month anew. Earlier months cannot be
made anew: they are gone.
"""

import fcntl
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from citysolidarity.caching.edition import edition
from citysolidarity.opendata.snapshot.package import sha256, write_json, write_package, write_sums
from citysolidarity.opendata.snapshot.pages import Pages
from pledges.models import AskedCity, Commitment, CommitmentQuestion, Election, Signature
from practices.models import City, Elsewhere, Guide, LibraryDocument, Network, Picture, Practice, PracticeTranslation

NAME = "cities-of-solidarity-"


class Snapshot(NamedTuple):
    """``day`` is when it was made; ``sha256`` in hexadecimal."""

    month: str
    day: date
    bytes: int
    sha256: str
    path: Path


def public_keys() -> set[str]:
    """What must still be public where a snapshot names it (12 queries)."""
    queries = {
        "practice": Practice.objects.published().values_list("slug", "history_from"),
        "translation": PracticeTranslation.objects.public().values_list("practice__slug", "language"),
        "city": City.objects.listed().values_list("slug"),
        "guide": Guide.objects.published().values_list("slug"),
        "document": LibraryDocument.objects.published().values_list("slug"),
        "network": Network.objects.values_list("slug"),
        "picture": Picture.objects.public().values_list("practice__slug", "key"),
        "page elsewhere": Elsewhere.objects.shown().values_list("practice__slug", "url"),
        "election in": Election.objects.accepted().values_list("city__slug", "held_on"),
        "answer of": AskedCity.objects.answered().values_list("city__slug"),
        "progress of": CommitmentQuestion.objects.filter(
            accepted_at__isnull=False, commitment__in=Commitment.objects.public()
        ).values_list("commitment__signature__city__slug", "commitment__position", "year"),
    }
    keys = {" ".join(map(str, (name, *row))) for name, rows in queries.items() for row in rows.order_by()}
    signed = Signature.objects.public().select_related("city").only("city__slug", "signer_name", "name_may_be_shown")
    return keys | {f"signature {row.city.slug} {row.shown_name}" for row in signed.order_by()}


# The names of the notes that may be shown, by edition and day: a list of 100,000 keys is not read for each visitor.
remembered: dict[tuple, set[str]] = {}


def notes() -> list[Path]:
    root = settings.SNAPSHOTS_ROOT
    return sorted(Path(root).glob("[0-9]*-[0-9]*.json"), reverse=True) if root else []


def kept() -> list[Snapshot]:
    """The snapshots that may be shown, the newest first; no query where there is none."""
    try:
        return shown_of(paths) if (paths := notes()) else []
    except FileNotFoundError:  # the housekeeping has deleted one at this moment
        return kept()


def shown_of(paths: list[Path]) -> list[Snapshot]:
    moment = (edition.check(), edition.today(), *((path, path.stat().st_mtime_ns) for path in paths))
    shown = remembered.get(moment)
    if shown is None:
        keys = public_keys()
        shown = {path.stem for path in paths if keys.issuperset(json.loads(path.read_text())["keys"])}
        remembered.clear()
        remembered[moment] = shown
    return list(told(path for path in paths if path.stem in shown))


def told(paths: Iterator[Path]) -> Iterator[Snapshot]:
    for path in paths:
        note = json.loads(path.read_text())
        day = date.fromisoformat(note["day"])
        yield Snapshot(path.stem, day, note["bytes"], note["sha256"], path.with_suffix(".zip"))


def remove_outdated() -> int:
    """Deletes the snapshots that name what is not public any more; returns how many."""
    shown = {snapshot.month for snapshot in kept()}
    outdated = [path for path in notes() if path.stem not in shown]
    for path in outdated:
        path.with_suffix(".zip").unlink(missing_ok=True)
        path.unlink()
    return len(outdated)


def begin() -> int:
    """Has this month's made, where there is none, by a process of its own: letters do not wait for it."""
    if not settings.SNAPSHOTS_ROOT or any(snapshot.month == this_month() for snapshot in kept()):
        return 0
    begun.append(subprocess.Popen([sys.executable, settings.BASE_DIR / "manage.py", "snapshot", "--monthly", "-v0"]))
    del begun[:-1]
    return 1


begun: list[subprocess.Popen] = []


def this_month() -> str:
    return f"{timezone.localdate():%Y-%m}"


def make(languages: list[str]) -> str | None:
    """Makes the snapshot of this month; returns the month, or None where another process is at it."""
    root, month = Path(settings.SNAPSHOTS_ROOT), this_month()
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        making = root / "making"
        shutil.rmtree(making, ignore_errors=True)
        folder = making / f"{NAME}{month}"
        folder.mkdir(parents=True)
        # Read first: what is withdrawn while the pages are written outdates the snapshot at once.
        keys = sorted(public_keys())
        _counts, day = write_package(folder)
        Pages(folder, languages, day).write()
        write_sums(folder)
        archive = packed(making, folder)
        size, digest = archive.stat().st_size, sha256(archive)
        # A note of before must not stand beside the new file for a moment, or for good where this process ends here.
        (root / f"{month}.json").unlink(missing_ok=True)
        archive.replace(root / f"{month}.zip")
        note = {"day": f"{timezone.localdate():%Y-%m-%d}", "bytes": size, "sha256": digest, "keys": keys}
        write_json(making / "note", note)
        (making / "note").replace(root / f"{month}.json")
        shutil.rmtree(making)
    return month


def packed(making: Path, folder: Path) -> Path:
    """The folder as a .zip, without a clock in it."""
    archive = making / "archive"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(path.relative_to(making).as_posix())
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            file.writestr(info, path.read_bytes(), compresslevel=9)
    return archive
