"""`manage.py snapshot [DIRECTORY]`: everything that is public now, as a data package and as pages that open from disk."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from citysolidarity.opendata.snapshot.monthly import make
from citysolidarity.opendata.snapshot.package import write_package, write_sums
from citysolidarity.opendata.snapshot.pages import Pages

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Command(BaseCommand):
    help = "Writes the public data as a Frictionless data package, and the public site as files (docs/reuse.md)."

    def add_arguments(self, parser):
        parser.add_argument(
            "directory",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "var" / "snapshot",
            help="default: var/snapshot",
        )
        parser.add_argument("--no-pages", dest="pages", action="store_false", help="write the data package alone")
        parser.add_argument(
            "--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES, help="of the pages; default: all"
        )
        parser.add_argument(
            "--monthly", action="store_true", help="make this month's in SNAPSHOTS_ROOT, as the worker does"
        )

    def handle(self, *, directory: Path, pages: bool, languages: list[str], monthly: bool, verbosity: int, **options):
        if monthly:
            if not settings.SNAPSHOTS_ROOT:
                raise CommandError("SNAPSHOTS_ROOT names no folder.")
            make(languages)
            return
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise CommandError(f"{directory} is not an empty folder: name another one.")
        directory.mkdir(parents=True, exist_ok=True)
        counts, day = write_package(directory)
        if pages:
            counts["pages"] = Pages(directory, languages, day).write()
        write_sums(directory)
        if verbosity:
            told = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items() if number)
            self.stdout.write(self.style.SUCCESS(f"{directory}: {told}."))
