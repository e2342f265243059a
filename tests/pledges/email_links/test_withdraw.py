"""The link that withdraws."""

import pytest
from django.urls import reverse

from pledges import emails
from pledges.models import Signature, SignatureLetter
from pledges.models.corrections import SIGNER_FIELDS
from pledges.vocabularies import State
from tests.pledges.email_links.letters import link, posted
from tests.pledges.signers import a_confirmed, a_published

pytestmark = pytest.mark.django_db


def test_the_signature_is_gone_from_every_page_at_once(client):
    signature = a_published()
    address = signature.get_absolute_url()
    pages = [reverse("signatories"), reverse("cities"), address]
    assert all(signature.city.name in client.get(page).text for page in pages)
    row = posted(emails.withdrawal_link, signature)
    assert client.post(link(row, "withdraw"))["Location"] == reverse("done", args=["withdrawn"])
    assert client.get(address).status_code == 410
    assert all(signature.city.name not in client.get(page).text for page in pages[:2])
    assert Signature.objects.count_now()["total"] == 0
    assert SignatureLetter.objects.filter(name="withdrawn_receipt").count() == 1


def test_the_link_of_the_receipt_withdraws_as_well(client):
    row = posted(emails.confirmed_receipt, a_confirmed())
    client.post(link(row, "withdraw"))
    assert Signature.objects.get().state == State.WITHDRAWN


@pytest.mark.parametrize("by", ["confirmed_receipt", "withdrawal_link"])
def test_a_correction_that_waits_goes_with_it_and_the_receipt_restores_what_was_public(client, by):
    signature = a_published()
    corrected = signature.correct(**{name: getattr(signature, name) for name in SIGNER_FIELDS})
    pressed = corrected if by == "confirmed_receipt" else signature
    assert client.post(link(posted(getattr(emails, by), pressed), "withdraw")).status_code == 302
    assert {one.state for one in Signature.objects.all()} == {State.WITHDRAWN}
    assert client.get(signature.get_absolute_url()).status_code == 410
    receipt = SignatureLetter.objects.get(name="withdrawn_receipt")
    assert "public source" not in emails.withdrawn_receipt.preview(corrected)
    client.post(link(receipt, "undo"))
    assert Signature.objects.public().get() == signature


def test_a_signature_of_another_office_stays(client):
    signature = a_published()
    other = a_confirmed(city=signature.city, email="other@amman.example")
    client.post(link(posted(emails.withdrawal_link, signature), "withdraw"))
    assert Signature.objects.get(pk=other.pk).state == State.CONFIRMED
