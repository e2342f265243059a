"""Every term of the table is understood as its own concept, and every name of a city as that city."""

import pytest

from practices.loading.terms import load_terms, read_terms
from practices.models import City
from practices.search import fold
from practices.search.grammar import parse
from practices.search.place_names import keys_of
from practices.search.query import look_up, read
from practices.search.terms import longest_term
from practices.vocabularies.countries import read_table
from tests.forms import a_place
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db
AT_ONCE = 200


def test_every_term_finds_its_own_concept(db):
    load_terms()
    terms = [row for row in read_terms() if row[1]]
    lost = []
    for start in range(0, len(terms), AT_ONCE):
        some = terms[start : start + AT_ONCE]
        parts = [[part for part in parse(fold(text))[0] if part.text] for _concept, _language, text, _tag, _at in some]
        facts = look_up([[part] for each in parts for part in each])
        for (concept, language, text, _tag, _at), each in zip(some, parts, strict=True):
            words = [part.text for part in each]
            length, found = longest_term(words, facts, language)
            if length < len(words) or concept not in {term.concept for term in found}:
                lost.append((language, text, concept))
    assert lost == []


def test_small_words_are_part_of_a_term_and_not_left_of_it(db):
    load_terms()
    assert "undocumented" in concepts("sin papeles", "es") and "undocumented" not in concepts("papeles", "es")
    assert "document" not in concepts("sans papiers", "fr")
    assert "one-stop" in concepts("under one roof", "en")


def concepts(words, language):
    parts = [part.text for part in parse(fold(words))[0]]
    _length, terms = longest_term(parts, look_up(parse(fold(words))), language)
    return {term.concept for term in terms}


def test_every_name_of_a_city_finds_its_city(starter):
    numbers = set(City.objects.exclude(geonames_id=None).values_list("geonames_id", flat=True))
    lost = [
        (name, number)
        for number, own, names in read_table("city_names.csv")
        if int(number) in numbers
        for name in [own, *filter(None, names.split("|"))][:4]
        if f"'city/{number}'" not in read(name, "en").matching
    ]
    assert lost == []


@pytest.mark.parametrize(
    "name", ["Νέα Υόρκη", "Нью-Йорк", "ニューヨーク", "뉴욕", "Nueva York", "Nova Iorque", "نيويورك"]
)
def test_a_city_is_found_in_every_script_by_what_the_gazetteer_knows(name):
    city = a_city("New York City", "US")
    place = a_place()
    type(place).objects.filter(pk=place.pk).update(keys=keys_of(["New York City", name]))
    City.objects.filter(pk=city.pk).update(geonames_id=place.pk)
    practice = a_practice("A card for all", city)
    type(practice).objects.filter(pk=practice.pk).update(city=city)
    assert list(type(practice).objects.published().matching(name)) == [practice]


def test_no_ordinary_word_weighs_more_than_half_of_a_term(db):
    load_terms()
    city = a_city("Lima", "PE")
    for at in range(4):
        a_practice(f"Housing {at}", city, summary="A zigzag street." if at == 1 else "")

    def weights(words):
        return {" ".join(clause.words): clause.weight for clause in read(words, "en").clauses}

    beside = weights("zigzag housing")
    assert beside["zigzag"] == beside["housing"] / 2 < weights("zigzag")["zigzag"]
    assert weights('"zigzag street" housing')[""] == 1.0
