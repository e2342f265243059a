"""Choose the words that are right in one of the site's languages, once, so that none of them is taken for a misspelt one."""

import lzma
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from practices.search.real_words import FILE, plain
from practices.vocabularies.languages import LANGUAGES

COMMON = 3.0  # on the Zipf scale: once in a million words
SHORTEST = 4  # letters; shorter words are never corrected


class Command(BaseCommand):
    """Writes fixtures/real_words.txt.xz from the Python package wordfreq (CC BY-SA 4.0)."""

    help = "Chooses words of frequency 3 and more on the Zipf scale from wordfreq, which must be installed."

    def handle(self, **options):
        from wordfreq import get_frequency_dict, zipf_frequency

        words = {
            plain(word)
            for language in LANGUAGES
            for word in get_frequency_dict(language, "large")
            if len(word) >= SHORTEST and word.isalpha() and zipf_frequency(word, language) >= COMMON
        }
        path = Path(settings.BASE_DIR) / FILE
        path.write_bytes(lzma.compress("\n".join(sorted(words)).encode(), preset=9 | lzma.PRESET_EXTREME))
        self.stdout.write(f"{path.name}: {len(words):,} words, {path.stat().st_size:,} bytes")
