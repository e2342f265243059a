"""Asking for a link to withdraw or correct: the answer is the same whether the mailbox is known or not."""

import pytest
from django.test import Client
from django.urls import reverse

from citysolidarity.blocked import BlockedMailbox
from pledges.models import SignatureLetter
from tests.forms import fields_of, said
from tests.people import a_city
from tests.pledges.signers import a_confirmed, a_draft, a_published
from tests.pledges.statements import shape_of

pytestmark = pytest.mark.django_db


def ask(client, email, wish="withdraw", **extra):
    return client.post(reverse("sign_change"), {"email": email, "wish": wish}, **extra)


@pytest.mark.parametrize(("wish", "letter"), [("withdraw", "withdrawal_link"), ("correct", "correction_link")])
def test_the_link_goes_to_the_mailbox_of_the_signature(client, wish, letter):
    signature = a_published(email="officer@amman.example")
    assert ask(client, "Officer@Amman.example", wish)["Location"] == reverse("done", args=["asked"])
    row = SignatureLetter.objects.get()
    assert (row.name, row.signature) == (letter, signature)


def test_a_mailbox_of_several_cities_gets_a_letter_for_each(client):
    for name in ("Amman", "Zarqa"):
        a_confirmed(city=a_city(name), email="officer@jo.example")
    ask(client, "officer@jo.example")
    assert SignatureLetter.objects.count() == 2


def test_a_stranger_a_draft_and_a_blocked_mailbox_get_the_same_answer_and_no_letter():
    a_published(email="known@amman.example")
    a_draft(email="draft@amman.example")
    a_published(email="blocked@amman.example")
    BlockedMailbox.objects.block("blocked@amman.example")
    answers = set()
    for name in ("known", "draft", "blocked", "nobody"):
        client = Client(REMOTE_ADDR=f"192.0.2.{len(name)}")
        answer = ask(client, f"{name}@amman.example")
        after = client.get(answer["Location"])
        answers.add((answer.status_code, answer["Location"], after.content))
    assert len(answers) == 1
    assert [letter.signature.contact.email for letter in SignatureLetter.objects.all()] == ["known@amman.example"]


def test_a_known_mailbox_a_stranger_and_a_blocked_one_cost_the_same_statements():
    """But for the one by which the letter to nobody is undone."""
    a_published(email="known@amman.example")
    a_published(city=a_city("Zarqa", "JO"), email="blocked@amman.example")
    a_draft(city=a_city("Aqaba", "JO"), email="draft@amman.example")
    BlockedMailbox.objects.block("blocked@amman.example")
    known, *others = (
        shape_of(lambda name=name: ask(Client(REMOTE_ADDR=f"192.0.2.{len(name)}"), f"{name}@amman.example"))
        for name in ("known", "draft", "blocked", "stranger")
    )
    assert len(known) > 5 and known.count("ROLLBACK TO") == 0
    for shape in others:
        assert shape.count("ROLLBACK TO") == 1
        assert [one for one in shape if one != "ROLLBACK TO"] == known


def test_nothing_filled_in_is_told(client):
    page = ask(client, "", "")
    assert page.status_code == 422
    assert said(page) == [
        "Enter the official mail address, such as mayor@city.example",
        "Choose whether to withdraw or to correct the signature",
    ]
    assert fields_of(ask(client, "no\0body"))["email"] == "nobody"


def test_too_many_requests_have_to_wait_and_keep_the_answers(client):
    answers = [ask(client, "m@amman.example") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert int(answers[-1]["Retry-After"]) > 80_000
    assert fields_of(answers[-1])["email"] == "m@amman.example"
    assert ask(client, "n@amman.example").status_code == 302
    assert ask(client, "o@amman.example").status_code == 429
