"""Translations at the desk: beside their original, saved without loss, published by a curator."""

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from practices.models import Practice, PracticeTranslation
from practices.models.entries.version import Version
from tests.desk import desk, form_of
from tests.people import a_practice
from tests.translating import ARABIC, SPANISH, a_published_translation, a_translation

pytestmark = pytest.mark.django_db
MODEL = "practicetranslation"


@pytest.fixture
def practice():
    return a_practice(slug="parks", challenge="No shade.")


def somebody(role):
    user = User.objects.create_user(role, is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def translator():
    return somebody("Translator")


@pytest.fixture
def curator():
    return somebody("Curator")


def page_of(row):
    return desk(MODEL, "change", row.pk)


def begin(practice, language="es"):
    return f"{desk(MODEL, 'add')}?practice={practice.pk}&language={language}"


def send(client, page, shown=None, **changes):
    """What a browser sends back, changed so; ``shown`` is the form as it was when somebody began."""
    return client.post(page, (shown or form_of(client, page)) | changes)


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def waits(client):
    """What the start page tells of translations, and how long the lists behind are."""
    todos = [one for one in client.get(reverse("admin:index")).context["waiting"] if "ranslation" in str(one.label)]
    lists = [client.get(one.url).context["cl"].result_count for one in todos]
    assert [one.count for one in todos] == lists
    return {str(one.label): one.count for one in todos}


def test_a_translator_begins_on_the_page_of_the_entry(translator, practice):
    a_published_translation(practice, "ar")
    page = translator.get(desk("practice", "change", practice.pk)).text
    assert f'href="{begin(practice).replace("&", "&amp;")}"><span lang="es">Español</span></a> (none yet)' in page
    assert '<span lang="ar">العربيّة</span></a> (public)' in page
    assert "English</span>" not in page
    Practice.objects.filter(pk=practice.pk).update(title="Squares for all")
    practice.rewordings.update(at="2026-03-03T12:00Z")
    page = translator.get(desk("practice", "change", practice.pk)).text
    assert "(public, behind since 3 March 2026)" in page


def test_each_text_stands_beside_its_original_in_its_direction(translator, practice):
    page = translator.get(begin(practice, "ar")).text
    assert '<div lang="en" dir="ltr"><p>No shade.</p></div>' in page
    assert "The situation, in Arabic" in page
    area = page[page.index('<textarea name="challenge"') :].partition(">")[0]
    assert 'lang="ar"' in area and 'dir="rtl"' in area
    assert 'data-counts="id_challenge"' in page
    assert "What did not work" not in page  # the original says nothing there


def test_what_is_written_follows_the_original_as_it_stood(translator, practice):
    texts = SPANISH | {"challenge": "Sin sombra.", "made_by": "Translation office of Quito", "kind": "machine"}
    assert send(translator, begin(practice), **texts).status_code == 302
    row = PracticeTranslation.objects.get()
    practice.refresh_from_db()
    assert (row.title, row.language, row.kind, row.follows) == (SPANISH["title"], "es", "machine", practice.revision)
    assert Version.objects.filter(practice=practice, revision=row.follows).exists()
    assert row.published_at is None
    assert translator.get(begin(practice))["Location"] == page_of(row)


def test_a_list_of_nothing_chosen_leads_to_the_entries(translator, practice):
    for query in ("", "?practice=x&language=es", f"?practice={practice.pk}&language=de"):
        assert translator.get(desk(MODEL, "add") + query)["Location"] == desk("practice")


def test_two_who_begin_at_once_are_told_and_keep_their_texts(translator, practice):
    shown = form_of(translator, begin(practice))
    a_translation(practice)
    answer = send(translator, begin(practice), shown, **SPANISH, challenge="Mine.", made_by="An office")
    assert "Someone has already started this translation" in answer.text
    assert "Mine.</textarea>" in answer.text


def test_a_translation_into_its_own_language_is_refused(translator, practice):
    answer = send(translator, begin(practice, "en"), **SPANISH, made_by="An office")
    assert "The original is in this language." in answer.text
    assert not PracticeTranslation.objects.exists()


def test_a_stale_save_is_refused_with_both_texts_and_loses_nothing(translator, practice):
    row = a_translation(practice)
    shown = form_of(translator, page_of(row))
    row.title, row.challenge = "Theirs", "Their shade."
    row.save()
    answer = send(translator, page_of(row), shown, title="Mine")
    assert answer.status_code == 200
    assert "someone else saved this translation" in answer.text
    form = answer.context["adminform"].form
    assert [(one.name, one.before, one.after) for one in form.conflict] == [("title", "Theirs", "Mine")]
    # The translator has not touched the challenge: the form takes over what is saved.
    assert [(one.name, one.before, one.after) for one in form.taken] == [
        ("challenge", "Their shade.", "challenge (es)")
    ]
    assert "Their shade.</textarea>" in answer.text
    assert "<td>Their shade.</td>" in answer.text
    assert PracticeTranslation.objects.get().title == "Theirs"
    again = {bound.html_name: bound.value() for bound in answer.context["adminform"].form if bound.value() is not None}
    assert send(translator, page_of(row), again).status_code == 302
    saved = PracticeTranslation.objects.get()
    assert (saved.title, saved.challenge) == ("Mine", "Their shade.")


def test_what_the_translator_alone_changed_is_no_conflict_not_even_in_a_second_tab(translator, practice):
    row = a_translation(practice)
    shown = form_of(translator, page_of(row))
    assert send(translator, page_of(row), shown, challenge="From one tab.").status_code == 302
    answer = send(translator, page_of(row), shown, title="From the other")
    form = answer.context["adminform"].form
    assert (form.conflict, [one.name for one in form.taken]) == ([], ["challenge"])
    assert "you saved this translation in another tab" in answer.text


def test_an_original_that_changes_meanwhile_is_shown_before_it_is_followed(translator, practice):
    row = a_translation(practice)
    assert send(translator, page_of(row)).status_code == 302
    shown = form_of(translator, page_of(row))
    Practice.objects.filter(pk=practice.pk).update(challenge="No water.")
    answer = send(translator, page_of(row), shown, title="Mine")
    assert "the original has changed while you were writing" in answer.text
    assert "No<del> shade.</del><ins> water.</ins>" in answer.text
    assert 'value="Mine"' in answer.text
    again = {bound.html_name: bound.value() for bound in answer.context["adminform"].form if bound.value() is not None}
    assert send(translator, page_of(row), again).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.follows) == ("Mine", Practice.objects.get().revision)


