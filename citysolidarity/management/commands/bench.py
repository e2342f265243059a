"""Measure the site against others and against its own goals."""

import os
import platform
import tempfile
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from citysolidarity.development.progress import step

SIZES = [1_000, 10_000, 100_000]
PAGE = Path("docs") / "performance.md"
START, END = "<!-- figures: written by manage.py bench --write -->", "<!-- end of the figures -->"
SUPPORTS = "<!-- supports: written by manage.py bench --supports 100000 --write -->"
END_OF_SUPPORTS = "<!-- end of the supports -->"
ROOM, END_OF_ROOM = "<!-- room: written by manage.py bench --room --write -->", "<!-- end of the room -->"


class Command(BaseCommand):
    help = (
        "Makes a synthetic directory in a database of its own, puts the same questions to the site and to others in"
        " turn, and prints one table of ratios beside the goals. Everything stays on this machine."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--sizes", type=int, nargs="+", default=SIZES, help="numbers of practices (1000 10000 100000)"
        )
        parser.add_argument("--seconds", type=float, default=2, help="seconds of each load (2)")
        parser.add_argument("--quick", action="store_true", help="1,000 practices and one second a load")
        parser.add_argument("--fresh", action="store_true", help="make the directories anew")
        parser.add_argument("--downloads", action="store_true", help="measure the files of the largest directory alone")
        parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE}")
        parser.add_argument("--supports", type=int, metavar="N", help="so many supports by residents, and nothing else")
        parser.add_argument("--room", action="store_true", help="how many bytes rows take, and nothing else")

    def handle(self, *, sizes, seconds, quick, fresh, downloads, write, supports, room, **options):
        if quick:
            sizes, seconds = [1_000], 1
        settings.ALLOWED_HOSTS = ["127.0.0.1"]
        with tempfile.TemporaryDirectory() as copies:
            # Each directory has editions of its own: their copies for outages must not take the place of this site's.
            settings.COPIES_ROOT, os.environ["COPIES_ROOT"] = Path(copies), copies
            self.measure(sizes, seconds, fresh, downloads, write, supports, room)

    def measure(self, sizes, seconds, fresh, downloads, write, supports, room):
        if supports:
            self.measure_supports(supports, seconds, fresh, write)
            return
        if room:
            self.measure_room(write)
            return
        if downloads:
            self.downloads(max(sizes), fresh)
            return
        # The benchmark's tools are not part of the site.
        from tests.bench import database, inside, report, visits

        lines = []
        for size in sorted(sizes):
            with (
                step(f"A directory of {size:,} practices") as shown,
                database.directory(
                    size, lambda count, done: setattr(shown, "note", f"{count:,} {done}"), fresh=fresh
                ) as address,
            ):
                note = lambda text: setattr(shown, "note", text)  # noqa: E731
                lines += inside.measure(size, seconds, note)
                lines += visits.measure(size, address, seconds, note)
        figures = f"{about(seconds)}\n\n{report.table(relative(lines))}\n\n{report.ELSEWHERE}"
        self.stdout.write(figures)
        if write:
            written(figures)

    def measure_supports(self, count, seconds, fresh, write):
        from tests.bench import supports

        with step(f"{count:,} supports") as shown:
            table = supports.measure(count, seconds, lambda text: setattr(shown, "note", text), fresh=fresh)
        figures = f"{about(seconds)}\n\n{table}"
        self.stdout.write(figures)
        if write:
            written(figures, SUPPORTS, END_OF_SUPPORTS)

    def measure_room(self, write):
        from tests.bench import room

        with step("Rows, and the room they take") as shown:
            figures = room.measure(lambda text: setattr(shown, "note", text))
        self.stdout.write(figures)
        if write:
            written(figures, ROOM, END_OF_ROOM)

    def downloads(self, size, fresh):
        from tests.bench import database, downloads

        with step(f"A directory of {size:,} practices") as shown:
            told = lambda count, done: setattr(shown, "note", f"{count:,} {done}")  # noqa: E731
            with database.directory(size, told, fresh=fresh):
                self.stdout.write(downloads.measure(size))


def about(seconds: float) -> str:
    """When, where and how it was measured."""
    from tests.bench import serving

    return (
        f"{timezone.now():%Y-%m-%d}: {os.cpu_count()} cores ({platform.machine()}), Python"
        f" {platform.python_version()}, gunicorn sync × {serving.WORKERS}, {serving.CLIENTS} clients by"
        f" {serving.client_name()}, {seconds:g} s a load, load average before the end"
        f" {os.getloadavg()[2]:.1f} (15 minutes; other work on the machine included)."
    )


def relative(lines):
    """P4 as ratios to its value at the smallest size, which is left out."""
    rates = {line.size: line.value for line in lines if line.number == "P4"}
    first = rates[min(rates)]
    ratios = [replace(line, value=line.value / first) if line.number == "P4" else line for line in lines]
    return [line for line in ratios if line.number != "P4" or line.size != min(rates)]


def written(figures: str, *marks: str) -> None:
    """Into the page, and into what is worked out of it."""
    from tests.bench import capacity

    put(Path(settings.BASE_DIR) / PAGE, figures, *marks)
    put(capacity.PAGE, capacity.tables(capacity.Figures.read()), capacity.START, capacity.END)


def put(page: Path, figures: str, start: str = START, end: str = END) -> None:
    """Replace the text between two marks of the page."""
    text = page.read_text("utf-8")
    head, _start, rest = text.partition(start)
    _old, _end, tail = rest.partition(end)
    page.write_text(f"{head}{start}\n{figures}\n{end}{tail}", "utf-8")
