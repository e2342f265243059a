"""What people and robots send that cannot be taken: each has a sentence of its own, and the answers are kept."""

import pytest
from django.urls import reverse

from practices.models import Submission
from tests.delays import waits
from tests.forms import fields_of, heading, said, send
from tests.practices.sharing.sharers import ANSWERS, at, post, refusal, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patience")]
SOURCE = "source_url_1"


@pytest.mark.parametrize(
    ("on", "typed", "sentence"),
    [
        ("title", {"title": ""}, "Enter a title that says what the city does"),
        ("title", {"title": "a" * 300}, "This is 300 characters long; the limit is 120. Please shorten it."),
        ("title", {"title": "🎉🎉"}, "This has no letters. Please write the name in words."),
        ("title", {"title": "<b>Bold</b>"}, "This contains < or >. Please remove them."),
        ("summary", {"summary": "é" * 281}, "This is 281 characters long; the limit is 280. Please shorten it."),
        ("summary", {"summary": "   \n "}, "Enter a summary of one or two sentences"),
        ("approach", {"approach": "🎉 🎉"}, "This has no letters. Please write it in words."),
        (
            "approach",
            {"approach": "Ask Ali, +49 30 901820."},
            "This seems to contain a telephone number (+49 30 901820). Please remove it: a person’s number must not "
            "become public, and readers can contact the city through this site.",
        ),
        (
            "approach",
            {"approach": " ".join(f"https://a.example/{number}" for number in range(10))},
            "This contains 10 links; the limit is 3. Please name the pages as sources instead.",
        ),
        (
            "approach",
            {"approach": "The same.", "challenge": "The  same."},
            "This is the same text as under “What was the problem? (optional)”.",
        ),
        ("words", {"themes": []}, "Select at least one theme"),
        (
            "words",
            {"themes": "welcome housing education health rights reception environment governance employment".split()},
            "You selected 9 themes. Select up to three that describe it best",
        ),
        ("when", {"started": "20024"}, "Enter a year in four figures, for example 2024"),
        (
            "when",
            {"status": "completed", "started": "2019", "ended": "2018"},
            "It cannot have ended before it started: check the two years",
        ),
        (
            "when",
            {"ended": "2020"},
            "A practice that is running has no year of ending: leave it out, or change the answer",
        ),
        ("cost", {"cost_currency": ""}, "Enter the currency of the amount, such as EUR"),
        (
            "sources",
            {SOURCE: "javascript:alert(1)"},
            "A web address begins with https:// or http://, but this one does not",
        ),
        (
            "sources",
            {SOURCE: "http://127.0.0.1/x"},
            "This web address leads to a single computer or a private network that readers cannot open",
        ),
        (
            "sources",
            {SOURCE: "https://www.un.org@evil.example"},
            "This web address contains a name before an @. Enter it without that",
        ),
        (
            "sources",
            {SOURCE: "https://www.аthens.example/"},
            "The name of this website mixes letters that look alike in different scripts. Please type it by hand",
        ),
        ("contact", {"email": "a@localhost"}, "Enter an e-mail address that can be reached from outside, for "
                                              "example mayor@city.example"),
    ],
    ids=lambda value: str(value)[:20] if isinstance(value, str) else None,
)  # fmt: skip
def test_it_is_refused_in_a_sentence_and_kept(client, on, typed, sentence):
    assert refusal(client, on, **typed) == [sentence]


def test_a_forged_theme(client):
    answer = post(client, "words", themes=["welcome", "world-peace"])
    assert answer.status_code == 422 and said(answer) == ["Select the themes from the list"]


def test_no_source_and_half_a_source(client):
    nothing = dict.fromkeys(ANSWERS["sources"], "")
    assert refusal(client, "sources", **nothing) == [
        "Enter at least one source: its title, its address and who published it"
    ]
    answer = post(client, "sources", **(nothing | {"source_title_2": "Report"}))
    assert said(answer) == [
        "Enter the address of the source",
        ("Enter who published the source, for example City of Vienna"),
    ]


def test_the_same_source_twice(client):
    twice = {name.replace("_1", "_2"): value for name, value in ANSWERS["sources"].items()}
    answer = post(client, "sources", **twice)
    assert said(answer) == ["This source is already listed"]


def test_html_is_text_like_any_other_and_said_to_be(client):
    page = at(client, approach={"approach": "<script>alert(1)</script> was typed."})
    assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)&lt;/script&gt; was typed." in page.text
    assert "shown as you typed them" in page.text


def test_a_nul_byte_an_unknown_field_and_a_strange_stamp(client):
    answer = post(client, "summary", summary="Park\0s")
    assert "contained a character that is not text" in said(answer)[0] and "\0" not in answer.text
    answer = post(client, "summary", made_up="1")
    assert said(answer) == [
        "The form contained fields that do not belong to it. We have removed them: please press the button again."
    ]
    answer = send(client, at(client), consent="on", stamp="made up")
    assert said(answer) == [
        "This form has changed since we sent it to you. Please check it and press the button again."
    ]
    assert not Submission.objects.exists() and send(client, answer).status_code == 302


def test_robots_are_asked_to_press_again(client, monkeypatch):
    answer = send(client, at(client), consent="on", subject="Buy now")
    assert "If you are not a robot, please press the button again." in said(answer)[0]
    monkeypatch.setattr("citysolidarity.forms.form_token.SLOWER_THAN_A_ROBOT", 3)
    assert "That was very quick" in said(share(client))[0]
    assert not Submission.objects.exists()


def test_the_consent_left_unticked_and_a_key_used_again(client):
    page = at(client)
    assert said(send(client, page)) == ["Tick the box to confirm that the institution agrees"]
    send(client, page, consent="on")
    answer = send(client, page, consent="on", title="Something else")
    assert said(answer) == ["This form was sent before, with other answers. To send these as well, please press again."]
    assert send(client, answer).status_code == 302 and Submission.objects.count() == 2


def test_a_post_from_another_site_is_refused(client):
    for name in ("share_check", "share_save"):
        assert client.post(reverse(name), headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_too_many_have_to_wait_and_keep_the_answers(client):
    for number in range(11):
        answer = share(client, contact={"email": "same@athens.example", "office": "Office"})
        assert answer.status_code == (302 if number < 10 else 429)
    assert Submission.objects.count() == 10 and waits() == [0, 0, 0, 24, 24, 24], "hours; enough wait for this mailbox"
    assert heading(answer) == "Check your answers" and fields_of(answer)["title"] == ANSWERS["title"]["title"]
