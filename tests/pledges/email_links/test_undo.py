"""The link that undoes a withdrawal."""

import pytest
from django.urls import reverse

from pledges import emails
from pledges.models import Signature
from pledges.vocabularies import State
from tests.forms import heading
from tests.pledges.email_links.letters import link, make_old, posted
from tests.pledges.signers import a_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    signature = a_published()
    signature.withdraw()
    return posted(emails.withdrawn_receipt, signature)


def test_the_signature_is_back_on_every_page(client, letter):
    assert client.post(link(letter, "undo"))["Location"] == reverse("done", args=["restored"])
    signature = Signature.objects.get()
    assert signature.state == State.PUBLISHED
    assert client.get(signature.get_absolute_url()).status_code == 200


def test_after_48_hours_it_is_too_late_and_no_new_link_is_offered(client, letter):
    make_old(letter, hours=48, seconds=1)
    page = client.post(link(letter, "undo"))
    assert page.status_code == 410 and "The 48 hours are over." in page.text
    assert client.post(link(letter, "undo"), {"again": "1"}).status_code == 410
    assert Signature.objects.get().state == State.WITHDRAWN


def test_a_city_that_has_signed_anew_meanwhile_keeps_that_signature(client, letter):
    a_published(city=letter.signature.city)
    page = client.post(link(letter, "undo"))
    assert page.status_code == 409 and heading(page) == "This is no longer possible"
    assert "already has a signature" in page.text
