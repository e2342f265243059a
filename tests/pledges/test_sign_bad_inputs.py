"""What people and robots send that cannot be taken: each has a sentence of its own, and the answers are kept."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from pledges.models import Signature
from tests.forms import a_place, fields_of, heading, said, send
from tests.pledges.journeys import NEXT_YEAR, SIGNER, refusal, sign, walk
from tests.pledges.signers import a_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def statement():
    a_place()
    return a_version()


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A person takes longer than a test does."""
    monkeypatch.setattr("citysolidarity.forms.stamp.SLOWER_THAN_A_ROBOT", 0)


def test_all_empty(client):
    assert refusal(client, "city", q="") == ["Enter the name of your city"]
    assert refusal(client, "signer") == [
        "Enter the name of the institution that signs",
        "Choose the office of the person who signs",
        "Enter the name of the person who signs",
    ]
    assert refusal(client, "contact") == ["Enter the official mail address, such as mayor@city.example"]
    assert refusal(client, "visibility") == ["Choose when the signature may be shown"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a@localhost", "Enter a mail address that can be reached from outside, such as mayor@city.example"),
        ("a@[127.0.0.1]", "Enter a mail address with a name after the @, not with a number in brackets"),
        ("a@b.example, c@d.example", "Enter one mail address: we write to one mailbox only"),
        ("a@b.example c@d.example", "Enter one mail address: we write to one mailbox only"),
        ("a@b.example\r\nBcc: c@d.example", "The mail address holds a line break. Please type it on one line."),
        ("a@b.example%0d%0aBcc:x", "The mail address holds a line break. Please type it on one line."),
        ("a\u200b@b.example", "The mail address holds characters that cannot be seen. Please type it by hand."),
        (f"{'a' * 250}@b.example", "This mail address is too long: one has 254 characters at most"),
        ("mayor", "Enter a mail address like mayor@city.example"),
        ("=a@b@c.example", "Enter a mail address like mayor@city.example"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_the_mail_address(client, typed, sentence):
    assert refusal(client, "contact", email=typed) == [sentence]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("javascript:alert(1)", "The address of a page begins with https:// or http://; this one begins otherwise"),
        ("ftp://a.example/x", "The address of a page begins with https:// or http://; this one begins otherwise"),
        ("http://user@a.example/", "This address holds a name before an @. Enter the address of the page without it"),
        ("not a page", "Enter the address of a web page, such as https://www.city.example/decision"),
        ("http://[", "Enter the address of a web page, such as https://www.city.example/decision"),
        ("http://localhost/x", "This address leads to a single computer or a private network, where readers cannot go"),
        ("http://127.0.0.1/x", "This address leads to a single computer or a private network, where readers cannot go"),
    ],
)
def test_the_page_of_the_decision(client, typed, sentence):
    assert refusal(client, "contact", email="mayor@athens.example", decision_url=typed) == [sentence]


def test_another_office_left_empty(client):
    assert refusal(client, "signer", **(SIGNER | {"office": "other"})) == ["Enter which other office it is"]