def test_a_change_of_a_source_meanwhile_keeps_nobody_from_saving(translator, practice):
    row = a_translation(practice)
    shown = form_of(translator, page_of(row))
    practice.sources.update(year=2021)
    assert send(translator, page_of(row), shown, title="Mine").status_code == 302


def test_the_page_tells_what_changed_since_and_a_slip_leaves_it_behind(translator, practice):
    row = a_translation(practice)
    assert send(translator, page_of(row), made_by="An office").status_code == 302
    Practice.objects.filter(pk=practice.pk).update(challenge="No water.")
    page = translator.get(page_of(row)).text
    assert "Behind its original since" in page
    assert "No<del> shade.</del><ins> water.</ins>" in page
    assert waits(translator)["Translations behind their original"] == 1
    assert send(translator, page_of(row), title="Parques", only_a_slip="on").status_code == 302
    assert waits(translator)["Translations behind their original"] == 1
    assert send(translator, page_of(row), challenge="Sin agua.").status_code == 302
    assert waits(translator)["Translations behind their original"] == 0
    assert "Behind its original since" not in translator.get(page_of(row)).text


def test_a_translator_can_not_publish_and_a_curator_can(translator, curator, practice):
    row = a_translation(practice)
    assert waits(curator) == {"Translations behind their original": 0, "Translations waiting to be published": 1}
    assert "Save and publish" not in translator.get(page_of(row)).text
    assert send(translator, page_of(row), title="Mine", _publish="").status_code == 403
    row.refresh_from_db()
    assert (row.title, row.published_at) == (SPANISH["title"], None)
    assert "Published." in said(send(curator, page_of(row), _publish=""))
    row.refresh_from_db()
    assert (row.published_by.username, row.shown["title"]) == ("Curator", SPANISH["title"])
    assert waits(curator)["Translations waiting to be published"] == 0
    assert send(translator, page_of(row), title="Jardines").status_code == 302
    assert waits(curator)["Translations waiting to be published"] == 1
    assert "readers see the published text" in curator.get(page_of(row)).text
    assert "Removed from the public pages." in said(send(curator, page_of(row), _take_back=""))
    log = curator.get(page_of(row)).text
    assert "Published, Curator" in log and "Removed from the public pages, Curator" in log


def test_a_curator_is_told_why_half_a_translation_is_not_published(curator, practice):
    row = a_translation(practice, challenge="")
    told = said(send(curator, page_of(row), title="Mine", _publish=""))
    assert "Saved, and not published: the original says more: the situation." in told
    row.refresh_from_db()
    assert (row.title, row.published_at) == ("Mine", None)


def test_a_viewer_reads_both_and_writes_nothing(practice):
    row = a_translation(practice)
    viewer = somebody("Viewer")
    page = viewer.get(page_of(row)).text
    assert "Parques para todos" in page and "No shade." in page
    assert "<textarea" not in page and 'name="_save"' not in page
    assert viewer.post(page_of(row), {"title": "Mine"}).status_code == 403


def test_the_preview_shows_the_draft_to_the_desk_alone(translator, client, practice):
    row = a_translation(practice, "ar")
    address = desk(MODEL, "preview", row.pk)
    page = translator.get(address).text
    assert f'<h1 lang="ar" dir="rtl">{ARABIC["title"]}</h1>' in page
    assert "Preview. State: not published." in page
    assert page_of(row) in page
    assert client.get(address).status_code == 302


def test_an_entry_does_not_take_on_the_language_of_its_translation(curator, practice):
    a_translation(practice)
    page = desk("practice", "change", practice.pk)
    answer = curator.post(page, form_of(curator, page) | {"language": "es"})
    assert "There is a translation into this language" in answer.text


def test_a_spreadsheet_names_the_languages_of_an_entry(curator, practice):
    a_published_translation(practice)
    a_translation(practice, "fr")
    rows = curator.post(desk("practice", "export", "csv")).content.decode("utf-8-sig").splitlines()
    assert dict(zip(rows[0].split(","), rows[1].split(","), strict=False))["(translations)"] == "es"
