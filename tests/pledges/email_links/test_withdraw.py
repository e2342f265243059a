"""The link that withdraws."""

import pytest
from django.urls import reverse

from pledges import emails
from pledges.models import Signature, SignatureLetter
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
