"""Look whether the sources' addresses still answer; meant for every night."""

import time
from datetime import timedelta
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from practices.links import Outcome, look
from practices.models import LinkCheck, Source

PAUSE = 2.0  # seconds between two requests to one host


class Command(BaseCommand):
    """Each address is asked once a run, hosts by turns; one that asks for a pause is left for the next night."""

    help = (
        "Looks at the sources' addresses, those not looked at for longest first. Private networks are never asked. "
        "A source that fails two nights in a row is listed as broken."
    )

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=7, help="leave what was looked at in these days (7)")
        parser.add_argument("--most", type=int, default=500, help="sources in one run (500)")

    def handle(self, *, days: int, most: int, verbosity: int, **options):
        sources = list(Source.objects.to_look_at(timezone.now() - timedelta(days=days))[:most])
        found, asked_at, resting = {}, {}, set()
        for source in tqdm(sources, unit="source", disable=verbosity == 0):
            host = urlsplit(source.url).hostname or ""
            if host in resting:
                continue
            if source.url not in found:
                time.sleep(max(0.0, asked_at.get(host, 0.0) + PAUSE - time.monotonic()))
                found[source.url] = look(source.url)
                asked_at[host] = time.monotonic()
                if found[source.url].retry_after or found[source.url].status == 429:
                    resting.add(host)
            LinkCheck.objects.record(source, found[source.url], timezone.localdate())
        if verbosity:
            broken = sum(1 for one in found.values() if one.outcome.is_broken)
            moved = sum(1 for one in found.values() if one.outcome is Outcome.MOVED)
            self.stdout.write(
                f"{len(found)} addresses: {broken} did not answer, {moved} moved, {len(resting)} hosts asked for a pause."
            )
