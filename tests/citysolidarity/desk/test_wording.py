"""A lead curator edits the texts of e-mails."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from citysolidarity.mail.edited_texts import EditedText
from citysolidarity.mail.postbox import EDITABLE
from pledges import emails
from tests.login import at_the_desk, staff

pytestmark = pytest.mark.django_db
LIST = "admin:email_texts"
ORIGINAL = emails.confirm_signature.texts[""].original("en")
OURS = {"subject": "Please confirm", "body": "Dear colleagues,\r\n\r\n{{ confirm_link }}", "number": "0"}


def page_of(key="confirm_signature", language="en"):
    return reverse("admin:email_text", args=[language, key])


def said(page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


@pytest.fixture
def lead():
    return at_the_desk(staff("lea", "Lead curator"))


def save(client, **fields):
    return client.post(page_of(), {**OURS, "save": "yes", **fields}, follow=True)


def test_the_list_has_every_text_and_says_which_are_edited(lead):
    keys = [text.key for registry in EDITABLE for text in registry.texts]
    page = lead.get(reverse(LIST)).text
    assert all(f'href="{page_of(key)}"' in page for key in keys) and "Edited on" not in page
    save(lead)
    page = lead.get(reverse(LIST)).text
    assert page.count("Edited on") == 1 and "“Please confirm”" in page


@pytest.mark.parametrize("key", [text.key for registry in EDITABLE for text in registry.texts])
def test_every_text_has_a_page_with_its_variables_and_its_ending(lead, key):
    page = lead.get(page_of(key))
    assert page.status_code == 200 and page.context["form"].initial["body"] == page.context["original"].body
    assert all(f"{{{{ {name} }}}}</code>" in page.text for name in page.context["variables"])
    assert "Cities of Solidarity" in page.context["ending"]


def test_the_email_is_shown_with_examples_before_it_is_saved(lead):
    page = lead.post(page_of(), OURS)
    assert "Dear colleagues,\n\nhttps://cities.example/en/…\n" in page.context["reads"].body
    assert "Save this text" in page.text and not EditedText.objects.exists()


def test_a_saved_text_is_used_kept_as_a_version_and_written_into_the_log(lead):
    assert "The text is saved." in said(save(lead))
    row = EditedText.objects.get()
    assert (row.key, row.language, row.number, row.by.username) == ("confirm_signature", "en", 1, "lea")
    assert row.words == ("Please confirm", "Dear colleagues,\n\n{{ confirm_link }}\n")
    line = LogEntry.objects.get()
    assert (line.user, line.change_message) == (row.by, "Text edited") and "has to be confirmed" in line.object_repr


def test_a_text_that_cannot_be_sent_is_not_saved_and_stays_in_the_form(lead):
    page = save(lead, body="Dear {{ name }}")
    assert "This e-mail has no variable {{ name }}." in said(page) and "Please put {{ confirm_link }} back" in said(
        page
    )
    assert page.context["form"]["body"].value() == "Dear {{ name }}" and not EditedText.objects.exists()


def test_the_original_comes_back_and_the_versions_stay(lead):
    save(lead)
    page = lead.post(page_of(), {"original": "yes", "number": "1"}, follow=True)
    assert page.context["form"].initial["body"] == ORIGINAL.body and "This is the original." in said(page)
    assert [version.words is None for version in page.context["versions"]] == [True, False]
    assert "Dear colleagues," in page.text
    again = lead.get(page_of() + "?version=1")
    assert again.context["form"].initial["body"].startswith("Dear colleagues,")
    assert LogEntry.objects.filter(change_message="Back to the original").count() == 1


def test_typing_the_original_is_the_way_back_to_it(lead):
    save(lead)
    save(lead, **ORIGINAL._asdict(), number="1")
    assert EditedText.objects.latest_of("confirm_signature", "en").words is None


def test_saving_what_is_used_makes_no_version(lead):
    save(lead)
    assert "is used already" in said(save(lead, number="1"))
    assert EditedText.objects.count() == 1


@pytest.mark.parametrize("number", ["0", "7", "", "x", "-1", "9" * 30])
def test_of_two_who_edit_the_same_the_second_keeps_what_was_typed(lead, number):
    save(lead)
    page = save(lead, body="Theirs\n\n{{ confirm_link }}", number=number)
    assert EditedText.objects.count() == 1 and page.context["form"]["body"].value().startswith("Theirs")
    if number in ("0", "7"):
        assert "Someone else has saved this text in the meantime." in said(page)
        save(lead, body="Theirs\n\n{{ confirm_link }}", number=page.context["form"]["number"].value())
        assert EditedText.objects.count() == 2


def test_a_text_found_unusable_says_so(lead):
    save(lead)
    EditedText.objects.get().mark_unusable()
    assert "the original left in its place" in said(lead.get(page_of()))
    assert "the original leaves in its place" in said(lead.get(reverse(LIST)))


def test_only_texts_and_languages_that_exist_have_a_page(lead):
    assert {lead.get(page_of(*names)).status_code for names in (("x",), ("refused",), ("refused.no-proof", "xx"))} == {
        404
    }
    assert lead.get(reverse("admin:email_texts_in", args=["xx"])).status_code == 404


def test_every_language_has_texts_of_its_own(lead, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    lead.post(page_of(language="ar"), {**OURS, "save": "yes"})
    assert EditedText.objects.get().language == "ar"
    assert "Arabic" in lead.get(reverse(LIST)).text
    assert "This is the original." in said(lead.get(page_of()))


@pytest.mark.parametrize("role", ["Viewer", "Translator", "Curator"])
def test_others_read_and_edit_nothing(role):
    client = at_the_desk(staff("cem", role))
    assert {client.get(path).status_code for path in (reverse(LIST), page_of())} == {403}
    assert save(client).status_code == 403 and not EditedText.objects.exists()
    assert reverse(LIST) not in client.get(reverse("admin:index")).text
