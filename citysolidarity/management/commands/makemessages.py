"""Bring the catalogues in line with the sentences of the project."""

from django.conf import settings
from django.core.management.base import BaseCommand

from citysolidarity.languages.catalogs import compile_catalogs
from citysolidarity.languages.messages import template, update


class Command(BaseCommand):
    """In place of Django's own, which needs GNU gettext."""

    help = "Adds new sentences to every catalogue, drops those no longer used, and counts what waits for a translation."
    requires_system_checks = []

    def handle(self, **options):
        sentences = template()
        for code, _name in settings.LANGUAGES:
            if code != settings.LANGUAGE_CODE:
                waiting = update(code, sentences)
                self.stdout.write(f"{code}: {len(sentences):,} sentences, {len(waiting):,} to translate")
                if options["verbosity"] > 1:
                    self.stdout.writelines(f"  {sentence!r}" for sentence in waiting)
        compile_catalogs()
