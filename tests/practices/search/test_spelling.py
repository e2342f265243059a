"""Misspelt words are corrected to what was meant, quickly; words that are right stay as they are.

Run with ``-s`` to read the figures.
"""

import csv
import lzma
import random
import re
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from practices.models import LexiconWord, Practice
from practices.search.query import read
from practices.search.real_words import FILE
from practices.search.spelling import turns
from tests.people import a_city, a_practice
from tests.practices.search.misspellings import SEED, misspelt

pytestmark = pytest.mark.django_db

GOAL = 5  # milliseconds; performance.md, P8


def lexicon(language: str, **facts) -> list[str]:
    return list(LexiconWord.objects.filter(language=language, **facts).values_list("plain", flat=True))


def stems(language: str, word: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT practices_stems(%s, %s)", [language, word])
        return cursor.fetchone()[0]


def test_the_right_word_comes_first_for_nineteen_of_twenty_misspelt_ones(starter):
    """A word counts as right that finds the same entries as the one meant: the word itself, or one of its stem."""
    figures = {}
    for language in ("en", "fr", "es", "pt"):
        # Entries are written in English so far: the words of other languages are those of the terms.
        words = lexicon(language, documents__gt=0) if language == "en" else lexicon(language, is_term=True)
        cases = misspelt(words, known={*lexicon(language), *lexicon(""), *real_words()})
        wrong, times = [], []
        for typed, meant in cases:
            began = perf_counter()
            corrected = read(typed, language).words
            times.append((perf_counter() - began) * 1000)
            if corrected != meant and stems(language, corrected) != stems(language, meant):
                wrong.append(f"{typed} ({meant}): {corrected}")
        right, time = 1 - len(wrong) / len(cases), median(times)
        figures[language] = len(cases), right, time
        sys.stdout.write(
            f"{language}: {len(cases)} misspelt words, {right:.1%} right first, {time:.1f} ms; {', '.join(wrong)}\n"
        )
    assert {cases for cases, _right, _time in figures.values()} == {200}
    assert min(right for _cases, right, _time in figures.values()) >= 0.95
    # The figure is printed; on a machine shared with others only a coarse bound can be kept.
    assert min(time for _cases, _right, time in figures.values()) < 10 * GOAL


def test_what_people_mistype_finds_what_they_meant(starter):
    """Sixty slips in five languages, written down before any was tried: by ear, by hand, without accents and hyphens.

    One counts as found where at least half of what both searches find is found by both.
    """

    def found(words, language):
        return set(Practice.objects.published().matching(read(words, language)).values_list("pk", flat=True))

    lines = (Path(__file__).parent / "judged" / "misspelt.csv").read_text("utf-8").splitlines()
    _heading, *cases = csv.reader(line for line in lines if not line.startswith("#"))
    lost = [
        f"{typed} ({meant}): {read(typed, language).words}"
        for language, typed, meant in cases
        if not 2 * len(found(typed, language) & found(meant, language))
        >= len(found(typed, language) | found(meant, language))
        > 0
    ]
    sys.stdout.write(f"{len(cases) - len(lost)} of {len(cases)} found; not: {', '.join(lost)}\n")
    assert len(cases) == 60
    assert len(lost) <= 4


def real_words() -> list[str]:
    return lzma.decompress((settings.BASE_DIR / FILE).read_bytes()).decode().splitlines()


def test_no_real_word_is_corrected(starter):
    """A sample of the words that are right in some language, each on a page in English and as the only one."""
    wrong = {word: read(word, "en").words for word in random.Random(SEED).sample(real_words(), 150)}
    assert {word: meant for word, meant in wrong.items() if word != meant} == {}


@pytest.mark.parametrize(
    "word", ["illegal", "ilegal", "acta", "cuidado", "vivent", "convencer", "economia", "atendimento"]
)
def test_a_right_word_that_no_entry_holds_stays(starter, word):
    assert read(word, "es").words == word


@pytest.mark.parametrize(
    ("meant", "typed"),
    [("legal", "ilegal"), ("documented", "undocumentd"), ("unaccompanied", "acompanied"), ("regular", "iregular")],
)
def test_a_word_is_no_slip_of_its_contrary(meant, typed):
    assert turns(meant, typed)
    assert not turns(typed, typed) and not turns("housing", "housng")


@pytest.fixture
def desk():
    return a_practice(
        "Housing desk for refugees", a_city("Berlin", "DE"), summary="Helps to find a flat.", area="Neukölln"
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("refugess housng", "refugees housing"),
        ("berln", "berlin"),
        ("housng -berlin", "housing -berlin"),
        ("zzzzzz housing", "housing"),
    ],
)
def test_unknown_words_are_corrected_or_left_out(desk, typed, meant):
    reading = read(typed, "en")
    assert (reading.asked, reading.words, reading.is_corrected) == (typed, meant, True)


