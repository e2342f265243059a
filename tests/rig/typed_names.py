"""Draws names of cities as their officials write them: ``python -m tests.rig.typed_names CITIES15000 LOCALES``.

There is no public list of such names that we may keep, so this makes one, always the same: of 2,000 towns of GeoNames,
drawn at random and large ones more often, a name in a language of the country, in one of the site's, or any other of
GeoNames' in Latin letters, whether the gazetteer took it or not; often with an institution's words before or after it,
and with its country after a comma, in brackets or just behind it. The files are those of `manage.py build_gazetteer`.
"""

import csv
import json
import random
import re
import sys
from pathlib import Path

import django

FILE = Path(__file__).parent.parent / "practices" / "cities" / "typed_names.csv"
DRAWN = 2_000
# How institutions of the country write their name, in the language that the name is in.
FORMS = {
    "en": [
        "City of {}",
        "{} City Council",
        "Municipality of {}",
        "{} Municipality",
        "Mayor of {}",
        "{} City",
        "The City of {}",
    ],
    "fr": ["Ville de {}", "Mairie de {}", "Commune de {}", "Métropole de {}"],
    "es": ["Ayuntamiento de {}", "Municipalidad de {}", "Alcaldía de {}", "Ciudad de {}", "Gobierno Municipal de {}"],
    "pt": ["Prefeitura de {}", "Câmara Municipal de {}", "Município de {}", "Prefeitura Municipal de {}"],
    "ar": ["بلدية {}", "مدينة {}", "محافظة {}"],
    "de": ["Stadt {}", "Gemeinde {}", "Landeshauptstadt {}"],
    "it": ["Comune di {}", "Città di {}", "Città Metropolitana di {}"],
    "nl": ["Gemeente {}", "Stad {}"],
    "tr": ["{} Belediyesi", "{} Büyükşehir Belediyesi"],
    "pl": ["Miasto {}", "Urząd Miasta {}", "Gmina {}"],
    "ru": ["город {}", "г. {}", "Администрация города {}"],
    "uk": ["місто {}", "м. {}"],
    "ro": ["Primăria {}", "Municipiul {}"],
    "el": ["Δήμος {}"],
    "he": ["עיריית {}"],
    "fa": ["شهرداری {}"],
    "ja": ["{}市", "{}市役所"],
    "zh": ["{}市", "{}市政府"],
    "ko": ["{}시", "{}시청"],
    "id": ["Kota {}", "Pemerintah Kota {}"],
    "cs": ["Město {}", "Statutární město {}"],
    "hu": ["{} Város Önkormányzata"],
    "sv": ["{} stad", "{} kommun"],
    "da": ["{} Kommune"],
    "no": ["{} kommune"],
    "fi": ["{}, kaupunki"],
    "bg": ["Община {}"],
    "sr": ["Град {}"],
    "hr": ["Grad {}"],
    "th": ["เทศบาลนคร{}"],
    "vi": ["Thành phố {}"],
    "ca": ["Ajuntament de {}"],
    "hi": ["{} नगर निगम"],
    "uz": ["{} shahri"],
}
# Codes of airports, all in capitals, are no names.
LATIN = re.compile(r"[A-ZÀ-Ž][^\W\d_]+(?:[ -][^\W\d_]+)*")
WHERE = ["{}, {}", "{}, {}", "{} ({})", "{} {}", "{} - {}"]


def draw(towns: list[dict], names: dict, home: dict, country_name) -> list[tuple[str, int]]:
    chance = random.Random(2018)
    weights = [max(town["population"], 15_000) ** 0.5 for town in towns]
    drawn = []
    for town in chance.choices(towns, weights, k=DRAWN):
        country, own = town["countrycode"], names.get(town["geonameid"], [])
        at_home = [pair for pair in own if pair[0] in home[country]]
        ours = [pair for pair in own if pair[0] in ("en", "fr", "es", "ar", "pt")]
        latin = [("", name) for name in town["alternatenames"] if LATIN.fullmatch(name) and not name.isupper()]
        pools = [pool for pool in (at_home, at_home, ours, latin) if pool]
        language, name = chance.choice(chance.choice(pools)) if pools else ("en", town["name"])
        if (forms := FORMS.get(language)) and chance.random() < 0.6:
            name = chance.choice(forms).format(name)
        if chance.random() < 0.3:
            name = chance.choice(WHERE).format(name, country_name(country))
        drawn.append((name, town["geonameid"]))
    return drawn


def main(cities15000: Path, locales: Path) -> None:
    django.setup()
    from babel.languages import get_territory_language_info

    from practices.management.commands.build_gazetteer import languages_of, names_by_language
    from practices.vocabularies.countries import COUNTRY_CODES, country_name

    towns = [
        town for town in json.loads(cities15000.read_text("utf-8")).values() if town["countrycode"] in COUNTRY_CODES
    ]
    home = {code: languages_of(get_territory_language_info(code)) for code in COUNTRY_CODES}
    rows = draw(towns, names_by_language(towns, locales), home, country_name)
    with FILE.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([("typed", "geonames_ids"), *rows])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
