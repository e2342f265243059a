"""Guides in other languages: read wholly in one language or in the other, and told how they came into it."""

import re
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from citysolidarity.caching.edition import FIRST, EditionRow
from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.guides.notes import note_of
from practices.models import Guide, GuideTranslation
from tests.citysolidarity.test_budgets import statements
from tests.login import staff
from tests.people import a_practice
from tests.practices.guides.making import a_document, a_guide, a_guide_translation, a_step, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    guide = a_guide(introduction="What towns did.")
    put(a_practice("Flats"), guide)
    a_document(guide, "Manual", language="fr")
    return guide


def page_of(client, guide, language="es") -> str:
    response = client.get(address_of(guide, language))
    assert response.status_code == 200
    return " ".join(response.text.split())


def address_of(guide, language="es") -> str:
    with override(language):
        return guide.get_absolute_url()


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


# --- what readers see -----------------------------------------------------------------------------


def test_every_sentence_is_read_in_the_language_of_the_page(client, guide):
    a_guide_translation(guide)
    page = page_of(client, guide)
    for text in guide.sentences():
        assert f"{text} (es)" in page and not re.search(rf">\s*{re.escape(text)}\s*<", page), text
    assert '<div lang="es" dir="ltr">' in page and '<p lang="es" dir="ltr">It shows how. (es)</p>' in page
    assert ">Manual</a>" in page  # the title of a document stays as its publisher wrote it


def test_the_page_in_its_own_language_stays_as_it_was_written(client, guide):
    a_guide_translation(guide)
    page = page_of(client, guide, "en")
    assert f"<h1>{guide.title}</h1>" in page and "(es)" not in page and "Translated from" not in main_of(page)


def test_arabic_is_read_from_the_right(client, guide):
    a_guide_translation(guide, "ar")
    assert '<div lang="ar" dir="rtl">' in page_of(client, guide, "ar")


@pytest.mark.parametrize(
    "change",
    [
        lambda guide: Guide.objects.update(title="Homes"),
        lambda guide: Guide.objects.update(question="Which homes?"),
        lambda guide: Guide.objects.update(for_whom="For mayors."),
        lambda guide: Guide.objects.update(introduction="What cities did."),
        lambda guide: guide.steps.update(heading="Look for homes"),
        lambda guide: guide.steps.update(text="Look around."),
        lambda guide: guide.guidepractices.update(why="Because."),
        lambda guide: guide.guidedocuments.update(why="Because."),
        lambda guide: a_step(guide, "Settle who pays"),
    ],
    ids=["title", "question", "for whom", "introduction", "heading", "text", "practice", "document", "new step"],
)
def test_with_one_sentence_missing_all_of_it_is_read_in_its_own_language(client, guide, change):
    practice = guide.guidepractices.get().practice
    a_guide_translation(guide)
    change(guide)
    pages = [client.get(f"/es/{path}").text for path in ("guides/", f"practices/{practice.slug}/")]
    for page in (page_of(client, guide), *pages):
        assert "(es)" not in page
    assert '<div lang="en" dir="ltr">' in page_of(client, guide)


def test_an_empty_translation_covers_nothing(client, guide):
    row = a_guide_translation(guide)
    row.phrases[guide.title] = ""
    row.save()
    assert "(es)" not in page_of(client, guide)


def test_a_guide_without_an_introduction_needs_none(client):
    guide = a_guide()
    put(a_practice(), guide)
    a_guide_translation(guide)
    assert f"<h1>{guide.title} (es)</h1>" in page_of(client, guide)


def test_the_list_the_entry_and_the_feed_name_it_in_the_language_asked_for(client, guide):
    a_guide_translation(guide, "ar")
    practice = guide.guidepractices.get().practice
    told = f"{guide.title} (ar)"
    page = " ".join(client.get("/ar/guides/").text.split())
    assert f">{told}</a>" in page and f"<p>{guide.question} (ar)</p>" in page and '<li lang="ar" dir="rtl">' in page
    entry = " ".join(client.get(f"/ar/practices/{practice.slug}/").text.split())
    assert f'lang="ar" dir="rtl">{told}</a>' in entry
    feed = client.get(reverse("guides_feed"), headers={"accept-language": "ar"}).text
    assert f"<title>{told}</title>" in feed and f"{guide.question} (ar)" in feed
    english = client.get(reverse("guides_feed"), headers={"accept-language": "en"}).text
    assert f"<title>{guide.title}</title>" in english and "(ar)" not in english


def test_the_share_card_is_drawn_with_the_title_of_the_page(client, guide, monkeypatch):
    drawn = []
    draw = "practices.entries.share_card.draw"
    monkeypatch.setattr(draw, lambda title, *args, **kwargs: drawn.append(title) or b"")
    a_guide_translation(guide)
    for language in ("es", "en"):
        client.get(address_of(guide, language) + "card.png")
    assert drawn == [f"{guide.title} (es)", guide.title]


