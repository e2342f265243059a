"""The page of the yearly letter: three answers, and nothing typed is shown."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from practices.models import Confirmation, Practice
from tests.delays import waits
from tests.dump import every_row
from tests.people import a_practice
from tests.pledges.signers import a_curator
from tests.practices.correspondence.letters import an_asked, confirmed, letters, link, make_older

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"


@pytest.fixture
def confirmation():
    return an_asked()


@pytest.fixture
def address(confirmation):
    return link(confirmation.letters.get(), "confirm_entry")


def test_opening_the_page_changes_nothing(client, address, confirmation):
    before = every_row()
    for _ in range(3):
        response = client.get(address)
        assert response.status_code == 200 and client.head(address).status_code == 200
    assert every_row() == before
    assert "Public spaces for all" in response.content.decode()
    assert response["Cache-Control"] == "no-store" and response["Referrer-Policy"] == "no-referrer"


def test_still_right_dates_the_entry_at_once(client, address, confirmation):
    entry = confirmed(confirmation.practice, days=800)
    assert entry.freshness == "unconfirmed"
    response = client.post(address, {"answer": "still-right", "text": CANARY, "ended": "x"}, follow=True)
    assert "the entry is confirmed" in response.content.decode()
    entry.refresh_from_db()
    confirmation.refresh_from_db()
    assert entry.freshness == "fresh" and entry.confirmed_at == confirmation.answered_at
    assert (confirmation.answer, confirmation.text, confirmation.ended) == ("still-right", "", None)
    shown = client.get(entry.get_absolute_url()).content.decode()
    assert f"{timezone.localdate():%B %Y}, by the city" in shown and CANARY not in shown


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"answer": "changed", "text": f"New hours. {CANARY}"}, ("changed", f"New hours. {CANARY}", None)),
        ({"answer": "ended", "ended": "2024", "text": CANARY}, ("ended", CANARY, 2024)),
        ({"answer": "ended"}, ("ended", "", None)),
    ],
)
def test_what_changed_or_ended_waits_for_a_curator(client, address, confirmation, sent, kept):
    before = Practice.objects.values().get()
    assert client.post(address, sent, follow=True).status_code == 200
    confirmation.refresh_from_db()
    assert (confirmation.answer, confirmation.text, confirmation.ended) == kept
    assert list(Confirmation.objects.waiting()) == [confirmation]
    assert Practice.objects.values().get() == before
    assert CANARY not in client.get(confirmation.practice.get_absolute_url()).content.decode()
    assert confirmation.settle(a_curator()) and not confirmation.settle(a_curator())
    assert not Confirmation.objects.waiting()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Select whether the entry is still right"),
        ({"answer": "best"}, "Select one of the three answers"),
        ({"answer": "changed"}, "Say in a few words what has changed"),
        ({"answer": "changed", "text": "ab" * 1001}, "the limit is 2000"),
        ({"answer": "ended", "ended": "20024"}, "Enter a year in four figures"),
        ({"answer": "changed", "text": "Tea\0 room"}, "a character that is not text"),
    ],
)
def test_bad_input_keeps_the_link_and_the_words(client, address, confirmation, sent, sentence):
    response = client.post(address, sent)
    assert response.status_code == 422
    body = response.content.decode()
    assert sentence in body and sent.get("text", "").replace("\0", "") in body
    confirmation.refresh_from_db()
    assert confirmation.answered_at is None and confirmation.letters.get().used == []


def test_a_link_works_once_and_says_so(client, address):
    client.post(address, {"answer": "still-right"})
    for response in (client.get(address), client.post(address, {"answer": "ended"})):
        assert response.status_code == 410
        assert "This link has been used" in response.content.decode()
    assert Confirmation.objects.get().answer == "still-right"


def test_two_letters_give_one_answer(client, confirmation, address):
    other = confirmation.letters.get()
    other.pk, other.name = None, "still_right_link"
    other._state.adding = True
    other = type(other).about(confirmation, "still_right_link", "en", route=confirmation.practice.routes.get())
    client.post(address, {"answer": "still-right"})
    response = client.post(link(other, "confirm_entry"), {"answer": "ended"})
    assert response.status_code == 409
    assert "answered already" in response.content.decode()


def test_an_old_link_sends_a_new_one_to_the_same_mailbox(client, confirmation, address):
    letters()
    make_older(confirmation, days=61)
    assert client.get(address).status_code == 410
    assert client.post(address, {"again": "1"}, follow=True).status_code == 200
    (mail,) = letters()
    assert mail.subject == "Your new link: is the entry still right?"


def test_an_altered_link_is_told_kindly(client, address):
    altered = address[:-10] + ("A" if address[-10] != "A" else "B") + address[-9:]
    assert client.get(altered).status_code == 404


@pytest.mark.parametrize(
    "impossible",
    [
        {"answer": "still-right"},
        {"answered_at": timezone.now()},
        {"answered_at": timezone.now(), "answer": "best"},
        {"answered_at": timezone.now(), "answer": "still-right", "text": "word"},
        {"answered_at": timezone.now(), "answer": "changed", "ended": 2020},
        {"answered_at": timezone.now(), "answer": "changed", "decided_at": timezone.now()},
    ],
)
def test_the_database_refuses_impossible_answers(impossible):
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(practice=a_practice(), year=2026, **impossible)


def test_a_good_link_on_another_page_leads_to_its_own(client, confirmation, address):
    elsewhere = address.replace("confirm_entry", "answer_question")
    for response in (client.get(elsewhere), client.post(elsewhere, {"text": "Yes"})):
        assert response.status_code == 404
        assert "This link is for something else" in response.content.decode() and address in response.content.decode()


def test_a_mailbox_gets_three_new_links_a_day(client, confirmation, address):
    make_older(confirmation, days=61)
    DBTaskResult.objects.all().delete()
    assert {client.post(address, {"again": "1"}).status_code for _ in range(8)} == {302}
    assert waits() == [0, 0, 0, 24, 24, 24], "hours"
