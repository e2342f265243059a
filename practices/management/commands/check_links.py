"""Look whether the sources' addresses still answer; meant for every night."""

import time
from datetime import timedelta
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from citysolidarity.http.link_checker import Outcome, check_url
from citysolidarity.worker.repeating import repeat
from practices.models import DocumentCheck, LibraryDocument, LinkCheck, Source

# A night is not always as long after the last one.
THE_NEXT_NIGHT = timedelta(hours=12)
PAUSE = 2.0  # seconds between two requests to one host


class Command(BaseCommand):
    """Each address is asked once a run, hosts by turns; one that asks for a pause is left for the next night."""

    help = (
        "Looks at the addresses of the sources and of the library's documents, those not looked at for longest first. "
        "Private networks are never asked. What fails two nights in a row is listed as broken."
    )

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=7, help="leave what was looked at in these days (7)")
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on looking; default: look once")
        parser.add_argument("--most", type=int, default=500, help="sources in one run, and as many documents (500)")

    def handle(self, *, every: int | None, **options):
        if every:
            repeat(lambda: self.look(**options), every, self.stderr.write)
        self.look(**options)

    def look(self, *, days: int, most: int, verbosity: int, **options) -> None:
        now = timezone.now()
        due = now - timedelta(days=days), now - THE_NEXT_NIGHT
        rows = [
            (row, checks)
            for model, checks in ((Source, LinkCheck), (LibraryDocument, DocumentCheck))
            for row in model.objects.to_look_at(*due)[:most]
        ]
        statuses, asked_at, resting = {}, {}, set()
        for row, checks in tqdm(rows, unit="address", disable=verbosity == 0):
            host = urlsplit(row.url).hostname or ""
            if host in resting:
                continue
            if row.url not in statuses:
                time.sleep(max(0.0, asked_at.get(host, 0.0) + PAUSE - time.monotonic()))
                statuses[row.url] = check_url(row.url)
                asked_at[host] = time.monotonic()
                if statuses[row.url].retry_after or statuses[row.url].status == 429:
                    resting.add(host)
            checks.objects.record(row, statuses[row.url], timezone.localdate())
        if verbosity:
            broken = sum(1 for status in statuses.values() if status.outcome.is_broken)
            moved = sum(1 for status in statuses.values() if status.outcome is Outcome.MOVED)
            self.stdout.write(
                f"{len(statuses)} addresses: {broken} did not answer, {moved} moved, {len(resting)} hosts asked for a pause."
            )