@pytest.mark.parametrize(
    "words",
    [
        "housing",
        "flats",
        "Neukoelln",
        "Londres",
        "logement",
        "zzzzzz",
        '"housng desk"',
        "where to find housing",
        "2015",
    ],
)
def test_words_that_are_right_or_cannot_be_corrected_stay(desk, words):
    assert not read(words, "en").is_corrected


@pytest.mark.parametrize("words", ["riddle for quokkas", "Unterkunft für Geflüchtete"])
def test_no_small_word_stands_for_a_whole_question(desk, words):
    """Every entry would fit "for"."""
    a_practice("Zelte für alle", a_city("Bonn", "DE"), summary="A roof for the first night.")
    assert read(words, "en").words == words
    assert not Practice.objects.matching(words).exists()


def test_the_very_words_are_looked_for_when_asked_to(desk):
    assert not read("refugess housng", "en", exact=True).is_corrected


def test_the_page_says_what_it_looked_for_and_leads_to_the_exact_search(client, desk):
    page = client.get(reverse("directory"), {"q": "refugess housng", "theme": "social-cohesion"})
    text = page.content.decode()
    assert "Showing results for <b>refugees housing</b>" in text
    assert 'value="refugess housng"' in text
    [address] = re.findall(r'<a href="([^"]*exact=1[^"]*)">Search instead for “refugess housng”', text)
    assert address == "?q=refugess+housng&amp;exact=1&amp;theme=social-cohesion"
    exact = client.get(reverse("directory") + address.replace("&amp;", "&")).content.decode()
    assert "0 practices" in exact
    assert '<a href="?q=refugess+housng&amp;theme=social-cohesion">Correct the spelling</a>' in exact
    assert '<input type="hidden" name="exact" value="1">' in exact


def test_a_corrected_search_keeps_to_six_statements(client, desk, django_assert_max_num_queries):
    client.get(reverse("library"))  # the library is read once in an edition, by whoever asks first
    for query in ("refugess housng", "refugess zzzzz housng", "zzzzzz"):
        with django_assert_max_num_queries(6):
            client.get(reverse("directory"), {"q": query, "theme": "health", "since": "2024"})


def test_a_word_leaves_the_lexicon_with_the_last_entry_that_holds_it(desk):
    other = a_practice("Housing for all", desk.city, summary="Xylophones for children.")
    documents = LexiconWord.objects.filter(language="en").values_list("documents", flat=True)
    assert list(documents.filter(word="housing")) == [2]
    assert list(documents.filter(word="xylophones")) == [1]
    other.archive()
    assert list(documents.filter(word="housing")) == [1]
    assert list(documents.filter(word="xylophones")) == []
    other.publish()
    assert list(documents.filter(word="xylophones")) == [1]
    other.summary = "Violins for children."
    other.save()
    assert list(documents.filter(word__in=["xylophones", "violins"])) == [1]


def test_a_new_name_of_a_city_comes_into_the_lexicon(desk):
    desk.city.name = "Potsdam"
    desk.city.save()
    assert read("potsdm", "en").words == "potsdam"
