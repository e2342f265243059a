"""A translation as the public reads it: its own address, the pages of its language, the search, and every other place."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import override

from citysolidarity.caching.edition import edition
from practices.directory.index.keeper import selection_index
from practices.models import Practice, PracticeTranslation
from tests.people import a_city, a_practice
from tests.pledges.crawl import crawl
from tests.pledges.signatories.sheets import Sheet
from tests.translating import ARABIC, SPANISH, a_published_translation, a_translation

pytestmark = pytest.mark.django_db
SITE = "https://solidarity.example"
PLAIN, SPANISH_PAGE = "/en/practices/parks/", "/en/practices/parks/in/es/"


@pytest.fixture(autouse=True)
def a_site(settings):
    """A site with pages in English alone, unless a test asks for more: the entry's other languages have no pages."""
    settings.SITE_URL = SITE
    settings.LANGUAGES = [("en", "English")]


@pytest.fixture
def parks():
    city = a_city("Amman", "JO", population=1_300_000)
    return a_practice(city=city, slug="parks", challenge="No shade.", approach="Trees.", area="Badr")


@pytest.fixture
def five(settings):
    """A site with pages in three of its languages."""
    settings.LANGUAGES = [("en", "English"), ("es", "Spanish"), ("ar", "Arabic")]


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.text


def links(text):
    return dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', text))


def canonical(text):
    return re.search(r'<link rel="canonical" href="([^"]+)"', text)[1]


def test_the_text_stands_in_its_language_and_all_around_it_in_that_of_the_page(client, parks):
    a_published_translation(parks, challenge="Sin sombra.")
    text = page(client, SPANISH_PAGE)
    assert '<html lang="en" dir="ltr">' in text
    assert '<h1 lang="es" dir="ltr">Parques para todos</h1>' in text
    assert '<div lang="es" dir="ltr"><p>Sin sombra.</p></div>' in text
    assert '<h2 id="situation">The situation</h2>' in text
    assert "<title>Parques para todos, Amman (Español) –" in text
    assert "Public spaces for all" not in text
    assert f'<meta property="og:image" content="{SITE}{SPANISH_PAGE}card.png">' in text
    assert '"inLanguage": "es", "translationOfWork": {"@type": "Article", "inLanguage": "en"' in text
    card = client.get(f"{SPANISH_PAGE}card.png")
    assert card["Content-Type"] == "image/png"
    assert card.content != client.get(f"{PLAIN}card.png").content


def test_arabic_runs_from_the_right(client, parks):
    a_published_translation(parks, "ar")
    text = page(client, f"{PLAIN}in/ar/")
    assert f'<h1 lang="ar" dir="rtl">{ARABIC["title"]}</h1>' in text
    assert '<a href="/en/practices/parks/in/ar/" hreflang="ar" lang="ar" dir="rtl">العربيّة</a>' in page(client, PLAIN)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("written", "Written in Spanish by Translation office of Quito, "),
        ("human", "Translated into Spanish by Translation office of Quito, "),
        ("machine", "Translated into Spanish with the help of a machine and checked by Translation office of Quito, "),
    ],
)
def test_the_page_says_how_it_was_made_by_whom_and_when(client, parks, kind, said):
    a_published_translation(parks, kind=kind)
    PracticeTranslation.objects.update(translated_at="2026-03-03T12:00Z")
    PracticeTranslation.objects.get().publish(PracticeTranslation.objects.get().published_by)
    text = page(client, SPANISH_PAGE)
    assert (
        f'<p class="note">{said}3 March 2026. <a href="{PLAIN}" hreflang="en">Read the original (English)</a>' in text
    )


