"""`manage.py build_embedding_centre`: what all entries have in common, once for each model."""

import numpy
from django.conf import settings
from django.core.management.base import BaseCommand

from practices.models import PracticeEmbedding
from practices.search.embeddings import CENTRE, SIZE


class Command(BaseCommand):
    help = (
        f"Writes {CENTRE}: the mean of the embeddings of the loaded directory. After it, the bounds in"
        " practices/search/embeddings.py are to be measured again."
    )

    def handle(self, **options):
        packed = PracticeEmbedding.objects.of_model().order_by("practice").values_list("vectors", flat=True)
        numbers = numpy.frombuffer(b"".join(map(bytes, packed)), numpy.float16).astype(float)
        centre = numbers.reshape(-1, SIZE).mean(axis=0)
        (settings.BASE_DIR / CENTRE).write_text("".join(f"{number:.5f}\n" for number in centre), "ascii")
        self.stdout.write(f"{CENTRE}: {SIZE} numbers, the mean of {len(packed):,} entries")
