"""How long the downloads of a large directory take, and how much memory: ``manage.py bench --downloads``.

Each file is made by a process of its own, which knew the directory already, as a worker of the web server does.
"""

import os
import re
import time
from collections.abc import Iterable
from pathlib import Path

from django.db import connection
from django.test import Client

from citysolidarity.opendata.downloads.formats import KINDS
from practices.directory.index.keeper import selection_index

HOST = "127.0.0.1"
LONGEST, MOST = 60, 100  # seconds, and megabytes more than before
MEMORY = Path("/proc/self/status")


def measure(size: int, kinds: Iterable[str] = KINDS) -> str:
    """A table of these kinds of files, as Markdown. Wants Linux."""
    titles = (
        "file",
        "practices",
        "seconds",
        "of them in the worker's processor",
        "megabytes",
        "more memory at its peak, in megabytes",
    )
    lines = [f"| {' | '.join(titles)} | goal |", "|---" + "|--:" * 5 + "|---|"]
    selection_index.current()
    for ending in kinds:
        seconds, busy, sent, more = in_a_child(ending)
        met = "met" if seconds < LONGEST and more < MOST else "missed"
        lines.append(f"| {ending} | {size:,} | {seconds:.0f} | {busy:.0f} | {sent:.0f} | {more:.0f} | {met} |")
    return "\n".join(lines)


def in_a_child(ending: str) -> list[float]:
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, " ".join(map(str, download(ending))).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading) as answer:
        found = [float(word) for word in answer.read().split()]
    os.waitpid(child, 0)
    return found


def download(ending: str) -> tuple[float, ...]:
    """Seconds, those of this process's processor, megabytes sent, and megabytes more memory than before at the peak."""
    client = Client(headers={"host": HOST})
    client.get("/api/v1/practices?limit=1")
    Path("/proc/self/clear_refs").write_text("5")  # the peak is that from now on (proc(5))
    before, begun, busy, sent = kilobytes("VmRSS"), time.perf_counter(), time.process_time(), 0
    for chunk in client.get(f"/api/v1/practices.{ending}").streaming_content:
        sent += len(chunk)
    seconds = time.perf_counter() - begun, time.process_time() - busy
    return *seconds, sent / 1e6, (kilobytes("VmHWM") - before) / 1e3


def kilobytes(name: str) -> int:
    return int(re.search(rf"{name}:\s+(\d+) kB", MEMORY.read_text())[1])
