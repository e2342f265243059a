"""`manage.py embed_practices`: what the worker does bit by bit, at once."""

from django.core.management.base import BaseCommand, CommandError

from practices.models import PracticeEmbedding
from practices.search import embeddings


class Command(BaseCommand):
    help = (
        "Embeds every public entry whose text has changed, for the list “Close in meaning”; half a second an entry. The"
        " worker does the same whenever it has nothing else to do."
    )
    requires_system_checks = ()

    def handle(self, **options):
        if not embeddings.is_available():
            raise CommandError("The packages for it are not installed here: see the extra “meaning” in pyproject.toml.")
        done = 0
        while embedded := PracticeEmbedding.objects.keep(PracticeEmbedding.objects.made()):
            done += embedded
            self.stdout.write(f"{done:,} entries embedded")
