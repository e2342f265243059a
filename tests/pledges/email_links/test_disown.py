"""The link that says "this was not me"."""

import pytest
from django.urls import reverse

from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges import emails
from pledges.models import Signature
from pledges.vocabularies import Refusal, State
from tests.pledges.email_links.letters import link, posted
from tests.pledges.signers import a_confirmed, a_draft, a_published, a_verified

pytestmark = pytest.mark.django_db


def test_a_draft_is_refused_and_its_mailbox_left_in_peace(client):
    row = posted(emails.confirm_signature, a_draft(email="officer@amman.example"))
    assert client.post(link(row, "disown"))["Location"] == reverse("done", args=["disowned"])
    signature = Signature.objects.get()
    assert (signature.state, signature.refusal) == (State.REFUSED, Refusal.NOT_ME)
    assert BlockedMailbox.objects.holds("officer@amman.example")


@pytest.mark.parametrize(
    ("signer", "state"),
    [(a_confirmed, State.REFUSED), (a_verified, State.WITHDRAWN), (a_published, State.WITHDRAWN)],
)
def test_later_it_ends_the_signature_too(client, signer, state):
    row = posted(emails.confirmed_receipt, signer())
    client.post(link(row, "disown"))
    assert Signature.objects.get().state == state
    assert not Signature.objects.public().exists()


def test_what_has_ended_stays_ended_and_the_mailbox_is_blocked(client):
    signature = a_draft(email="officer@amman.example")
    row = posted(emails.confirm_signature, signature)
    signature.disown()
    assert client.post(link(row, "disown")).status_code == 302
    assert BlockedMailbox.objects.holds("officer@amman.example")
