"""Translations of guides at the desk: each sentence beside its original, reviewed by a curator."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from practices.models import Guide, GuideTranslation
from practices.translating.both import mark_of
from practices.translating.sentences.forms import PREFIX
from tests.desk import desk, form_of, save
from tests.login import at_the_desk, staff
from tests.people import a_practice
from tests.practices.guides.making import a_document, a_guide, a_guide_translation, put

pytestmark = pytest.mark.django_db
MODEL = "guidetranslation"


@pytest.fixture
def curator():
    return at_the_desk(staff("ana", "Curator"))


@pytest.fixture
def guide():
    guide = a_guide(introduction="What towns did.")
    put(a_practice("Flats"), guide)
    a_document(guide)
    return guide


def field_of(text: str) -> str:
    return f"{PREFIX}{mark_of(text)}"


def page_of(row) -> str:
    return desk(MODEL, "change", row.pk)


def add_page(guide, language="es") -> str:
    return f"{desk(MODEL, 'add')}?guide={guide.pk}&language={language}"


def all_of(guide) -> dict[str, str]:
    return {field_of(text): f"{text} (es)" for text in guide.sentences()}


def test_each_sentence_stands_beside_its_field(curator, guide):
    page = " ".join(curator.get(add_page(guide)).text.split())
    for text, label in guide.sentences().items():
        assert f"<p>{text}</p>" in page and f'name="{field_of(text)}"' in page and f"<h3>{label}</h3>" in page
    assert 'lang="es"' in page and "step 1: heading, in Spanish:" in page


def test_a_curator_writes_it_and_reviews_it(curator, guide):
    typed = all_of(guide)
    missing = typed.pop(field_of(guide.title))
    assert save(curator, add_page(guide), **typed) == []
    row = GuideTranslation.objects.get()
    assert (row.guide, row.language, row.reviewed_at) == (guide, "es", None)
    assert "Sentences are missing" in curator.get(page_of(row)).text
    answer = curator.post(page_of(row), form_of(curator, page_of(row)) | {"_reviewed": ""})
    assert "Saved, and not marked as reviewed: sentences of the original are not translated yet." in told_by(answer)
    save(curator, page_of(row), **{field_of(guide.title): missing, "_reviewed": ""})
    row.refresh_from_db()
    assert row.phrases == {text: f"{text} (es)" for text in guide.sentences()}
    assert row.reviewed_by.username == "ana" and row.reviewed_at
    assert "by ana." in curator.get(page_of(row)).text
    assert "Reviewed." in "".join(entry.get_change_message() for entry in LogEntry.objects.all())
    assert "(es)" in curator.get(f"/es/guides/{guide.slug}/").text


def told_by(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_another_text_has_to_be_reviewed_again_and_the_same_has_not(curator, guide):
    row = a_guide_translation(guide)
    save(curator, page_of(row), _reviewed="")
    day = GuideTranslation.objects.get().reviewed_at
    save(curator, page_of(row))
    assert GuideTranslation.objects.get().reviewed_at == day
    save(curator, page_of(row), **{field_of(guide.title): "Casas"})
    assert GuideTranslation.objects.get().reviewed_at is None
    assert "Not reviewed" in curator.get(page_of(row)).text


def test_a_sentence_that_was_changed_is_asked_for_anew(curator, guide):
    row = a_guide_translation(guide)
    Guide.objects.update(title="Homes")
    assert form_of(curator, page_of(row))[field_of("Homes")] == ""
    save(curator, page_of(row), **{field_of("Homes"): "Casas"})
    row.refresh_from_db()
    assert row.phrases["Homes"] == "Casas" and guide.title not in row.phrases and row.is_whole()


def test_two_people_lose_nothing(curator, guide):
    row = a_guide_translation(guide)
    seen = form_of(curator, page_of(row))
    other = at_the_desk(staff("bo", "Curator"))
    save(other, page_of(row), **{field_of(guide.title): "Casas", field_of(guide.question): "¿Cómo?"})
    mine = seen | {field_of(guide.title): "Viviendas", field_of(guide.for_whom): "Para todos."}
    answer = curator.post(page_of(row), mine)
    form = answer.context["adminform"].form
    assert "someone else saved this translation" in answer.text
    assert [(one.label, one.before, one.after) for one in form.conflict] == [(guide.title, "Casas", "Viviendas")]
    assert [one.before for one in form.taken] == ["¿Cómo?"]
    assert GuideTranslation.objects.get().phrases[guide.title] == "Casas"
    again = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    assert curator.post(page_of(row), again).status_code == 302
    phrases = GuideTranslation.objects.get().phrases
    assert [phrases[text] for text in (guide.title, guide.question, guide.for_whom)] == [
        "Viviendas", "¿Cómo?", "Para todos.",
    ]  # fmt: skip


def test_the_same_text_saved_twice_is_no_conflict(curator, guide):
    row = a_guide_translation(guide)
    sent = form_of(curator, page_of(row)) | {field_of(guide.title): "Casas"}
    assert [curator.post(page_of(row), sent).status_code for _ in range(2)] == [302, 302]


def test_what_was_written_for_a_sentence_that_has_changed_meanwhile_is_shown(curator, guide):
    row = a_guide_translation(guide)
    sent = form_of(curator, page_of(row)) | {field_of(guide.title): "Casas"}
    Guide.objects.update(title="Homes")
    answer = curator.post(page_of(row), sent)
    assert "the original has changed while you were writing" in answer.text and "<li>Casas</li>" in answer.text
    form = answer.context["adminform"].form
    again = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    assert curator.post(page_of(row), again | {field_of("Homes"): "Hogares"}).status_code == 302
    assert GuideTranslation.objects.get().phrases["Homes"] == "Hogares"


def test_who_begins_what_was_begun_is_led_there(curator, guide):
    row = a_guide_translation(guide)
    assert curator.get(add_page(guide)).url == page_of(row)
    assert "Someone has already started this translation." in str(save_blindly(curator, guide, "es"))
    assert "The original is in this language." in str(save_blindly(curator, guide, "en"))
    for nowhere in ("?guide=0&language=es", f"?guide={guide.pk}&language=de", ""):
        assert curator.get(desk(MODEL, "add") + nowhere).url == desk("guide")
    assert GuideTranslation.objects.get() == row


def save_blindly(curator, guide, language):
    sent = {"guide": guide.pk, "language": language, **all_of(guide)}
    return curator.post(desk(MODEL, "add"), sent).context["errors"]


def test_the_page_of_a_guide_lists_its_languages(curator, guide):
    row = a_guide_translation(guide)
    page = " ".join(curator.get(desk("guide", "change", guide.pk)).text.split())
    assert f'<a href="{page_of(row)}"><span lang="es">Español</span></a> (not reviewed)' in page
    assert (
        f'<a href="{add_page(guide, "fr").replace("&", "&amp;")}"><span lang="fr">Français</span></a> (none yet)'
        in page
    )
    assert '<span lang="en">English</span>' not in page
    Guide.objects.update(title="Homes")
    assert "sentences are missing" in curator.get(desk("guide", "change", guide.pk)).text
    assert "Español" not in curator.get(desk("guide", "add")).text


def test_the_list_tells_what_is_reviewed(curator, guide):
    a_guide_translation(guide).review(staff("bo", "Curator"))
    a_guide_translation(guide, "fr")
    page = curator.get(desk(MODEL)).text
    assert "reviewed on" in page and "not reviewed" in page
    assert curator.get(desk(MODEL) + "?reviewed_at__isempty=1").context["cl"].result_count == 1


def test_a_guide_is_not_said_to_be_written_in_the_language_of_a_translation(curator, guide):
    a_guide_translation(guide)
    [[told]] = save(curator, desk("guide", "change", guide.pk), language="es")
    assert told.startswith("There is a translation into this language")


def test_a_viewer_reads_it_and_changes_nothing(guide):
    row = a_guide_translation(guide)
    viewer = at_the_desk(staff("vera", "Viewer"))
    page = viewer.get(page_of(row)).text
    assert f"{guide.title} (es)" in page and field_of(guide.title) not in page and "_reviewed" not in page
    assert viewer.post(page_of(row), {"_reviewed": ""}).status_code == 403
    page = viewer.get(desk("guide", "change", guide.pk)).text
    assert page_of(row) in page and "language=fr" not in page


def test_nobody_deletes_one(curator, guide):
    assert curator.post(desk(MODEL, "delete", a_guide_translation(guide).pk)).status_code == 403


def test_it_leads_to_the_page_that_shows_it(curator, guide):
    row = a_guide_translation(guide)
    assert f"/es/guides/{guide.slug}/" in curator.get(page_of(row)).text
    Guide.objects.update(title="Homes")
    assert f"/es/guides/{guide.slug}/" not in curator.get(page_of(row)).text


def test_a_long_guide_needs_as_many_queries_as_a_short_one(curator, guide, django_assert_max_num_queries):
    row = a_guide_translation(guide)
    curator.get(page_of(row))
    with django_assert_max_num_queries(40) as few:
        curator.get(page_of(row))
    for _ in range(4):
        put(a_practice(), guide)
    with django_assert_max_num_queries(len(few.captured_queries)):
        curator.get(page_of(row))
