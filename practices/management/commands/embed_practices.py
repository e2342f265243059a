"""`manage.py embed_practices`: what the worker does bit by bit, at once."""

from django.core.management.base import BaseCommand, CommandError

from practices.models import Need, PracticeEmbedding
from practices.search import embeddings


class Command(BaseCommand):
    help = (
        "Embeds every public entry whose text has changed, and every need whose phrases have; seconds an entry, half a second a need. The"
        " worker does the same whenever it has nothing else to do."
    )
    requires_system_checks = ()

    def handle(self, **options):
        if not embeddings.is_available():
            raise CommandError("The packages for it are not installed here: see the extra “meaning” in pyproject.toml.")
        for what, objects in (("Entries", PracticeEmbedding.objects), ("Needs", Need.objects)):
            done = 0
            while embedded := objects.keep(objects.made()):
                done += embedded
                self.stdout.write(f"{what}: {done:,} embedded")
