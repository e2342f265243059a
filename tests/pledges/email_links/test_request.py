"""Asking for a link to withdraw or correct: the answer is the same whether the mailbox is known or not."""

import pytest
from django.test import Client
from django.urls import reverse

from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges.models import SignatureLetter
from tests.forms import fields_of, said
from tests.people import a_city
from tests.pledges.signers import a_confirmed, a_draft, a_published
from tests.pledges.signing.queries import shape_of

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
        "Enter the official e-mail address, for example mayor@city.example",
        "Select whether to withdraw or to correct the signature",
    ]
    assert fields_of(ask(client, "no\0body"))["email"] == "nobody"


def test_whoever_asks_too_often_to_correct_has_to_wait_and_keeps_the_answers(client):
    answers = [ask(client, "m@amman.example", "correct") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert 3_500 < int(answers[-1]["Retry-After"]) <= 3_600
    assert fields_of(answers[-1])["email"] == "m@amman.example"
    assert ask(client, "m@amman.example").status_code == 302, "but not to withdraw"


def letters(name):
    return SignatureLetter.objects.filter(name=name).count()


def test_strangers_cannot_keep_a_city_from_withdrawing():
    a_published(email="mayor@amman.example")
    for number in range(9):
        ask(Client(REMOTE_ADDR=f"192.0.{number}.7"), "mayor@amman.example", "correct")
    assert ask(Client(), "mayor@amman.example")["Location"] == reverse("done", args=["asked"])
    assert letters("withdrawal_link") == 1


def test_a_mailbox_gets_three_links_to_withdraw_a_day_and_one_of_them_always_works(client):
    signature = a_published(email="mayor@amman.example")
    answers = {ask(client, "mayor@amman.example").status_code for _ in range(12)}
    assert answers == {302} and letters("withdrawal_link") == 3
    SignatureLetter.objects.update(used=["withdraw"])
    ask(client, "mayor@amman.example")
    assert letters("withdrawal_link") == 4, "none of those out there worked"
    SignatureLetter.objects.update(used=[], bounced_at=signature.confirmed_at)
    ask(client, "mayor@amman.example")
    assert letters("withdrawal_link") == 5


@pytest.mark.parametrize("wish", ["withdraw", "correct"])
def test_over_its_limit_a_mailbox_is_not_told_from_a_stranger(wish):
    a_published(email="known@amman.example")
    shapes = {}
    for name in ("known", "stranger"):
        for number in range(8):
            client = Client(REMOTE_ADDR=f"192.{len(name)}.{number}.7")
            shapes[name] = shape_of(lambda: ask(client, f"{name}@amman.example", wish))  # noqa: B023
    assert [one for one in shapes["stranger"] if one != "ROLLBACK TO"] == shapes["known"]


def test_what_is_public_gets_its_link_before_corrections_that_wait(client):
    signature = a_published(email="officer@amman.example")
    for _ in range(4):
        a_confirmed(city=signature.city, email="officer@amman.example")
    ask(client, "officer@amman.example")
    assert signature.pk in {letter.signature_id for letter in SignatureLetter.objects.all()}
