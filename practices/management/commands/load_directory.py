"""Fill the directory from files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction

from practices.loading import LoadReport
from practices.loading.cities import Cities, load_cities
from practices.loading.documents import load_documents
from practices.loading.guide_translations import load_guide_translations
from practices.loading.guides import load_guides
from practices.loading.keywords import load_keywords
from practices.loading.library_translations import load_library_translations
from practices.loading.needs import load_needs
from practices.loading.networks import load_networks
from practices.loading.places import BadPlaces, load_places
from practices.loading.practices import load_practices
from practices.loading.translations import load_translations
from practices.models import Elsewhere
from practices.signals import directory_loaded

# Any fixed number of our own: two loads at once (two servers starting) take turns.
LOCK = 20_180_620


class Command(BaseCommand):
    """All rows of a folder are saved in one transaction, or none is."""

    help = (
        "Loads cities.jsonl, practices.jsonl and what else the folder holds. A second load changes nothing; "
        "what was edited here is kept. With one bad row nothing is saved, and every bad row is named."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--folder",
            type=Path,
            help="default: fixtures, of which STARTER_DIRECTORY=0 takes the statement and the places",
        )
        parser.add_argument(
            "--without-places", action="store_true", help="leave the gazetteer out; load_gazetteer loads it alone"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="replace what was edited here by what the files say"
        )

    def handle(self, *, folder: Path | None, overwrite: bool, without_places: bool, verbosity: int, **options):
        is_whole = folder is not None or settings.STARTER_DIRECTORY
        folder = Path(folder or settings.BASE_DIR / "fixtures")
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        report = LoadReport(show_progress=verbosity > 0)
        try:
            with transaction.atomic():
                self.load(folder, report, overwrite=overwrite, is_whole=is_whole)
                places = 0 if without_places else load_places(folder)
        except BadPlaces as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        except DatabaseError as error:
            raise CommandError(f"Nothing was loaded: the database refused a row.\n{error}") from error
        if verbosity > 0:
            self.tell(report)
        if verbosity > 0 and places:
            self.stdout.write(f"{places:,} places for the forms to choose from.")

    def load(self, folder: Path, report: LoadReport, *, overwrite: bool, is_whole: bool) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cities = self.load_entries(folder, report, overwrite=overwrite) if is_whole else {}
        directory_loaded.send(
            type(self), folder=folder, report=report, cities=cities, overwrite=overwrite, is_whole=is_whole
        )
        if problems := report.problems:
            raise CommandError("\n".join([f"Nothing was loaded. Problems: {len(problems):,}", *problems]))
        Elsewhere.objects.propose()

    def load_entries(self, folder: Path, report: LoadReport, *, overwrite: bool) -> Cities:
        cities = load_cities(folder, report, overwrite=overwrite)
        originals = load_practices(folder, report, cities, overwrite=overwrite)
        load_keywords(folder, report, overwrite=overwrite)
        load_needs(folder, report, overwrite=overwrite)
        load_translations(folder, report, originals, overwrite=overwrite)
        guides = load_guides(folder, report, overwrite=overwrite)
        load_guide_translations(folder, report, guides, overwrite=overwrite)
        documents = load_documents(folder, report, cities, overwrite=overwrite)
        networks = load_networks(folder, report, cities, overwrite=overwrite)
        load_library_translations(folder, report, "documents", documents, overwrite=overwrite)
        load_library_translations(folder, report, "networks", networks, overwrite=overwrite)
        return cities

    def tell(self, report: LoadReport) -> None:
        for what, names in report.edited.items():
            self.stdout.write(
                f"Kept {len(names):,} {what} as edited here (--overwrite replaces them): {', '.join(names)}"
            )
        self.stdout.write(self.style.SUCCESS(f"{report.summary}."))
