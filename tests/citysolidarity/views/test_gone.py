"""What is taken off says so at its address; what was never shown answers as if it had never been."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pledges.models import Signature
from practices.models import FormerAddress, Practice
from tests.desk import desk
from tests.people import a_city, a_practice
from tests.pledges.signers import a_published, a_verified

pytestmark = pytest.mark.django_db


def answer(client, path):
    page = client.get(path)
    return page.status_code, page.content.decode()


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        ("", "The curators have removed this entry from the directory."),
        ("city-asked", "The city asked us to remove this entry from the directory."),
        ("no-source", "We could not find a public source for what this entry said."),
    ],
)
def test_an_archived_entry_says_why_in_kind_words(client, admin_client, gone, sentence):
    practice = a_practice()
    path = practice.get_absolute_url()
    page = desk("practice", "review", practice.pk)
    said = admin_client.post(page, {"move": "archived", "why": "Mail of the mayor", "gone": gone}, follow=True)
    assert f"Its address says now: {sentence}" in said.content.decode()
    for address in (path, f"{path}ask/", f"{path}report/", f"{path}in/en/"):
        status, body = answer(client, address)
        assert status == 410 and sentence in body and "mayor" not in body
    assert answer(client, reverse("city", args=[practice.city.slug]))[0] == 410
    admin_client.post(page, {"move": "published"})
    assert answer(client, path)[0] == 200
    assert Practice.objects.get().gone_because == ""


def test_a_double_leads_to_the_entry_it_has_become_part_of(client, admin_client):
    double, stays = a_practice(slug="parks"), a_practice(slug="green-parks")
    page = desk("practice", "review", double.pk)
    facts = {"move": "archived", "why": "Sent twice", "gone": "double"}
    for wrong in ({}, {"moved_to": "nowhere"}, {"moved_to": "parks"}, {"moved_to": "green-parks", "gone": ""}):
        assert admin_client.post(page, facts | wrong).status_code == 200
    assert Practice.objects.published().count() == 2
    address = f"https://example.org{stays.get_absolute_url()}"
    assert admin_client.post(page, facts | {"moved_to": address}).status_code == 302
    found = client.get(double.get_absolute_url())
    assert (found.status_code, found["Location"]) == (301, stays.get_absolute_url())
    # Once it is public again nothing leads away from it.
    admin_client.post(page, {"move": "published"})
    assert client.get(double.get_absolute_url()).status_code == 200
    assert not FormerAddress.objects.exists()


def test_a_removed_entry_says_so(client):
    practice, draft = a_practice(), a_practice(published_at=None)
    Practice.objects.all().delete()
    status, body = answer(client, practice.get_absolute_url())
    assert status == 410 and "This entry was removed from the directory." in body
    assert answer(client, draft.get_absolute_url())[0] == 404


def test_a_withdrawn_signature_says_that_it_is_not_shown_any_more(client):
    signature = a_published()
    files = [reverse(name, args=[signature.city.slug]) for name in ("certificate", "signature_card")]
    paths = [signature.get_absolute_url(), *files]
    assert answer(client, paths[0])[0] == 200
    signature.withdraw()
    told = dict.fromkeys(paths, "The signature of this city is no longer shown.")
    for path, sentence in (
        told | {signature.city.get_absolute_url(): "This city is not shown in the directory"}
    ).items():
        status, body = answer(client, path)
        assert status == 410 and sentence in body and "withdr" not in body
    signature.undo_withdrawal()
    assert answer(client, paths[0])[0] == 200


@pytest.mark.parametrize("hidden", ["counted", "from-date", "never published"])
def test_what_was_never_named_answers_as_if_it_had_never_been(client, hidden):
    day = timezone.localdate() + timedelta(days=9) if hidden == "from-date" else None
    visibility = "public" if hidden == "never published" else hidden
    start = a_verified if hidden == "never published" else a_published
    signature = start(visibility=visibility, public_from=day)
    signature.withdraw()
    assert Signature.objects.in_state("withdrawn").exists()
    for path in (signature.get_absolute_url(), signature.city.get_absolute_url()):
        assert answer(client, path)[0] == 404


@pytest.mark.parametrize("name", ["practice", "signature", "city"])
def test_an_address_that_never_answered_is_not_found(client, name):
    a_practice(published_at=None, slug="draft", city=a_city("Draft", "JO", slug="draft-jo"))
    for slug in ("draft", "draft-jo", "none"):
        assert answer(client, reverse(name, args=[slug]))[0] == 404
