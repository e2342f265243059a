"""Export and import of translations at the desk: by a press, looked at first, told to the log, public by nothing of it."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from practices.models import Practice, PracticeTranslation, TranslationFile
from practices.translating.exchange.reading import read
from tests.desk import desk
from tests.people import a_practice
from tests.practices.translating.translators import edited, exported
from tests.translating import a_published_translation, a_translation

pytestmark = pytest.mark.django_db
MODEL = "practicetranslation"
IMPORT = "/admin/practices/practicetranslation/import/"


@pytest.fixture
def practice():
    return a_practice(slug="parks", challenge="No shade.")


@pytest.fixture
def translator():
    user = User.objects.create_user("Translator", is_staff=True)
    user.groups.set(Group.objects.filter(name="Translator"))
    client = Client()
    client.force_login(user)
    return client


def chosen(client, content, name="es.po"):
    """Choose a file, and return the page that shows what it would change."""
    answer = client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
    return client.get(answer["Location"]) if answer.status_code == 302 else answer


def pressed(client, page, **facts):
    """Press the button of that page."""
    given = {"fingerprint": re.search(r'name="fingerprint" value="(\w+)"', page.text)[1], "kind": "", "made_by": ""}
    return client.post(page.request["PATH_INFO"], given | facts)


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def slugs_in(answer):
    assert answer.status_code == 200, answer
    return {message.context.partition("/")[0] for message in read(answer.content).messages}


def log():
    return [(line.object_repr, line.change_message) for line in LogEntry.objects.order_by("pk")]


def test_one_entry_goes_out_by_a_button_of_its_page_begun_or_not(translator, practice):
    row = a_translation(practice)
    for page, language in (
        (desk(MODEL, "change", row.pk), "es"),
        (f"{desk(MODEL, 'add')}?practice={practice.pk}&language=ar", "ar"),
    ):
        address = desk(MODEL, "export_entry", language, "parks")
        assert f'action="{address}"' in translator.get(page).text
        answer = translator.post(address)
        assert answer["Content-Disposition"] == f'attachment; filename="parks-{language}.po"'
        assert slugs_in(answer) == {"parks"}
    assert log() == [("translations", "1 row exported as PO.")] * 2
    assert said(translator.post(desk(MODEL, "export_entry", "en", "parks"))) == ["The original is in this language."]
    assert translator.post(desk(MODEL, "export_entry", "de", "parks")).status_code == 404
    assert translator.get(desk(MODEL, "export_entry", "es", "parks")).status_code == 405


def test_a_whole_language_goes_out_as_the_list_is_filtered(translator, practice):
    a_translation(practice)
    a_translation(practice, "ar")
    a_translation(a_practice(slug="late"), kind="machine")
    a_practice(slug="new")
    a_practice(slug="draft", published_at=None)
    a_practice(slug="own", language="es")
    shown = translator.get(desk(MODEL), {"language__exact": "es", "kind__exact": "machine"}).text
    address = re.search(f'href="({IMPORT}[^"]*)"', shown)[1]
    page = translator.get(address.replace("&amp;", "&")).text
    assert '<option value="es" selected>' in page
    assert "language__exact=es" in address and "kind__exact=machine" in address
    assert f'action="{desk(MODEL, "export")}?{address.partition("?")[2]}"' in page
    filters = {"kind__exact": "machine"}
    assert slugs_in(translator.post(desk(MODEL, "export"), {"language": "es"}, query_params=filters)) == {"late"}
    assert slugs_in(translator.post(desk(MODEL, "export"), {"language": "es"})) == {"parks", "late"}
    everything = translator.post(desk(MODEL, "export"), {"language": "es", "untranslated": "on"})
    assert slugs_in(everything) == {"parks", "late", "new"}
    nothing = translator.post(desk(MODEL, "export"), {"language": "fr"}, query_params=filters)
    assert said(nothing) == ["There is nothing to export in this language."]
    assert nothing["Location"] == f"{IMPORT}?kind__exact=machine"
    assert translator.post(desk(MODEL, "export"), {"language": "es"}, query_params={"x__y": "1"}).status_code == 302


def test_every_change_is_shown_first_then_saved_for_a_curator_to_publish(translator, practice):
    row = a_published_translation(practice)
    page = chosen(translator, edited(exported(), challenge="challenge <b> (es)", title="Parques"))
    assert "2 will be saved" in page.text and "1 unchanged" in page.text
    assert "<ins> &lt;b&gt;</ins>" in page.text and '<td lang="es" dir="ltr">' in page.text
    row.refresh_from_db()
    assert row.title == "Parques para todos"
    done = translator.get(pressed(translator, page)["Location"]).text
    assert "2 texts in 1 entry." in done and "A curator reviews and publishes them." in done
    row.refresh_from_db()
    assert (row.title, row.challenge, row.shown["title"]) == ("Parques", "challenge <b> (es)", "Parques para todos")
    number = f"Import {TranslationFile.objects.get().pk}"
    assert log() == [
        (number, "A file was sent for import."),
        ("Parques (Spanish)", "Texts were imported from the file “es.po”."),
        (number, "An import was saved."),
    ]
    assert "2 texts in 1 entry" in translator.get(IMPORT).text


def test_new_translations_ask_who_made_them(translator, practice):
    page = chosen(translator, edited(exported("ar"), title="حدائق", summary="حدائق للجميع."), "ar.po")
    assert "(a new translation)" in page.text and '<td lang="ar" dir="rtl">' in page.text
    again = pressed(translator, page)
    assert "say which office or body made them" in again.text
    assert not PracticeTranslation.objects.exists()
    pressed(translator, again, made_by="An agency", kind="machine")
    row = PracticeTranslation.objects.get()
    assert (row.title, row.language, row.kind, row.made_by) == ("حدائق", "ar", "machine", "An agency")
    assert row.published_at is None


def test_what_changed_here_is_saved_only_where_it_is_ticked(translator, practice):
    row = a_translation(practice)
    file = edited(exported(), title="De fuera", challenge="De fuera")
    PracticeTranslation.objects.update(title="Uno", challenge="Dos")
    page = chosen(translator, file)
    assert "Changed here since the export" in page.text
    assert said(pressed(translator, page)) == ["Nothing was saved: nothing is selected."]
    lines = re.findall(r'name="take" value="(\d+)"', page.text)
    wrong = pressed(translator, page, take=lines[:1], made_by="x" * 200)
    assert f'value="{lines[0]}" id="take-{lines[0]}" checked' in wrong.text
    pressed(translator, page, take=lines[:1])
    row.refresh_from_db()
    assert (row.title, row.challenge) == ("De fuera", "Dos")


def test_what_changes_while_somebody_looks_is_looked_at_again(translator, practice):
    row = a_translation(practice)
    page = chosen(translator, edited(exported(), title="De fuera"))
    PracticeTranslation.objects.update(title="Del escritorio")
    assert said(pressed(translator, page)) == [
        "Nothing was saved: something has changed here since. Look again, please."
    ]
    row.refresh_from_db()
    assert row.title == "Del escritorio"
    page = chosen(translator, edited(exported(), title="De fuera"))
    Practice.objects.filter(pk=practice.pk).update(title="Squares")
    assert "Nothing was saved" in said(pressed(translator, page))[0]
    page = translator.get(page.request["PATH_INFO"]).text
    assert "The original has changed since the export" in page and "De fuera" in page


def test_an_import_is_saved_once(translator, practice):
    a_translation(practice)
    page = chosen(translator, edited(exported(), title="De fuera"))
    for _press in range(2):
        assert pressed(translator, page).status_code == 302
    assert [message for _row, message in log()].count("An import was saved.") == 1


def test_a_file_that_cannot_be_read_is_not_kept(translator):
    page = chosen(translator, b'msgid ""\nmsgstr "Language: es\\n"\n\nmsgid "a"\nmsgstr "b\n')
    assert "Line 5 cannot be read: a quotation mark or a line is missing there." in page.text
    assert "This field is required." in translator.post(IMPORT).text
    assert not TranslationFile.objects.exists()


def test_a_file_is_deleted_after_a_week_and_who_brought_it_stays(translator, practice):
    page = chosen(translator, exported())
    assert TranslationFile.objects.forget() == 0
    TranslationFile.objects.update(at=timezone.now() - timedelta(days=8))
    assert TranslationFile.objects.forget() == 1
    address = page.request["PATH_INFO"]
    assert "The file was deleted a week after it came." in translator.get(address).text
    assert translator.post(address).status_code == 302
    assert "es.po" in translator.get(IMPORT).text


def test_long_changes_have_pages(translator, monkeypatch):
    monkeypatch.setattr("practices.translating.exchange.admin.SHOWN", 1)
    for slug in ("parks", "gardens"):
        a_translation(a_practice(slug=slug))
    page = chosen(translator, edited(exported(), title="De fuera"))
    assert "Page 1 of 2 of the changes." in re.sub(r"\s+", " ", page.text)
    assert "Previous page" in translator.get(page.request["PATH_INFO"], {"page": "2"}).text
    pressed(translator, page)
    assert PracticeTranslation.objects.filter(title="De fuera").count() == 2


def test_a_viewer_exports_and_imports_nothing(practice):
    a_translation(practice)
    user = User.objects.create_user("Viewer", is_staff=True)
    user.groups.set(Group.objects.filter(name="Viewer"))
    client = Client()
    client.force_login(user)
    assert slugs_in(client.post(desk(MODEL, "export"), {"language": "es"})) == {"parks"}
    assert "Exchange with translators" not in client.get(desk(MODEL)).text
    assert client.get(IMPORT).status_code == 403


def test_the_list_of_entries_names_those_without_a_translation(translator, practice):
    a_translation(practice)
    a_practice(slug="new")
    a_practice(slug="own", language="es-419")
    for language, slugs in (("es", {"new"}), ("ar", {"parks", "new", "own"}), ("en", {"own"}), ("xx", None)):
        listed = translator.get(desk("practice"), {"untranslated": language}).context["cl"].result_list
        assert {entry.slug for entry in listed} == (slugs or {"parks", "new", "own"})
