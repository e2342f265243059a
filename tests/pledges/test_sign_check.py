"""The last button: once, however often it is pressed; within limits; and the same answer for every address."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from citysolidarity.blocked import BlockedMailbox
from pledges import emails
from pledges.limits import DRAFTS
from pledges.models import SentForm, Signature, SignatureEvent, SignatureLetter
from practices.models import City
from tests.forms import a_place, fields_of, heading, said, send
from tests.people import a_city
from tests.pledges.journeys import sign, walk
from tests.pledges.signers import a_draft, a_published, a_version
from tests.pledges.statements import shape_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def statement(monkeypatch):
    """A person takes longer than a test does."""
    monkeypatch.setattr("citysolidarity.forms.stamp.SLOWER_THAN_A_ROBOT", 0)
    a_place()
    return a_version()


def press(fields):
    """One press of the last button, on a connection of its own."""
    try:
        return Client().post(reverse("sign_check"), fields)["Location"]
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_at_once_make_one_row_one_event_and_one_letter(client):
    fields = fields_of(walk(client)) | {"consent": "on"}
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(press, [fields] * 50))
    assert answers == {reverse("sign_sent", args=[SentForm.objects.get().reference])}
    assert Signature.objects.count() == SignatureEvent.objects.count() == SignatureLetter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_forms_at_once_for_a_new_place_make_one_city(client):
    forms = [fields_of(walk(client)) | {"consent": "on", "email": f"m{at}@athens.example"} for at in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(press, forms))) == 4
    assert City.objects.count() == 1 and Signature.objects.count() == 4


def test_nothing_is_kept_when_the_letter_cannot_be_posted(client, monkeypatch):
    page = walk(client)

    def refuse(signature):
        raise RuntimeError("no outbox")

    monkeypatch.setattr(emails.confirm_signature, "post", refuse)
    with pytest.raises(RuntimeError):
        send(client, page, consent="on")
    assert not (Signature.objects.exists() or City.objects.exists() or SentForm.objects.exists())


# --- the same for every address -------------------------------------------------------


def answers_for(email, prepare):
    """Status, size of the last page, and the pages on the way, for an address after ``prepare``."""
    prepare()
    client = Client()
    page = walk(client, contact={"email": email})
    answer = send(client, page, consent="on")
    after = client.get(answer["Location"])
    return answer.status_code, len(page.content), len(after.content), sorted(answer.headers.keys()), heading(after)


def test_new_pending_signed_and_blocked_addresses_get_the_same_pages(statement):
    athens = a_city("Athens", "GR", geonames_id=264371)
    seen = {
        "new": answers_for("mayor1@athens.example", lambda: None),
        "pending": answers_for("mayor2@athens.example", lambda: a_draft(city=athens, email="mayor2@athens.example")),
        "blocked": answers_for("mayor4@athens.example", lambda: BlockedMailbox.objects.block("mayor4@athens.example")),
        "signed": answers_for("mayor3@athens.example", lambda: a_published(city=athens, email="mayor3@athens.example")),
    }
    assert len(set(map(str, seen.values()))) == 1, seen


def test_a_blocked_mailbox_gets_no_letter_and_leaves_no_row(client):
    BlockedMailbox.objects.block("Mayor@Athens.example")
    assert sign(client).status_code == 302
    assert not (Signature.objects.exists() or SignatureLetter.objects.exists() or City.objects.exists())
    assert SentForm.objects.get().signature is None


def test_every_address_costs_the_same_statements_one_after_the_other(statement):
    """The same work takes the same time: what is undone for a blocked mailbox has been done before."""
    athens = a_city("Athens", "GR", geonames_id=264371)
    sign(Client())

    def shape(email, prepare=lambda: None):
        client = Client()
        page = walk(client, contact={"email": email})
        prepare()
        return shape_of(lambda: send(client, page, consent="on"))

    new = shape("m1@athens.example")
    assert len(new) > 20
    assert shape("m2@athens.example", lambda: a_draft(city=athens, email="m2@athens.example")) == new
    assert shape("m3@athens.example", lambda: a_published(city=athens, email="m3@athens.example")) == new
    blocked = shape("m4@athens.example", lambda: BlockedMailbox.objects.block("m4@athens.example"))
    assert blocked.count("ROLLBACK TO") == 1
    assert [one for one in blocked if one != "ROLLBACK TO"] == new


def test_the_blocked_address_itself_is_nowhere():
    BlockedMailbox.objects.block("mayor@athens.example")
    row = BlockedMailbox.objects.get()
    assert b"athens" not in bytes(row.mailbox) and len(row.mailbox) == 32
    assert BlockedMailbox.objects.holds(" MAYOR@athens.example ")
    assert not BlockedMailbox.objects.holds("mayor@athens.example.org")


# --- limits ----------------------------------------------------------------------------


def test_the_sixth_form_of_an_hour_from_one_place_has_to_wait_and_keeps_its_answers(client):
    for number in range(5):
        assert sign(client, contact={"email": f"m{number}@athens.example"}).status_code == 302
    answer = sign(client, contact={"email": "m6@athens.example"})
    assert answer.status_code == 429
    assert 3500 < int(answer["Retry-After"]) <= 3600
    assert said(answer) == [
        "There have been too many attempts. Nothing is lost: leave this page open and press again in 60 minutes."
    ]
    assert fields_of(answer)["email"] == "m6@athens.example"
    assert Signature.objects.count() == 5
    page = walk(client, contact={"email": "m6@athens.example"})
    other_place = client.post(reverse("sign_check"), fields_of(page) | {"consent": "on"}, REMOTE_ADDR="192.0.2.9")
    assert other_place.status_code == 302


def test_the_fourth_letter_of_a_day_to_one_mailbox_has_to_wait(client):
    answers = [sign(client, contact={"email": address}) for address in ["m@a.example", "M@a.example", "m@A.example"]]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    answer = sign(client, contact={"email": "m@a.example"})
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 80_000


def test_after_200_drafts_in_an_hour_all_wait_and_the_curators_hear_of_it(client, monkeypatch):
    heard = []
    monkeypatch.setattr(emails, "alarm_to_curators", heard.append)
    monkeypatch.setattr(DRAFTS, "most", 2)
    for number in range(2):
        sign(client, contact={"email": f"m{number}@athens.example"})
    answer = sign(client, contact={"email": "m3@athens.example"})
    assert answer.status_code == 429 and heard == ["drafts-paused"]
    assert Signature.objects.count() == 2


def test_a_press_that_is_repeated_after_an_unknown_outcome_is_no_second_attempt(client):
    page = walk(client)
    assert {send(client, page, consent="on").status_code for _ in range(12)} == {302}
    assert Signature.objects.count() == 1
