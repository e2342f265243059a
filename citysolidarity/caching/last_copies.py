"""The last good copy of every public page, in a folder that all processes share, for outages of the database.

What was withdrawn, hidden or erased must not come back from here. A copy belongs to the edition it was made of, and only
those of the present edition are there: ``<number>/<build>/``, beside a file that names the number. A process that
changed something public, or that sees a new number, names it and deletes all others before it does anything else. So a
copy may be missing, and is then made again (worker/copying.py), but none is older than the last known change.
"""

import fcntl
import json
import logging
import os
import shutil
import time
from collections import OrderedDict
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, get_language_from_path

from citysolidarity.caching import compression
from citysolidarity.caching.edition import edition
from citysolidarity.caching.page_cache import build, is_curators, is_for_everybody
from citysolidarity.database.replicas import reading

# Pages have addresses of their own, searches any number of them: searches must not push out pages.
MOST_FILES = {"pages": 6_000, "searches": 2_000}
MOST_BYTES = {"pages": 150_000_000, "searches": 30_000_000}
LARGEST = 8_000_000  # bytes of a copy before it is compressed: the sitemap of five languages has over 2 MB
LOOK_EVERY = 50  # copies between two looks at the folder's size
KNOWN = 5_000  # copies of which a process remembers that they are there
HEADERS = (
    "Content-Type", "Content-Disposition", "Content-Language", "Access-Control-Allow-Origin", "X-Robots-Tag",
    "Cross-Origin-Resource-Policy", "Referrer-Policy",
)  # fmt: skip
# A form that may be sent once, or by one visitor alone.
PERSONAL = (b'name="stamp"', b"csrfmiddlewaretoken")
CURRENT, LOCK = "current", "lock"

logger = logging.getLogger(__name__)


class Copy(NamedTuple):
    """``made`` is in seconds since 1970."""

    made: float
    headers: dict[str, str]
    body: bytes


class LastCopies:
    """The folder ``settings.COPIES_ROOT``; without one, nothing is kept."""

    def __init__(self):
        self.forget()

    def forget(self) -> None:
        """What this process knows; the folder stays."""
        self.known: OrderedDict[str, int] = OrderedDict()
        self.written = 0

    @property
    def root(self) -> Path | None:
        return settings.COPIES_ROOT and Path(settings.COPIES_ROOT)

    # --- which edition ------------------------------------------------------------------------

    def current(self) -> int | None:
        """The number of the edition whose copies may be shown; needs no database."""
        try:
            return int((self.root / CURRENT).read_text())
        except (OSError, ValueError):
            return None

    def note(self) -> int:
        """Read the present edition, and delete the copies of every other one (1 query).

        Only the primary may say that an edition before the one noted is the present one, as after a restore.
        """
        number = edition.check(at_once=True)
        if self.root and number != self.current():
            with suppress(OSError), self.locked():
                # Read under the lock: the last to write has read last.
                number = edition.check(at_once=True)
                if not reading.replica or number > (self.current() or 0):
                    write(self.root / CURRENT, str(number).encode())
                    self._delete_all_but(str(number))
        return number

    def clear(self) -> None:
        """Delete every copy: something may have been withdrawn, and nobody can ask."""
        with suppress(OSError), self.locked():
            (self.root / CURRENT).unlink(missing_ok=True)
            self._delete_all_but("")

    def _delete_all_but(self, kept: str) -> None:
        for folder in self.root.iterdir():
            if folder.name.isdigit() and folder.name != kept:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def locked(self):
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.root / LOCK).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    # --- the copies ---------------------------------------------------------------------------

    def place(self, number: int, address: str) -> Path:
        kind = "searches" if "?" in address else "pages"
        name = blake2b(address.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return self.root / str(number) / build() / kind / name

    def keep(self, request: HttpRequest, response: HttpResponse, number: int | None) -> None:
        """Keep an answer that is the same for everybody. ``number`` is the edition known before it was made."""
        if not self.root or number is None or not is_public(request, response):
            return
        address = address_of(request)
        if self.known.get(address) == number:
            return
        try:
            # If it has not moved since, the answer is of this edition.
            if edition.check() != number or (number != self.current() and self.note() != number):
                return
            if reading.replica and number != self.current():
                return  # another process knows more than this replica
            file = self.place(number, address)
            if not file.exists():
                self._write(file, response)
        except (DatabaseError, OSError) as failure:
            logger.warning("A page was not copied: %s", type(failure).__name__)
            return
        self.known[address] = number
        while len(self.known) > KNOWN:
            self.known.popitem(last=False)

    def _write(self, file: Path, response: HttpResponse) -> None:
        body = compression.decompress(response.content, response.headers.get("Content-Encoding", ""))
        if len(body) > LARGEST or any(word in body for word in PERSONAL):
            return
        headers = {name: response.headers[name] for name in HEADERS if name in response.headers}
        content = json.dumps(headers).encode() + b"\n" + body
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(file, compression.compress(content, "zstd"))
        self.written += 1
        if self.written % LOOK_EVERY == 0:
            make_room(file.parent)

    def has(self, number: int, address: str) -> bool:
        return bool(self.root) and self.place(number, address).exists()

    def find(self, request: HttpRequest) -> Copy | None:
        """The copy that may be shown under this address; needs no database."""
        if not self.root or (number := self.current()) is None:
            return None
        # Where there is none in this language, that in the site's first one is better than none.
        files = [
            self.place(number, address) for address in dict.fromkeys([address_of(request), request.get_full_path()])
        ]
        file = next((file for file in files if file.exists()), files[0])
        try:
            made, content = file.stat().st_mtime, compression.decompress(file.read_bytes(), "zstd")
        except OSError:
            return None
        headers, _line, body = content.partition(b"\n")
        return Copy(made, json.loads(headers), body)


def address_of(request: HttpRequest) -> str:
    """What a copy is kept under: the address, and for one without a language in it the reader's, where that is another."""
    address, language = request.get_full_path(), get_language()
    if language in (None, settings.LANGUAGE_CODE) or get_language_from_path(request.path_info):
        return address
    return f"{address} {language}"


def is_public(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether anybody may be shown this answer later."""
    said = response.headers.get("Cache-Control", "")
    kind = response.headers.get("Content-Type", "")
    return (
        request.method == "GET"
        and is_for_everybody(request, response, encoded=True)
        and not is_curators(request)
        # What is chosen by Accept is kept under the address that it has of its own, or it would be given for the page.
        and response.headers.get("Content-Location", request.path) == request.path
        and "no-store" not in said
        and "private" not in said
        # Of what is asked while somebody types, nobody wants the last copy.
        and (kind.startswith("text/") or "?" not in request.get_full_path())
    )


def write(file: Path, content: bytes) -> None:
    """All of it, or nothing: whoever reads meanwhile sees the file of before."""
    with NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as new:
        new.write(content)
    os.replace(new.name, file)


def make_room(folder: Path) -> None:
    """Delete the oldest copies where there are too many, until a tenth is free."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                found.append((entry.stat().st_mtime, entry.stat().st_size, entry.path))
    files, size = len(found), sum(row[1] for row in found)
    if files <= MOST_FILES[folder.name] and size <= MOST_BYTES[folder.name]:
        return
    for _made, bytes_, path in sorted(found):
        if files <= MOST_FILES[folder.name] * 0.9 and size <= MOST_BYTES[folder.name] * 0.9:
            return
        with suppress(OSError):
            os.unlink(path)
        files, size = files - 1, size - bytes_


def age(copy: Copy) -> int:
    """Whole seconds."""
    return max(0, int(time.time() - copy.made))


copies = LastCopies()
