"""Changes to a public entry: previewed as typed, saved without publishing, published, discarded."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from citysolidarity.desk.drafts.models import KeptForm
from practices.models import ChangeDraft, Practice
from practices.models.entries.version import Version
from tests.desk import desk, form_of
from tests.login import at_the_desk, staff
from tests.people import a_practice
from tests.pictures import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return at_the_desk(staff(first_name="Ana"))


@pytest.fixture
def ben():
    return at_the_desk(staff("ben"))


@pytest.fixture
def entry():
    return a_practice("Parks", challenge="Rents rose.")


def kept(client, entry, **changes):
    page = desk("practice", "change", entry.pk)
    answer = client.post(page, form_of(client, page) | {"_keep": ""} | changes)
    assert answer.status_code == 302
    return answer


def page_of(client, entry, name="changes"):
    return client.get(desk("practice", name, entry.pk)).text


def press(client, entry, **data):
    mark = ChangeDraft.objects.get().mark
    return client.post(desk("practice", "changes", entry.pk), {"seen_draft": mark} | data)


def challenge():
    return Practice.objects.get().challenge


def test_readers_see_the_entry_as_it_was_until_the_changes_are_published(ana, ben, client, entry):
    assert kept(ana, entry, challenge="Rents <b>doubled</b>.").url == desk("practice", "changes", entry.pk)
    assert challenge() == "Rents rose."
    assert "Rents rose." in client.get(entry.get_absolute_url()).text
    assert "saved changes to this" in page_of(ben, entry, "change")
    page = page_of(ben, entry)
    assert "rose.</del>" in page and "&lt;b&gt;doubled&lt;/b&gt;." in page
    assert press(ben, entry, publish="").status_code == 302
    assert challenge() == "Rents <b>doubled</b>."
    assert not ChangeDraft.objects.exists()
    version = Version.objects.first()
    assert (version.by.username, version.note) == ("ben", "Written by Ana, published by someone else")
    assert "Ana" in page_of(ben, entry, "history")


def test_a_draft_is_opened_in_the_form_changed_and_saved_again(ana, ben, entry):
    kept(ana, entry, challenge="Rents doubled.")
    address = f"{desk('practice', 'change', entry.pk)}?draft=1"
    opened = ben.get(address)
    assert "Rents doubled.</textarea>" in opened.text
    assert "Readers do not see it yet" in opened.text
    mark = re.search(r'name="seen_draft" value="([^"]+)"', opened.text)[1]
    typed = form_of(ben, desk("practice", "change", entry.pk)) | {"seen_draft": mark, "challenge": "Rents tripled."}
    assert ben.post(address, typed | {"_keep": ""}).status_code == 302
    assert (challenge(), ChangeDraft.objects.get().by.username) == ("Rents rose.", "ben")
    mark = ChangeDraft.objects.get().mark
    assert ben.post(address, typed | {"seen_draft": mark, "_save": ""}).status_code == 302
    assert challenge() == "Rents tripled."
    assert not ChangeDraft.objects.exists()


def test_a_second_draft_does_not_replace_one_it_has_not_seen(ana, ben, entry):
    kept(ana, entry, challenge="By Ana.")
    answer = kept(ben, entry, challenge="By Ben.")
    assert "kept=" in answer.url
    page = ben.get(answer.url).text
    assert "By Ben.</textarea>" in page and "there is a draft of changes by Ana" in page
    assert ChangeDraft.objects.get().opened()[0]["challenge"] == "By Ana."


def test_discarding_needs_a_reason_which_is_logged(ana, entry):
    kept(ana, entry, challenge="Rents doubled.")
    assert "Give a reason" in press(ana, entry, why="").text
    assert press(ana, entry, why="Not true").status_code == 302
    assert not ChangeDraft.objects.exists()
    assert challenge() == "Rents rose."
    assert "discarded: Not true" in page_of(ana, entry, "review")
    assert "Not true" in LogEntry.objects.first().change_message
    assert ana.get(desk("practice", "changes", entry.pk)).status_code == 404


def test_a_draft_that_changed_meanwhile_is_not_published_unseen(ana, ben, entry):
    kept(ana, entry, challenge="Rents doubled.")
    answer = ben.post(desk("practice", "changes", entry.pk), {"seen_draft": "before", "publish": ""})
    assert "Please check it again" in answer.text
    assert challenge() == "Rents rose."


def test_an_entry_saved_meanwhile_is_a_conflict_when_its_draft_is_published(ana, ben, entry):
    kept(ana, entry, challenge="Rents doubled.")
    page = desk("practice", "change", entry.pk)
    assert ben.post(page, form_of(ben, page) | {"challenge": "By Ben."}).status_code == 302
    answer = press(ana, entry, publish="")
    assert answer.status_code == 200
    [conflict] = answer.context["adminform"].form.conflict
    assert (conflict.before, conflict.after) == ("By Ben.", "Rents doubled.")
    assert challenge() == "By Ben."
    assert ChangeDraft.objects.exists()


def test_with_two_nobody_publishes_their_own_changes(ana, ben, entry, settings):
    settings.CHANGES_BY_TWO = True
    page = desk("practice", "change", entry.pk)
    assert 'name="_save"' not in ana.get(page).text
    assert ana.post(page, form_of(ana, page) | {"challenge": "Rents doubled.", "_save": ""}).status_code == 302
    assert challenge() == "Rents rose."
    assert "a second curator has to publish it" in page_of(ana, entry)
    press(ana, entry, publish="")
    assert challenge() == "Rents rose."
    assert press(ben, entry, publish="").status_code == 302
    assert challenge() == "Rents doubled."


def test_with_two_a_draft_entry_is_saved_as_ever(ana, settings):
    settings.CHANGES_BY_TWO = True
    page = desk("practice", "change", a_practice(published_at=None).pk)
    assert ana.post(page, form_of(ana, page) | {"challenge": "Rents doubled.", "_save": ""}).status_code == 302
    assert challenge() == "Rents doubled."


def test_a_picture_waits_with_the_draft(ana, ben, entry):
    picture = {"pictures-TOTAL_FORMS": "1", "pictures-0-alternative": "A park", "pictures-0-credit": "The city"}
    picture |= {"pictures-0-licence": "cc-by-4.0", "pictures-0-position": "0", "pictures-0-file": upload()}
    kept(ana, entry, **picture)
    assert not entry.pictures.exists()
    assert "“park.jpg” is kept" in ben.get(f"{desk('practice', 'change', entry.pk)}?draft=1").text
    assert press(ben, entry, publish="").status_code == 302
    assert entry.pictures.get().alternative == "A park"


def test_what_is_typed_is_previewed_and_nothing_is_saved(ana, entry):
    page = desk("practice", "change", entry.pk)
    source = {
        "sources-1-title": "A law",
        "sources-1-publisher": "The state",
        "sources-1-url": "https://example.org/law",
    }
    typed = form_of(ana, page) | {"challenge": "Rents doubled.", "sources-TOTAL_FORMS": "2", "_preview": ""} | source
    answer = ana.post(page, typed | {"sources-1-position": "1"})
    assert "Rents doubled." in answer.text and "A law" in answer.text
    assert "It shows what you typed. None of it has been saved." in answer.text
    assert answer["X-Robots-Tag"] == "noindex"
    assert challenge() == "Rents rose."
    assert entry.sources.count() == 1
    assert not LogEntry.objects.exists() and not Version.objects.exists()
    assert KeptForm.objects.get().url.replace("&", "&amp;") in answer.text
    assert "Rents doubled.</textarea>" in ana.get(KeptForm.objects.get().url).text


def test_a_new_entry_is_previewed_too_and_an_error_stays_in_the_form(ana, entry):
    typed = form_of(ana, desk("practice", "add"))
    values = {"title": "Gardens", "slug": "gardens", "city": entry.city_id, "language": "en", "summary": "Green."}
    values |= {"themes": ["housing"], "instrument": "space", "_preview": ""}
    assert ">Gardens</h1>" in ana.post(desk("practice", "add"), typed | values).text
    assert Practice.objects.count() == 1
    answer = ana.post(desk("practice", "add"), typed | values | {"summary": ""})
    assert 'class="wrong-fields"' in answer.text and 'value="Gardens"' in answer.text


def test_who_may_not_change_the_entry_may_not_save_or_publish(entry, ana):
    kept(ana, entry, challenge="Rents doubled.")
    viewer = at_the_desk(staff("vera", role="Viewer"))
    address = desk("practice", "changes", entry.pk)
    assert (viewer.get(address).status_code, viewer.post(address, {"publish": ""}).status_code) == (403, 403)
    page = desk("practice", "change", entry.pk)
    for button in ("_keep", "_preview", "_save"):
        assert viewer.post(page, {button: "", "challenge": "x"}).status_code == 403


def test_addresses_that_are_none_are_no_errors(ana):
    for number in ("0", "x", "9" * 30, "a%00b"):
        for button in ("_keep", "_preview", "_save"):
            address = f"/admin/practices/practice/{number}/change/"
            assert ana.post(address, {"seen_draft": "x", button: ""}).status_code in (302, 404)
