"""Measure how often what people type leads to the right place."""

import csv
import time
from pathlib import Path
from statistics import quantiles

from django.core.management.base import BaseCommand

from practices.cities import place_search

FIRST = 5


class Command(BaseCommand):
    help = (
        "Looks up each row of a CSV file with the columns typed and geonames_ids (those that are right, with spaces"
        f" between), and prints how many find one of them among the first {FIRST}."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--misses", type=int, default=0, help="print so many of the rows that failed")

    def handle(self, *, file: Path, misses: int, **options):
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        missed, seconds = [], []
        for row in rows:
            began = time.perf_counter()
            choices = place_search.find(row["typed"]) or place_search.find_similar(row["typed"])
            seconds.append(time.perf_counter() - began)
            if not {choice.geonames_id for choice in choices[:FIRST]} & set(map(int, row["geonames_ids"].split())):
                missed.append((row, choices))
        found, steps = len(rows) - len(missed), quantiles(seconds, n=20)
        self.stdout.write(f"{found:,} of {len(rows):,} found among the first {FIRST}: {found / len(rows):.1%}")
        self.stdout.write(f"{steps[9] * 1000:.1f} ms at the median, {steps[18] * 1000:.1f} ms at 95 %")
        for row, choices in missed[:misses]:
            labels = "; ".join(choice.label for choice in choices[:FIRST])
            self.stdout.write(f"{row['typed']} ({row['geonames_ids']}): {labels}")
