"""Searches as people type them: signs of telephones, names of places, everyday names of countries, numbers."""

import pytest

from practices.loading.terms import load_terms
from practices.models import Practice
from practices.search.query import read
from practices.search.text import arabic_forms, fold
from tests.forms import ATHENS, a_place
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


def found(words, language="en"):
    reading = read(words, language)
    return reading.words, {practice.title for practice in Practice.objects.published().matching(reading)}


@pytest.fixture
def entries():
    load_terms()
    athens = a_city("Athens", "GR")
    type(athens).objects.filter(pk=athens.pk).update(geonames_id=ATHENS)
    a_place()
    texts = {
        "Learning desk": (athens, "Learning for newcomers in the bazaar of the host community."),
        "Mothers at home": (athens, "Mothers of the community thank families that host them."),
        "Mali house": (a_city("Bamako", "ML"), "A house for those from Mali, to rent (alquilar)."),
        "Denver": (a_city("Denver", "US"), "It reached 1,000 families and 12 800 more."),
        "Utrecht": (a_city("Utrecht", "NL"), "It reached 1000 families and 1.000.000 guilders."),
        "Abidjan": (a_city("Abidjan", "CI"), "It reached 2,000 families; 1 in 5, and 000."),
    }
    for title, (city, summary) in texts.items():
        a_practice(title, city, summary=summary)
    a_practice("Alquilar una casa", athens, language="es", summary="Para alquilar una casa con vecinos.")


@pytest.mark.parametrize(
    "words", ["e-learning", "e-mail", "e-mali", "-learning e-learning", "x-ray e-mail", "e‑learning"]
)
def test_no_correction_begins_with_a_minus_that_was_not_typed(entries, words):
    typed = {word for word in fold(words).split() if word.startswith("-")}
    assert {word for word in read(words).words.split() if word.startswith("-")} <= typed


def test_a_word_with_a_hyphen_is_not_cut_at_it(entries):
    assert found("e-learning") == ("learning", {"Learning desk"})
    assert found("e-mail") == ("e-mail", set())


@pytest.mark.parametrize("words", ["L'Aquila", "L’Aquila", "l'aquila", "Cox's Bazar", "Cox’s Bazar", "cox's bazar"])
def test_a_name_with_an_apostrophe_is_no_other_word(entries, words):
    assert found(words)[1] == set()


def test_telephones_type_other_quotes(entries):
    assert found('"host community"')[1] == {"Learning desk"}
    for words in ("“host community”", "„host community“", "«host community»", "″host community″"):
        assert found(words)[1] == {"Learning desk"}


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("USA", "Denver"), ("usa", "Denver"), ("U.S.A.", "Denver"), ("EE. UU.", "Denver"), ("EUA", "Denver"),
        ("United States", "Denver"), ("أمريكا", "Denver"), ("امريكا", "Denver"), ("Holland", "Utrecht"),
        ("Hollande", "Utrecht"), ("Ivory Coast", "Abidjan"), ("ivory coast", "Abidjan"), ("Elfenbeinküste", "Abidjan"),
    ],
)  # fmt: skip
def test_countries_are_found_by_their_everyday_names(entries, words, title):
    assert found(words) == (fold(words), {title})


@pytest.mark.parametrize(
    "words", ["Αθήνα", "αθηνα", "ΑΘΗΝΑ", "أثينا", "اثينا", "Athènes", "mothers Αθήνα", "Αθήνα mothers"]
)
def test_a_city_is_found_by_its_name_in_every_script(entries, words):
    assert "Mothers at home" in found(words)[1]


@pytest.mark.parametrize("words", ["1000", "1,000", "1.000", "1 000", "1'000", "1\u202f000", "1\u00a0000"])
def test_a_number_is_the_same_however_its_thousands_are_set_apart(entries, words):
    assert found(words)[1] == {"Denver", "Utrecht"}


def test_other_numbers(entries):
    assert found("12,800")[1] == {"Denver"} == found("12800")[1]
    assert found("1000000")[1] == {"Utrecht"} == found("1,000,000")[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [("اثينا", "أثينا"), ("الاردن", "الأردن"), ("مدرسه", "مدرسة"), ("مستشفي", "مستشفى"), ("صحّة", "صحه")],
)
def test_arabic_words_are_the_same_however_they_are_spelt(entries, one, other):
    assert clauses(one, "ar") == clauses(other, "ar")


def test_what_is_written_together_with_an_arabic_noun_is_taken_off():
    assert (
        "مدرسة" in arabic_forms("للمدرسة") and "مدرسة" in arabic_forms("والمدرسة") and "ترحيل" in arabic_forms("وترحيل")
    )
    assert arabic_forms("school") == []


def clauses(words, language):
    return [clause.matching for clause in read(words, language).clauses]


def test_the_model_is_asked_for_what_an_idiom_means(entries):
    assert read("giving foreigners a say in city hall").question == "giving foreigners representation"
    assert read("housing for refugees").question == "housing for refugees"
    assert read("un toit pour les sans papiers", "fr").question == "un toit pour les sans papiers"
