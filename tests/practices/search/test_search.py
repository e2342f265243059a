"""Words are found with accents and case folded, across an entry and its city, and marked."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from practices.models import Practice
from practices.search import fold, marked_html
from practices.search.matching import FEW
from practices.search.query import read
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def mothers():
    berlin = a_city("Berlin", "DE")
    return a_practice(
        "Neighbourhood Mothers (Stadtteilmütter)",
        berlin,
        area="Neukölln district",
        summary="Mothers are trained to visit newly arrived families.",
        approach="They explain schooling over a cup of tea.",
        lead="Diakoniewerk Simeon",
    )


@pytest.mark.parametrize(
    "words",
    [
        "neukolln",
        "NEUKÖLLN",
        "berlin mothers",
        "mother",
        "germany",
        "Allemagne",
        "ألمانيا",
        "stadtteilmutter",
        "diakoniewerk",
        "trained families",
        '"newly arrived"',
        "helsinki OR berlin",
        "berlin -paris",
        "schools",
    ],
)
def test_words_find_their_entry(mothers, words):
    assert list(Practice.objects.published().matching(words)) == [mothers]


@pytest.mark.parametrize("words", ["helsinki", "mothers -berlin", '"arrived newly"', "zzzz", "the"])
def test_words_that_do_not_fit_find_nothing(mothers, words):
    assert not Practice.objects.published().matching(words).exists()


def test_a_text_is_stemmed_in_its_own_language():
    lima = a_city("Lima", "PE")
    spanish = a_practice("Clases para recién llegados", lima, language="es", summary="Escuelas abiertas por la tarde.")
    a_practice("Escuelas", lima, published_at=None)
    with override("es"):
        assert list(Practice.objects.published().matching("escuela abierta")) == [spanish]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "mères"),
        ("fr", "familles nouvellement arrivées à Berlin"),
        ("es", "madres formadas"),
        ("ar", "أمهات برلين"),
        ("pt", "mães em Berlim"),
        ("en", "Berlino"),
        ("en", "Neukoelln"),
        ("de", "Stadtteilmuetter"),
    ],
)
def test_words_of_other_languages_find_texts_in_english(mothers, language, words):
    assert list(Practice.objects.published().matching(read(words, language))) == [mothers]


def test_a_longer_search_that_finds_little_shows_what_fits_most_of_it(mothers):
    a_practice("A bicycle for everyone", mothers.city)
    assert list(Practice.objects.published().matching("mothers visit bicycle")) == [mothers]
    assert not Practice.objects.published().matching(read("mothers visit bicycle", exact=True)).exists()


def test_it_shows_no_more_than_what_fits_as_much_as_others_do(mothers):
    many = {a_practice(f"Bicycle school in the garden {at}", mothers.city) for at in range(FEW)}
    a_practice("A bicycle for the garden", mothers.city)
    assert set(Practice.objects.published().matching("helsinki bicycle school garden")) == many


def test_the_visitors_own_word_comes_before_those_that_mean_the_same(mothers):
    own = a_practice("Accommodation desk", mothers.city)
    kin = a_practice("Housing desk", mothers.city)
    for words, first, second in (("accommodation", own, kin), ("housing", kin, own)):
        assert list(Practice.objects.published().matching(words).sorted_by("match", words)) == [first, second]


def test_what_has_ended_is_found_after_its_equals(mothers):
    ended = a_practice("Roofs first", mothers.city, status="completed")
    running = a_practice("Roofs first", mothers.city, status="ongoing")
    assert list(Practice.objects.published().matching("roofs").sorted_by("match", "roofs")) == [running, ended]


def test_no_words_leave_everything(mothers):
    for words in ("", "   ", "\x00", "\u200b\n"):
        assert Practice.objects.published().matching(words.replace("\u200b", "")).exists()


@pytest.mark.parametrize(
    "words", ["%", "'", '"', "&|!:*()<->", "\\", "a" * 10_000, "\x00\x01", "((((", "- - -", "OR OR"]
)
def test_no_text_breaks_a_search(mothers, words):
    practices = Practice.objects.published().matching(words).marked(words).sorted_by("match", words)
    assert len(practices) <= 1


def test_a_city_renamed_is_found_by_its_new_name(mothers):
    mothers.city.name = "Potsdam"
    mothers.city.save()
    assert Practice.objects.matching("potsdam").exists()
    assert not Practice.objects.matching("berlin").exists()


def test_a_title_weighs_more_than_a_text():
    city = a_city("Lima", "PE")
    in_text = a_practice("Desk for newcomers", city, approach="It lends a bicycle.")
    in_title = a_practice("A bicycle for everyone", city)
    assert list(Practice.objects.matching("bicycle").sorted_by("match", "bicycle")) == [in_title, in_text]


def test_words_found_are_marked_and_everything_else_is_escaped():
    city = a_city("Lima", "PE")
    a_practice("School <b>&</b> home", city, summary="For a Schöol, <script>")
    [practice] = Practice.objects.published().matching("school").marked("school")
    assert marked_html(practice.marked_title) == "<mark>School</mark> &lt;b&gt;&amp;&lt;/b&gt; home"
    assert marked_html(practice.marked_summary) == "For a <mark>Schöol</mark>, &lt;script&gt;"


def test_a_card_shows_where_a_word_lies_that_only_the_body_holds(client, settings):
    city = a_city("Lima", "PE")
    approach = "The desk opened in 2019. <b>An interpreter</b> sits in every clinic. Volunteers repair what was lent."
    a_practice("Desk for newcomers", city, summary="It lends bicycles.", approach=approach)
    [practice] = Practice.objects.published().matching("bicycles interpreter").marked("bicycles interpreter")
    excerpt = marked_html(practice.marked_excerpt)
    assert "An <mark>interpreter</mark>" in excerpt and "sits in every clinic" in excerpt
    assert "bicycles" not in excerpt and "<b>" not in excerpt
    for words in ("bicycles", "interpreter -zebra", '"every clinic"', "'"):
        for found in Practice.objects.published().matching(words).marked(words):
            assert bool(found.marked_excerpt) == (words != "bicycles")
    pages = []
    for is_kept in (True, False):
        settings.KEPT_FRAGMENTS = is_kept
        pages.append(client.get(reverse("directory"), {"q": "bicycles interpreter"}).text)
    assert pages[0] == pages[1]
    assert pages[0].count("From the entry:") == 1
    assert "From the entry:" not in client.get(reverse("directory"), {"q": "bicycles"}).text


def test_a_search_is_folded_to_what_can_be_used():
    assert fold("  a\x00b\n\tc\ue000 ") == "a b c"
    assert len(fold("a " * 500)) <= 200