def test_the_share_card_in_arabic_is_an_image(client, guide):
    a_guide_translation(guide, "ar", phrases=dict.fromkeys(guide.sentences(), "بيوت للجميع"))
    with Image.open(BytesIO(client.get(address_of(guide, "ar") + "card.png").content)) as image:
        assert image.size == (1200, 630)


def test_a_shared_page_is_described_in_its_language(client, guide):
    a_guide_translation(guide)
    page = page_of(client, guide)
    assert f'<meta property="og:title" content="{guide.title} (es)">' in page
    assert f"<title>{guide.title} (es) " in page


# --- how it was made ------------------------------------------------------------------------------


def test_the_page_says_how_the_translation_was_made_and_leads_to_the_original(client, guide):
    row = a_guide_translation(guide)
    page = page_of(client, guide)
    assert '<p class="note">' in page and f'<a href="{address_of(guide, "en")}" hreflang="en">' in page
    assert credit_in_english() == "Translated from English with the help of a machine, not yet reviewed."
    row.review(staff("ana", "Curator"))
    day = timezone.now().strftime("%-d %B %Y")
    assert credit_in_english() == f"Translated from English with the help of a machine and reviewed on {day}."
    assert note_of(guide) is None


def credit_in_english() -> str:
    with override("es"):
        shown = Guide.objects.in_language().get()
    with override("en"):
        return note_of(shown).credit


def test_an_original_in_a_language_without_pages_has_no_link(client):
    guide = a_guide(language="de")
    put(a_practice(), guide)
    a_guide_translation(guide, "en")
    page = main_of(page_of(client, guide, "en"))
    assert "Translated from German with the help of a machine" in page and "Read the original" not in page


# --- how many queries -----------------------------------------------------------------------------


def test_a_translated_page_needs_as_many_queries_as_the_original(client, guide):
    a_guide_translation(guide)
    practice = guide.guidepractices.get().practice
    for path in (f"guides/{guide.slug}/", "guides/", f"practices/{practice.slug}/"):
        assert len(statements(client, f"/es/{path}")) == len(statements(client, f"/en/{path}"))
    assert len(statements(client, "/es/guides/")) <= 3
    assert len(statements(client, address_of(guide))) <= 5


# --- what the database keeps ----------------------------------------------------------------------


@transaction.atomic
def as_a_whole(act):
    act()
    connection.check_constraints()


def refuses(name, act):
    with pytest.raises(IntegrityError, match=name):
        as_a_whole(act)


def test_the_database_refuses_what_cannot_be(guide):
    row = a_guide_translation(guide)
    ana = staff("ana", "Curator")
    refuses("guide_translated_once_per_language", lambda: a_guide_translation(guide))
    refuses("guide_translation_language_known", lambda: a_guide_translation(guide, "de"))
    refuses("not translated into its own language", lambda: a_guide_translation(guide, "en"))
    refuses("not translated into its own language", lambda: Guide.objects.update(language="es-419"))
    refuses("guide_translation_reviewed_by_somebody", lambda: stored(row).update(reviewed_at=timezone.now()))
    refuses("guide_translation_reviewed_by_somebody", lambda: stored(row).update(reviewed_by=ana))


def stored(row):
    return GuideTranslation.objects.filter(pk=row.pk)


@pytest.mark.parametrize(
    "change",
    [
        lambda guide: a_guide_translation(guide, "fr"),
        lambda guide: guide.translations.update(phrases={}),
        lambda guide: guide.translations.get().review(staff("ana", "Curator")),
        lambda guide: guide.translations.all().delete(),
    ],
    ids=["a new one", "another text", "a review", "a deletion"],
)
def test_kept_pages_end_when_a_translation_changes(client, guide, change):
    a_guide_translation(guide)
    tag = client.get(address_of(guide))["ETag"]
    before = EditionRow.read(FIRST).number
    change(guide)
    assert EditionRow.read(FIRST).number > before
    assert client.get(address_of(guide), headers={"if-none-match": tag}).status_code == 200


def test_only_what_has_every_sentence_is_reviewed_and_once(guide):
    row, ana = a_guide_translation(guide), staff("ana", "Curator")
    Guide.objects.update(title="Homes")
    with pytest.raises(TransitionNotAllowed, match="not translated yet"):
        row.review(ana)
    Guide.objects.update(title=guide.title)
    row.review(ana)
    assert stored(row).get().reviewed_by == ana
    with pytest.raises(TransitionNotAllowed, match="has been reviewed"):
        stored(row).get().review(ana)


def test_a_guide_that_is_read_in_another_language_is_not_saved(guide):
    a_guide_translation(guide)
    with override("es"):
        shown = Guide.objects.in_language().get()
    with pytest.raises(ValueError, match="is not saved"):
        shown.save()
    with override("fr"):
        Guide.objects.in_language().get().save()
