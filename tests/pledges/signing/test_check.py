"""The last button: once, however often it is pressed; within limits; and the same answer for every address."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from citysolidarity.desk import limits
from citysolidarity.desk.limits import DRAFTS
from citysolidarity.http.throttle import LimitUse
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges import emails
from pledges.models import SentForm, Signature, SignatureEvent, SignatureLetter
from pledges.signing import alarm
from pledges.signing.limits import seconds_to_wait
from practices.models import City
from tests.delays import waits
from tests.forms import fields_of, heading, said, send
from tests.people import a_city
from tests.pledges.signers import a_draft, a_published
from tests.pledges.signing.journeys import sign, walk
from tests.pledges.signing.queries import shape_of

REFERENCE = re.compile(rb"[0-9A-Z]{4}-[0-9A-Z]{4}")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("statement", "patience")]


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

    def refuse(signature, **later):
        raise RuntimeError("no outbox")

    monkeypatch.setattr(emails.confirm_signature, "post", refuse)
    with pytest.raises(RuntimeError):
        send(client, page, consent="on")
    assert not (Signature.objects.exists() or City.objects.exists() or SentForm.objects.exists())
    assert not LimitUse.objects.exists(), "what came to nothing counts for nothing"


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
        "There have been too many attempts. Nothing is lost: leave this page open and press the button again in 60 minutes."
    ]
    assert fields_of(answer)["email"] == "m6@athens.example"
    assert Signature.objects.count() == 5
    page = walk(client, contact={"email": "m6@athens.example"})
    other_place = client.post(reverse("sign_check"), fields_of(page) | {"consent": "on"}, REMOTE_ADDR="192.0.2.9")
    assert other_place.status_code == 302


def test_over_the_limit_of_a_mailbox_the_page_is_the_same_and_the_letter_waits():
    def press(number):
        client = Client(REMOTE_ADDR=f"192.0.{number}.7")
        return client.get(sign(client, contact={"email": "M@a.example"})["Location"]).content

    pages = {REFERENCE.sub(b"", press(number)) for number in range(8)}
    assert len(pages) == 1
    assert waits() == [0, 0, 0, 24, 24, 24], "hours; of the two that are too many nothing is kept"
    assert Signature.objects.count() == 6 and SentForm.objects.count() == 8


def sent_from(address, email):
    client = Client(REMOTE_ADDR=address)
    answer = sign(client, contact={"email": email})
    return answer.status_code


def test_a_flood_from_one_network_closes_signing_for_nobody_else():
    flood = [sent_from(f"2001:db8:1:{number:x}::1", f"m{number}@gmail.com") for number in range(24)]
    assert flood.count(302) == 10, "a /56 is two machines"
    more = [sent_from(f"2001:db8:1:{number:x}00::1", f"m{number}@gmail.com") for number in range(1, 14)]
    assert more.count(302) == 10, "a /48 is four"
    other = [sent_from(f"198.51.100.{number}", f"n{number}@gmail.com") for number in range(22)]
    assert other.count(302) == 20, "and so is an IPv4 /24"
    assert sent_from("192.0.2.9", "mayor@athens.example") == 302
    assert sent_from("2001:db8:2::1", "mayor@athens.example") == 302


def test_beyond_the_limit_of_all_drafts_are_kept_and_their_letters_wait(client, monkeypatch):
    heard = []
    monkeypatch.setattr(alarm, "alarm_to_curators", heard.append)
    monkeypatch.setattr(DRAFTS, "most", 2)
    for number in range(4):
        assert sent_from(f"192.0.{number}.9", f"m{number}@gmail.com") == 302
    assert waits() == [0, 0, 1, 1] and heard == ["drafts-wait"] * 2
    monkeypatch.setattr(limits, "DRAFTS_LINE", 4)
    assert sent_from("192.0.9.9", "m9@gmail.com") == 429
    assert Signature.objects.count() == 4


def test_behind_a_flood_a_domain_of_its_own_waits_for_nothing(monkeypatch):
    a_city("Athens", "GR", geonames_id=264371, official_domain="athens.gr")
    monkeypatch.setattr(DRAFTS, "most", 1)
    for number in range(3):
        sent_from(f"192.0.{number}.9", f"m{number}@gmail.com")
    assert waits() == [0, 1, 2]
    sent_from("192.0.4.9", "mayor@new.example")
    assert waits()[-1] == 0
    monkeypatch.setattr(limits.DRAFTS_OF_OWN_DOMAINS, "most", 1)
    sent_from("192.0.5.9", "mayor@newer.example")
    assert waits()[-1] == 3
    sent_from("192.0.6.9", "mayor@athens.gr")
    assert waits()[-1] == 0


def test_a_domain_from_which_many_come_is_none_of_its_own():
    delays = [seconds_to_wait(f"m{number}@flood.example", City()) for number in range(12)]
    assert delays == [0] * 12 and LimitUse.objects.filter(act=DRAFTS.act).get().moments[1:]
    assert len(LimitUse.objects.get(act=DRAFTS.act).moments) == 2
    assert len(LimitUse.objects.get(act=limits.DRAFTS_OF_OWN_DOMAINS.act).moments) == 10


def test_a_press_that_is_repeated_after_an_unknown_outcome_is_no_second_attempt(client):
    page = walk(client)
    assert {send(client, page, consent="on").status_code for _ in range(12)} == {302}
    assert Signature.objects.count() == 1