def test_it_says_that_the_original_has_changed_until_a_newer_one_is_published(client, parks):
    row = a_published_translation(parks)
    assert "has changed since" not in page(client, SPANISH_PAGE)
    Practice.objects.filter(pk=parks.pk).update(challenge="Little shade.")
    parks.rewordings.update(at="2026-06-05T12:00Z")
    assert "<strong>The original has changed since, on 5 June 2026.</strong>" in page(client, SPANISH_PAGE)
    row.refresh_from_db()
    row.practice.refresh_from_db()
    row.follow()
    row.save()
    assert "has changed since" in page(client, SPANISH_PAGE)
    row.publish(row.published_by)
    assert "has changed since" not in page(client, SPANISH_PAGE)


def test_the_pages_of_an_entry_name_each_other(client, parks):
    assert links(page(client, PLAIN)) == {}
    assert "Also in:" not in page(client, PLAIN)
    a_published_translation(parks)
    a_published_translation(parks, "ar")
    for path, also in ((PLAIN, ["es", "ar"]), (SPANISH_PAGE, ["en", "ar"])):
        text = page(client, path)
        assert canonical(text) == SITE + path
        assert links(text) == {
            "en": SITE + PLAIN,
            "es": SITE + SPANISH_PAGE,
            "ar": f"{SITE}{PLAIN}in/ar/",
        }
        assert re.findall(r'hreflang="(\w+)"', re.search('<p class="also">.*</p>', text)[0]) == also


def test_search_engines_are_told_of_it(client, parks):
    a_published_translation(parks)
    a_translation(parks, "fr")
    a_published_translation(a_practice("Jardines", parks.city, slug="gardens", language="es"), "en", title="Gardens")
    found = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").text)
    assert [path for path in found if "/in/" in path] == [f"{SITE}/en/practices/gardens/in/es/", SITE + SPANISH_PAGE]
    assert 'name="robots"' not in page(client, SPANISH_PAGE)


@pytest.mark.parametrize("language", ["fr", "de", "xx", "EN", "es-es"])
def test_a_language_that_it_is_not_in_is_no_page(client, parks, language):
    a_published_translation(parks)
    a_translation(parks, "fr")
    for end in ("", "card.png"):
        assert client.get(f"{PLAIN}in/{language}/{end}").status_code == 404 or end
    assert client.get(f"/en/practices/nowhere/in/{language}/").status_code == 404


def test_an_archived_entry_has_no_page_in_any_language(client, parks):
    a_published_translation(parks)
    parks.archive()
    assert client.get(SPANISH_PAGE).status_code == 410


def test_the_original_under_its_own_language_is_its_plain_page(client, parks):
    assert client.get(f"{PLAIN}in/en/")["Location"] == PLAIN


def test_a_site_in_that_language_shows_it_everywhere(client, parks, five):
    a_published_translation(parks, challenge="Sin sombra.")
    plain = "/es/practices/parks/"
    assert client.get(SPANISH_PAGE)["Location"] == plain
    assert client.get("/es/practices/parks/in/es/")["Location"] == plain
    text = page(client, plain)
    assert '<h1 lang="es" dir="ltr">' in text
    assert re.search(r"original \(English\)</a>", text)
    assert canonical(text) == SITE + plain
    assert canonical(page(client, PLAIN)) == SITE + PLAIN
    for path in (
        "/es/practices/",
        "/es/practices/?view=table",
        "/es/",
        "/es/cities/amman-jo/",
        "/es/practices/?q=sombra",
    ):
        assert SPANISH["title"] in page(client, path), path
        assert parks.title not in page(client, path), path
    for path in ("compare/", "compare/brief/"):
        text = page(client, f"/es/practices/{path}?p=parks")
        assert "Sin sombra." in text and "Translation office of Quito" in text
        assert "Translation office of Quito" not in page(client, f"/en/practices/{path}?p=parks")
    pdf = Sheet(client.get("/es/practices/compare/brief.pdf?p=parks").content).text
    assert "Sin sombra." in pdf
    assert "Translation office of Quito" in pdf
    other = a_practice("Gardens", parks.city)
    assert SPANISH["title"] in page(client, f"/es/practices/{other.slug}/")
    assert SPANISH["title"] in client.get("/es/practices/suggest/?q=parq").text
    with override("es"):
        assert SPANISH["title"] in client.get(reverse("feed"), headers={"accept-language": "es"}).text
    assert parks.title in page(client, "/ar/practices/")


