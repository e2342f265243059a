"""What changed in an entry, as the public may read it: what it has read before, and nothing of the desk."""

import pytest
from django.urls import reverse

from practices.models import Practice
from practices.models.entries.version import Version
from tests.desk import desk, save
from tests.people import a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def parks():
    return a_practice(slug="parks", challenge="Rents rose.")


def page(client, status=200):
    answer = client.get("/en/practices/parks/history/")
    assert answer.status_code == status
    return answer.text


def changed(practice, note="", **fields):
    """As the desk saves it: what was there is kept, and what comes."""
    Version.objects.keep([practice.pk])
    Practice.objects.filter(pk=practice.pk).update(**fields)
    Version.objects.keep([practice.pk], note=note)


def test_an_entry_that_never_changed_says_so_and_its_page_leads_there(client, parks):
    assert "Nothing in it has changed since." in page(client)
    text = client.get("/en/practices/parks/").text
    assert f'<a href="{reverse("practice_history", args=["parks"])}">All changes</a>' in text
    assert "First published on " in text and "Last changed on" not in text


def test_a_change_is_read_word_by_word_and_names_nobody(client, admin_client, admin_user, parks):
    assert save(admin_client, desk("practice", "change", parks.pk), challenge="Rents doubled.") == []
    text = page(client)
    assert "<del>Rents rose.</del>" in text or "Rents<del> rose.</del><ins> doubled.</ins>" in text
    assert "The situation" in text and admin_user.username not in text
    assert "Last changed on" in client.get("/en/practices/parks/").text


def test_notes_of_curators_stay_at_the_desk(client, parks):
    changed(parks, note="Corrected by form, 7K3M-0QXZ", challenge="Rents doubled.")
    assert "7K3M" not in page(client)


def test_what_was_written_before_it_was_public_or_while_it_was_not_is_never_told(client, admin_user):
    entry = a_practice(slug="parks", published_at=None, challenge="First draft.")
    changed(entry, challenge="Second draft.")
    entry.refresh_from_db()
    entry.publish()
    changed(entry, challenge="Public words.")
    entry.refresh_from_db()
    entry.archive()
    changed(entry, challenge="Secret words.")
    changed(entry, challenge="Words of the return.")
    entry.refresh_from_db()
    entry.publish()
    text = page(client)
    assert "First draft" not in text and "Secret" not in text
    assert "Second" in text and "Public" in text and "return." in text


def test_curators_keep_out_what_nobody_should_read_any_more(client, admin_client, parks):
    changed(parks, challenge="Call Ali in the tower.")
    changed(parks, challenge="Rents rose a lot.")
    changed(parks, challenge="Rents rose a little.")
    told = Version.objects.get(record__challenge="Call Ali in the tower.")
    assert "Ali" in page(client)
    revision = Practice.objects.get().revision
    address = desk("practice", "withhold", parks.pk, told.revision)
    assert admin_client.get(address).status_code == 405
    assert admin_client.post(address).status_code == 302
    text = page(client)
    assert "Ali" not in text and "little." in text
    assert Practice.objects.get().revision == revision, "it is no change of the entry"
    assert "Kept out of the public history." in admin_client.get(desk("practice", "history", parks.pk)).text
    admin_client.post(address)
    assert "Ali" in page(client)


def test_only_those_who_may_change_an_entry_keep_versions_out(client, django_user_model, parks):
    changed(parks, challenge="Rents doubled.")
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert client.post(desk("practice", "withhold", parks.pk, Version.objects.first().revision)).status_code == 403
    assert Practice.objects.get().history_from == 1


def test_there_is_no_history_of_what_is_not_public(client, parks):
    parks.archive()
    assert client.get("/en/practices/parks/history/").status_code in (404, 410)


def test_it_asks_little_whatever_the_number_of_versions(client, parks, django_assert_max_num_queries):
    for number in range(12):
        changed(parks, challenge=f"Rents rose by {number}.")
    with django_assert_max_num_queries(4):
        page(client)
