"""Lists by name stand in the order of the reader's language, with the names of that language."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from citysolidarity.languages.alphabet import alphabetical
from pledges.models import Signature
from practices.directory.found import FoundBySql, FoundInIndex
from practices.directory.selection import Selection
from practices.models import City, Practice
from practices.vocabularies import countries_by_name
from tests.people import a_city, a_practice
from tests.pledges.signers import a_stated

CITIES = (
    ("Athens", "GR", {"fr": "Athènes", "es": "Atenas", "ar": "أثينا", "pt": "Atenas"}),
    ("Aqaba", "JO", {"ar": "العقبة"}),
    ("Vienna", "AT", {"fr": "Vienne", "es": "Viena", "ar": "فيينا", "pt": "Viena"}),
    ("Ñuñoa", "CL", {"ar": "نيونيوا"}),
    ("Nyon", "CH", {"ar": "نيون"}),
    ("Cairo", "EG", {"fr": "Le Caire", "es": "El Cairo", "ar": "القاهرة"}),
    ("’s-Hertogenbosch", "NL", {"fr": "Bois-le-Duc", "es": "Bolduque", "ar": "سيرتوخيمبوس"}),
    ("The Hague", "NL", {"fr": "La Haye", "es": "La Haya", "ar": "لاهاي", "pt": "Haia"}),
)
FIRST_TO_LAST = {
    "en": ["Aqaba", "Athens", "Cairo", "Ñuñoa", "Nyon", "’s-Hertogenbosch", "The Hague", "Vienna"],
    "fr": ["Aqaba", "Athènes", "Bois-le-Duc", "La Haye", "Le Caire", "Ñuñoa", "Nyon", "Vienne"],
    # In Spanish, ñ comes after n.
    "es": ["Aqaba", "Atenas", "Bolduque", "El Cairo", "La Haya", "Nyon", "Ñuñoa", "Viena"],
    # An index in Arabic passes over the article: العقبة stands under ع, القاهرة under ق.
    "ar": ["أثينا", "سيرتوخيمبوس", "العقبة", "فيينا", "القاهرة", "لاهاي", "نيون", "نيونيوا"],
    "pt": ["Aqaba", "Atenas", "Cairo", "Haia", "Ñuñoa", "Nyon", "’s-Hertogenbosch", "Viena"],
}


@pytest.mark.parametrize("language", FIRST_TO_LAST)
def test_cities_practices_and_signatories_stand_in_the_order_of_the_page(client, db, language):
    for name, country, names in CITIES:
        city = a_city(name, country, names=names)
        a_practice(f"A practice of {name}", city)
        a_stated(city)
    expected = FIRST_TO_LAST[language]
    with override(language):
        assert [city.translated_name for city in City.objects.in_name_order()] == expected
        assert sorted(expected, key=alphabetical) == expected
        selection, part = Selection(sort="city"), slice(0, 20)
        keys = FoundInIndex(selection).keys(part)
        assert keys == FoundBySql(selection).keys(part)
        practices = Practice.objects.with_city().in_bulk(keys)
        assert [practices[pk].city.translated_name for pk in keys] == expected
        signed = Signature.objects.public().with_city().in_list_order()
        assert [row.city.translated_name for row in signed] == expected
        page = client.get(reverse("directory"), {"sort": "city"}).text
    places = [page.index(f"A practice of {city.name}") for city in City.objects.in_name_order(language)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("language", "names"),
    [("ar", ["الأردن", "ألمانيا", "الصين", "مصر"]), ("es", ["España", "Estonia", "Ucrania"]),
     ("fr", ["Équateur", "Érythrée", "Espagne", "Zambie"])],
)  # fmt: skip
def test_countries_to_choose_from_stand_in_that_order_too(language, names):
    with override(language):
        said = [name for _code, name in countries_by_name() if name in names]
    assert said == names
