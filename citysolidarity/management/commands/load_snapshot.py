"""`manage.py load_snapshot DIRECTORY`: fills an empty database with what `snapshot` wrote."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from citysolidarity.opendata.snapshot.loading import NotLoaded, load_snapshot


class Command(BaseCommand):
    help = (
        "Loads a snapshot into an empty database: all of it, or nothing. It names every city that the snapshot names."
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--curator", default="", help="the user name under which decisions of curators are entered here"
        )

    def handle(self, *, directory: Path, curator: str, verbosity: int, **options):
        by = get_user_model().objects.filter(username=curator).first()
        if curator and by is None:
            raise CommandError(f"There is no account {curator!r}.")
        try:
            counts = load_snapshot(directory, by)
        except NotLoaded as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        except DatabaseError as error:
            raise CommandError(f"Nothing was loaded: the database refused a row.\n{error}") from error
        if verbosity:
            told = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items() if number)
            self.stdout.write(self.style.SUCCESS(f"{told}."))