@pytest.mark.parametrize("office", ["unknown", "king"])
def test_an_office_that_is_not_offered(client, office):
    answer = send(client, walk(client, to="signer"), **(SIGNER | {"office": office}))
    assert said(answer) == ["Choose an office from the list"]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (("20", "6", "2199"), "This day is too far away. Enter one before "),
        (("31", "2", NEXT_YEAR), "There is no such day."),
        (("1", "1", "1900"), "This day has passed."),
        (("", "6", NEXT_YEAR), "Enter the day, the month and the year"),
        (("", "", ""), "Enter the day, the month and the year"),
        (("one", "6", NEXT_YEAR), "There is no such day."),
        (("1" * 5000, "6", NEXT_YEAR), "There is no such day."),
        (("²", "6", NEXT_YEAR), "There is no such day."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_days(client, day, sentence):
    typed = dict(zip(("public_from_day", "public_from_month", "public_from_year"), day, strict=True))
    answer = send(client, walk(client, to="visibility"), visibility="from-date", **typed)
    assert answer.status_code == 422
    assert sentence in said(answer)[0] and len(said(answer)) == 1
    assert {name: fields_of(answer)[name] for name in typed} == typed


def test_half_a_commitment(client):
    assert refusal(client, "commitments", promise_1="Teach", clause_1="") == [
        "Choose the clause that the commitment belongs to",
        "Enter the day, the month and the year",
    ]
    assert "Write what the city will do, or empty the whole commitment" in refusal(client, "commitments", due_2_day="1")
    answer = send(client, walk(client, to="commitments"), promise_3="Teach", clause_3="none-of-these")
    assert "Choose a clause of the statement from the list" in said(answer)


def test_the_consent_left_unticked(client):
    assert refusal(client, "check") == ["Tick the box to say that you may sign for this institution"]


def test_a_form_open_since_yesterday_still_works(client):
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        page = walk(client)
    assert send(client, page, consent="on").status_code == 302
    assert Signature.objects.count() == 1


def test_a_key_used_again_with_the_same_answers_leads_to_the_same_page(client):
    page = walk(client)
    first, second = send(client, page, consent="on"), send(client, page, consent="on")
    assert first["Location"] == second["Location"]
    assert Signature.objects.count() == 1


def test_a_key_used_again_with_other_answers_is_asked_about_and_then_a_form_of_its_own(client):
    page = walk(client)
    send(client, page, consent="on")
    answer = send(client, page, consent="on", signer_name="Somebody Else")
    assert answer.status_code == 422
    assert said(answer) == ["This form was sent before, with other answers. To send these as well, please press again."]
    assert "Somebody Else" in answer.text and Signature.objects.count() == 1
    assert send(client, answer).status_code == 302
    assert Signature.objects.count() == 2


@pytest.mark.parametrize("stamp", ["", "made up", "WyJhIiwwLDFd:1tXyz:abc", "\0"])
def test_a_form_that_is_not_ours(client, stamp):
    answer = send(client, walk(client), consent="on", stamp=stamp)
    assert answer.status_code == 422
    assert said(answer)[-1] == "This form is not quite the one we gave you. Please check it and press again."
    assert not Signature.objects.exists()
    assert send(client, answer).status_code == 302


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("city", "q"),
        ("signer", "institution"),
        ("contact", "email"),
        ("visibility", "visibility"),
        ("commitments", "promise_1"),
    ],
)
def test_a_nul_byte(client, page, name):
    answer = send(
        client, walk(client, to=page), **({**SIGNER, name: "public\0"} if page != "city" else {"q": "Ath\0ens"})
    )
    assert answer.status_code == 422
    assert any("came with a character that is no text" in sentence for sentence in said(answer)), said(answer)
    assert "\0" not in answer.text


@pytest.mark.parametrize("name", ["made_up", "city\0", "id", "\ud7ff", "__proto__"])
def test_unknown_fields(client, name):
    answer = send(client, walk(client, to="contact"), email="mayor@athens.example", **{name: "1"})
    assert answer.status_code in (200, 422)
    if name != "city\0":
        assert said(answer) == [
            "The form came with fields that are not part of it. We left them out: please press again."
        ]
        assert fields_of(answer)["email"] == "mayor@athens.example"
        assert send(client, answer).status_code == 200


def test_a_robot_that_fills_in_the_trap_is_asked_to_press_again(client):
    answer = send(client, walk(client), consent="on", subject="Buy now")
    assert answer.status_code == 422 and "If you are a person, please press again." in said(answer)[0]
    assert not Signature.objects.exists()
    assert send(client, answer).status_code == 302


def test_what_is_sent_within_three_seconds_is_asked_to_press_again(client, monkeypatch):
    monkeypatch.setattr("citysolidarity.forms.stamp.SLOWER_THAN_A_ROBOT", 3)
    answer = sign(client)
    assert answer.status_code == 422 and "That was very quick" in said(answer)[0]
    monkeypatch.setattr("citysolidarity.forms.stamp.SLOWER_THAN_A_ROBOT", 0)
    assert send(client, answer).status_code == 302


@pytest.mark.parametrize(
    "value", ["place:0", "place:99999999999999", "place:x", "city:", "city:nowhere-xx", "x" * 5000, "place:٣"]
)
def test_a_choice_that_does_not_exist(client, value):
    answer = send(client, walk(client, to="city"), q="Athens", searched="Athens", city=value)
    assert answer.status_code == 422
    assert said(answer) == ["Choose your city from the list, or add it as a new place"]


def test_a_city_that_has_only_begun_to_sign_cannot_be_guessed(client):
    sign(client)
    answer = send(client, walk(client, to="city"), q="Athens", searched="Athens", city="city:athens-gr")
    assert answer.status_code == 422


def test_a_post_from_another_site_is_refused(client):
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert client.post(reverse("sign_city"), {"q": "Athens"}, headers=headers).status_code == 403
    page = client.post(
        reverse("sign_city"), {"q": "Athens"}, headers={"sec-fetch-site": "same-origin", "origin": "null"}
    )
    assert heading(page) == "Which city is signing?"
