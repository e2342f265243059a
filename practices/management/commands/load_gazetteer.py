"""Fill the gazetteer, which forms choose places from."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from practices.loading.places import BadPlaces, load_places


class Command(BaseCommand):
    help = "Loads places.csv.xz and place_names.csv.xz: the towns of GeoNames with more than 15,000 people. A second load changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="default: fixtures")

    def handle(self, *, folder: Path, verbosity: int, **options):
        try:
            written = load_places(Path(folder))
        except BadPlaces as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if verbosity > 0:
            self.stdout.write(self.style.SUCCESS(f"{written:,} places." if written else "The gazetteer is up to date."))
