"""Measure the search of the directory that is loaded."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from practices.search import embeddings


class Command(BaseCommand):
    help = (
        "Asks the search the judged needs, with and without what a small model knows of their meaning, and SQLite's FTS5"
        " beside it, and prints recall@10, nDCG@10, success@3 and the part without a result by language and kind of need."
        " The starter directory must be loaded."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--seconds-among", type=int, metavar="ENTRIES", help="print only what the second list takes among so many"
        )
        parser.add_argument(
            "--each",
            action="store_true",
            help="print every need but those of which only means are looked at, the worst first",
        )

    def handle(self, *, each, seconds_among, **options):
        # The judged needs are not part of the site.
        from tests.practices.search import measuring

        if seconds_among:
            seconds = measuring.seconds_of_meaning(seconds_among)
            median, most = (1000 * seconds[len(seconds) * part // 100] for part in (50, 95))
            self.stdout.write(f"{seconds_among:,} entries: {median:.0f} ms of the processor, {most:.0f} ms at 95 %")
            return
        engines = {"SQLite FTS5": measuring.by_fts5(), "words alone": measuring.by_words}
        if embeddings.is_available():
            call_command("embed_practices", stdout=self.stderr)
            engines["words and meaning"] = measuring.by_site
            engines["and those close in meaning"] = measuring.by_site_and_meaning
        sets = {name: measuring.judged(name) for name in measuring.SETS}
        sets["needs and trial"] = sets["needs"] + sets["trial"]
        for name, needs in sets.items():
            for engine, find in engines.items():
                self.stdout.write(measuring.report(f"{name}, {engine}", measuring.measured(needs, find)) + "\n")
            if each and name in measuring.SETS and name not in measuring.NEVER_SHOWN:
                self._worst_first(needs, measuring)

    def _worst_first(self, needs, measuring):
        rows = [
            (measuring.figures_of(found, need["rel"]), need, found)
            for need in needs
            if (found := measuring.by_site(need)) is not None
        ]
        for (recall, ndcg, success, _empty), need, found in sorted(rows, key=lambda row: row[0][1]):
            self.stdout.write(f"{ndcg:.2f} {recall:.2f} {success or 0:.0f} {need['lang']} {need['q']}\n")
            self.stdout.write("".join(f"    {need['rel'].get(slug, '-')} {slug}\n" for slug in found))
