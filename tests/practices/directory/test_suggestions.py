"""While somebody types, the practices, cities, countries and themes that fit are suggested."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from practices.models import Practice
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    berlin = a_city("Berlin", "DE", population=3_426_354, geonames_id=2950159)
    a_city("Bergen", "NO")  # nothing of it is published
    return [
        a_practice("Neighbourhood Mothers (Stadtteilmütter)", berlin, themes=["housing"]),
        a_practice("A bicycle for everyone", berlin, summary="Mothers and fathers ride along."),
        a_practice("Mothers not yet checked", berlin, published_at=None),
    ]


def suggested(client, words: str) -> list[tuple[str, str]]:
    found = client.get(reverse("suggest"), {"q": words}).json()["suggestions"]
    return [(one["kind"], one["text"]) for one in found]


MOTHERS = ("practice", "Neighbourhood Mothers (Stadtteilmütter)")


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("moth", [MOTHERS]),
        ("neighbourhood mo", [MOTHERS]),
        ("STADTTEILMÜ", [MOTHERS]),
        ("mohters", [MOTHERS]),
        ("berlino", [("city", "Berlin")]),
        ("برلين", [("city", "Berlin")]),
        ("berlni", [("city", "Berlin")]),
        ("allem", [("country", "Germany")]),
        ("hous", [("theme", "Housing")]),
        ("norw", []),
        ("berge", []),
        ("m", []),
        ("", []),
        ("% ' : & | ! \\", []),
        ("zzzz", []),
    ],
)
def test_what_fits_the_words_typed_so_far(client, words, found):
    assert [one for one in suggested(client, words) if one in found or not found] == found


@pytest.mark.usefixtures("entries")
def test_a_city_is_told_with_its_country_and_its_address(client):
    answer = client.get(reverse("suggest"), {"q": "berli"})
    cities = [one for one in answer.json()["suggestions"] if one["kind"] == "city"]
    assert cities == [{"kind": "city", "text": "Berlin", "detail": "Germany", "url": "/en/cities/berlin-de/"}]
    assert answer.json()["said"] == "3 suggestions"
    assert answer["Cache-Control"] == "public, max-age=60"


@pytest.mark.usefixtures("entries")
def test_a_suggestion_leads_where_it_says(client):
    for words in ("moth", "berli", "germ", "hous"):
        for one in client.get(reverse("suggest"), {"q": words}).json()["suggestions"]:
            assert client.get(one["url"]).status_code == 200


@pytest.mark.usefixtures("entries")
def test_one_statement_is_enough(client, django_assert_num_queries):
    for words in ("moth", "mohters", "berlin mo", "a" * 10_000):
        with django_assert_num_queries(1):
            client.get(reverse("suggest"), {"q": words})


# Prefixes as they are typed, in the languages of the site and in other scripts, and what each should offer.
PREFIXES = {
    "hous": "theme:Housing", "viv": "theme:Housing", "log": "theme:Housing", "habi": "theme:Housing",
    "سك": "theme:Housing", "heal": "theme:Health", "salu": "theme:Health", "san": "theme:Health",
    "emp": "theme:Work", "trav": "theme:Work", "educ": "theme:Education", "esco": "theme:Education",
    "environ": "theme:Environment", "women": "group:Women", "muj": "group:Women", "femm": "group:Women",
    "enf": "group:Children", "older": "group:Older", "disab": "group:People with disabilities",
    "statel": "population:Stateless", "apat": "population:Stateless", "intern": "population:Internally displaced",
    "sponsor": "context:sponsorship", "parrain": "context:sponsorship", "neuk": "area:Neukölln",
    "athè": "city:Athens", "nuev": "city:New York", "برل": "city:Berlin", "zür": "city:Zürich", "برش": "city:Barcelona",
}  # fmt: skip


def test_nearly_all_of_thirty_prefixes_offer_what_is_meant(client, starter):
    missed = []
    for typed, meant in PREFIXES.items():
        kind, _colon, text = meant.partition(":")
        if not any(one == kind and text.lower() in label.lower() for one, label in suggested(client, typed)):
            missed.append(typed)
    assert len(PREFIXES) == 30 and len(missed) <= 2, missed


@pytest.mark.usefixtures("entries")
def test_a_controlled_word_says_how_many_practices_carry_it(client):
    [found] = client.get(reverse("suggest"), {"q": "logem"}).json()["suggestions"]
    assert (found["text"], found["detail"], found["url"]) == ("Housing", "1 practice", "/en/practices/?theme=housing")


def test_no_entry_can_take_the_address(entries):
    entries[0].slug = "suggest"
    with pytest.raises(ValidationError, match="belongs to a page of the site"):
        entries[0].full_clean()
    assert Practice.objects.filter(slug="suggest").count() == 0


@pytest.mark.usefixtures("entries")
def test_search_boxes_say_where_suggestions_come_from(client):
    for page in ("home", "directory"):
        text = client.get(reverse(page)).content.decode()
        assert 'data-suggest="/en/practices/suggest/"' in text
        assert "js/suggest.js" in text
