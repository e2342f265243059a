"""A city is called as the language of the page calls it, and found by each of its names."""

import json

import pytest
from django.conf import settings
from django.utils import translation

from practices.cities import place_search
from tests.people import a_city, a_practice

NAMES = {"fr": "Vienne", "es": "Viena", "pt": "Viena", "ar": "فيينا"}


@pytest.fixture
def vienna(db):
    return a_practice("Neighbours", slug="neighbours", city=a_city("Vienna", "AT", names=NAMES)).city


@pytest.mark.parametrize(("language", "name"), [("en", "Vienna"), *NAMES.items()])
def test_pages_call_it_by_the_name_of_their_language(client, vienna, language, name):
    for path in ("practices/", f"cities/{vienna.slug}/", "cities/", "practices/neighbours/"):
        page = client.get(f"/{language}/{path}").text
        assert name in page, path
        assert language == "en" or "Vienna" not in page, path
    suggested = client.get(f"/{language}/practices/suggest/", {"q": "Vien"}).json()
    assert name in json.dumps(suggested, ensure_ascii=False)


def test_it_is_found_by_every_name_whatever_the_page(vienna):
    for typed in ("Vienna", *NAMES.values()):
        with translation.override("fr"):
            places = place_search.find(typed)
            assert [place.name for place in places] == ["Vienne"], typed
            assert place_search.the_one_meant(typed, places) == places[0]


def test_every_city_of_the_starter_directory_has_an_arabic_name():
    lines = (settings.BASE_DIR / "fixtures" / "cities.jsonl").read_text("utf-8").splitlines()
    cities = [json.loads(line) for line in lines]
    named = [city.get("names", {}) for city in cities]
    assert [city["name"] for city, names in zip(cities, named, strict=True) if not names.get("ar")] == []
    latin = [
        name for names in named if (name := names.get("ar", "")) and any("a" <= one <= "z" for one in name.lower())
    ]
    assert latin == []
    # A name that is the same in two languages is not written down twice.
    same = [(city["name"], names) for city, names in zip(cities, named, strict=True) if city["name"] in names.values()]
    assert same == []
