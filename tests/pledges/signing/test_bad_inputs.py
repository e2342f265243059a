"""What people and robots send that cannot be taken: each has a sentence of its own, and the answers are kept."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from pledges.models import Signature
from tests.forms import fields_of, heading, said, send
from tests.pledges.signing.journeys import NEXT_YEAR, SIGNER, refusal, sign, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("statement", "patience")]


def test_all_empty(client):
    assert refusal(client, "city", q="") == ["Enter the name of your city"]
    assert refusal(client, "signer") == [
        "Enter the name of the institution",
        "Select the role of the signatory",
        "Enter the name of the signatory",
    ]
    assert refusal(client, "contact") == ["Enter the official e-mail address, for example mayor@city.example"]
    assert refusal(client, "visibility") == ["Select when the signature should be public"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a@localhost", "Enter an e-mail address that can be reached from outside, for example mayor@city.example"),
        ("a@[127.0.0.1]", "Enter an e-mail address with a name after the @, not a number in brackets"),
        ("a@b.example, c@d.example", "Enter only one e-mail address"),
        ("a@b.example c@d.example", "Enter only one e-mail address"),
        ("a@b.example\r\nBcc: c@d.example", "The e-mail address contains a line break. Please type it on one line."),
        ("a@b.example%0d%0aBcc:x", "The e-mail address contains a line break. Please type it on one line."),
        (f"{'b' * 65}@b.example", "This e-mail address is too long: the limit before the @ is 64 characters"),
        (f"{'a' * 250}@b.example", "This e-mail address is too long: the limit is 254 characters"),
        ("mayor", "Enter an e-mail address like mayor@city.example"),
        ("=a@b@c.example", "Enter an e-mail address like mayor@city.example"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_the_mail_address(client, typed, sentence):
    assert refusal(client, "contact", email=typed) == [sentence]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("javascript:alert(1)", "A web address begins with https:// or http://, but this one does not"),
        ("ftp://a.example/x", "A web address begins with https:// or http://, but this one does not"),
        ("http://user@a.example/", "This web address contains a name before an @. Enter it without that"),
        ("not a page", "Enter the address of a web page, for example https://www.city.example/decision"),
        ("http://[", "Enter the address of a web page, for example https://www.city.example/decision"),
        (
            "http://localhost/x",
            "This web address leads to a single computer or a private network that readers cannot open",
        ),
        (
            "http://127.0.0.1/x",
            "This web address leads to a single computer or a private network that readers cannot open",
        ),
    ],
)
def test_the_page_of_the_decision(client, typed, sentence):
    assert refusal(client, "contact", email="mayor@athens.example", decision_url=typed) == [sentence]


def test_another_office_left_empty(client):
    assert refusal(client, "signer", **(SIGNER | {"office": "other"})) == ["Enter the other role"]


@pytest.mark.parametrize("office", ["unknown", "king"])
def test_an_office_that_is_not_offered(client, office):
    answer = send(client, walk(client, to="signer"), **(SIGNER | {"office": office}))
    assert said(answer) == ["Select a role from the list"]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (("20", "6", "2199"), "This date is too far in the future. Enter a date before "),
        (("31", "2", NEXT_YEAR), "There is no such date."),
        (("1", "1", "1900"), "This date has passed."),
        (("", "6", NEXT_YEAR), "Enter the day, the month and the year"),
        (("", "", ""), "Enter the day, the month and the year"),
        (("one", "6", NEXT_YEAR), "There is no such date."),
        (("1" * 5000, "6", NEXT_YEAR), "There is no such date."),
        (("²", "6", NEXT_YEAR), "There is no such date."),
        (("1", "6", "27"), "Enter the year in four figures, for example 2027"),
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
        "Select the promise that the commitment belongs to",
        "Enter the day, the month and the year",
    ]
    assert "Write what the city will do, or leave the whole commitment empty" in refusal(
        client, "commitments", due_2_day="1"
    )
    answer = send(client, walk(client, to="commitments"), promise_3="Teach", clause_3="none-of-these")
    assert "Select a promise of the statement from the list" in said(answer)


def test_the_consent_left_unticked(client):
    assert refusal(client, "check") == [
        "Tick the box to confirm that you are authorised to sign on behalf of this institution"
    ]


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
    assert said(answer)[-1] == (
        "This form has changed since we sent it to you. Please check it and press the button again."
    )
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
    assert any("contained a character that is not text" in sentence for sentence in said(answer)), said(answer)
    assert "\0" not in answer.text


@pytest.mark.parametrize("name", ["made_up", "city\0", "id", "\ud7ff", "__proto__"])
def test_unknown_fields(client, name):
    answer = send(client, walk(client, to="contact"), email="mayor@athens.example", **{name: "1"})
    assert answer.status_code in (200, 422)
    if name != "city\0":
        assert said(answer) == [
            "The form contained fields that do not belong to it. We have removed them: please press the button again."
        ]
        assert fields_of(answer)["email"] == "mayor@athens.example"
        assert send(client, answer).status_code == 200


def test_a_robot_that_fills_in_the_trap_is_asked_to_press_again(client):
    answer = send(client, walk(client), consent="on", subject="Buy now")
    assert answer.status_code == 422 and "If you are not a robot, please press the button again." in said(answer)[0]
    assert not Signature.objects.exists()
    assert send(client, answer).status_code == 302


def test_what_is_sent_within_three_seconds_is_asked_to_press_again(client, monkeypatch):
    monkeypatch.setattr("citysolidarity.forms.form_token.SLOWER_THAN_A_ROBOT", 3)
    answer = sign(client)
    assert answer.status_code == 422 and "That was very quick" in said(answer)[0]
    monkeypatch.setattr("citysolidarity.forms.form_token.SLOWER_THAN_A_ROBOT", 0)
    assert send(client, answer).status_code == 302


@pytest.mark.parametrize(
    "value", ["place:0", "place:99999999999999", "place:x", "city:", "city:nowhere-xx", "x" * 5000, "place:٣"]
)
def test_a_choice_that_does_not_exist(client, value):
    answer = send(client, walk(client, to="city"), q="Athens", searched="Athens", city=value)
    assert answer.status_code == 422
    assert said(answer) == ["Select your city from the list, or add it as a new place"]


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