def test_the_original_is_read_beside_a_translation_into_the_language_of_the_page(client, parks, five):
    a_published_translation(parks)
    hebrew = a_practice("גנים", parks.city, slug="gardens", language="he")
    a_published_translation(hebrew)
    text = page(client, "/es/practices/gardens/in/he/")
    assert '<h1 lang="he" dir="rtl">גנים</h1>' in text
    assert canonical(text) == f"{SITE}/en/practices/gardens/"
    assert '<h1 lang="es" dir="ltr">' in page(client, "/es/practices/gardens/")


def test_its_words_find_the_entry_stemmed_in_their_own_language(client, parks):
    assert PLAIN not in page(client, "/en/practices/?q=toldos&exact=1")
    row = a_published_translation(parks, challenge="Sin toldo.", title="Pérgolas para todas")
    for words in ("toldos", "pergola", "pérgola"):
        card = page(client, f"/en/practices/?q={words}").partition("<article")[2].partition("</article>")[0]
        assert f'<a href="{PLAIN}">Public spaces for all</a>' in card, words
        assert f'<a href="{SPANISH_PAGE}" hreflang="es" lang="es" dir="ltr">Español</a>' in card
    row.take_back(row.published_by)
    assert "<article" not in page(client, "/en/practices/?q=toldos&exact=1")


def test_the_words_found_are_marked_where_they_are_read(client, parks, five):
    a_published_translation(parks)
    assert "<mark>Parques</mark> para todos" in page(client, "/es/practices/?q=parque")
    assert "Parques" not in page(client, "/en/practices/?q=parque").partition("<article")[2]


def test_a_hit_in_a_title_ranks_before_one_in_a_text(client, parks):
    second = a_practice("Squares", parks.city, slug="squares", challenge="Noise.", approach="x")
    a_published_translation(parks, challenge="Las plazas.")
    a_published_translation(second, title="Plazas para todos", challenge="Ruido.", approach="x")
    text = page(client, "/en/practices/?q=plazas")
    assert text.index("/en/practices/squares/") < text.index(PLAIN)


def test_what_is_published_moves_the_edition_and_a_draft_does_not(parks):
    row = a_translation(parks)
    before = edition.check()
    row.title = "Jardines"
    row.save()
    assert edition.check() == before
    row.publish(User.objects.create_user("curator"))
    published = edition.check()
    assert published > before
    row.take_back(row.events.get().by)
    assert edition.check() > published


def test_a_page_in_a_language_asks_as_much_as_the_plain_one(client, parks, django_assert_num_queries):
    a_published_translation(parks)
    selection_index.current()
    with django_assert_num_queries(5):
        page(client, SPANISH_PAGE)
    with django_assert_num_queries(5):
        page(client, PLAIN)


def test_an_unpublished_word_shows_nowhere(client, parks):
    canary = "kanarienvogel"
    texts = dict.fromkeys(("title", "summary", "challenge", "approach", "made_by"), canary)
    row = a_published_translation(parks)
    for name, value in texts.items():
        setattr(row, name, value)
    row.save()
    a_translation(parks, "fr", **texts)
    guesses = (SPANISH_PAGE, f"{PLAIN}in/fr/", f"/en/practices/suggest/?q={canary[:6]}")
    said = [path for path, text in crawl("203.0.113.78", guesses) if canary in text.lower()]
    assert said == []
    assert "<article" not in page(client, f"/en/practices/?q={canary}&exact=1")
    row.publish(row.published_by)
    assert canary in page(client, SPANISH_PAGE)
    assert PLAIN in page(client, f"/en/practices/?q={canary}")
