"""Stopping and going on later: the answers are kept behind a link in a letter."""

import pytest
from django.core import mail
from django.urls import reverse

from practices.models import Submission, SubmissionLetter
from practices.models.sharing.letter import SharingPurpose
from tests.delays import waits
from tests.forms import fields_of, heading, said, send
from tests.letters import work
from tests.practices.sharing.sharers import ANSWERS, at, link_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patience")]


def save(client, page, email="integration@athens.example", **typed):
    """Presses "Save and go on later" on a page, and gives the address."""
    email_page = client.post(reverse("share_save"), fields_of(page) | typed | {"show": "1"})
    assert heading(email_page) == "Save and continue later"
    return send(client, email_page, save_email=email)


def link() -> str:
    return link_in(SubmissionLetter.objects.latest("posted_at"), SharingPurpose.RESUME)


def test_only_pages_after_the_first_offer_it(client):
    assert "Save and continue later" not in at(client, "city").text
    assert "Save and continue later" in at(client, "summary").text


def test_the_link_opens_the_answers_and_each_page_is_saved(client):
    saved = save(client, at(client, "when"), started="2019")
    assert heading(saved) == "Your answers are saved"
    draft = Submission.objects.get()
    assert draft.state == "begun" and draft.answers["started"] == ["2019"]
    page = client.get(link())
    page = send(client, page)
    assert heading(page) == "Since when?" and fields_of(page)["started"] == "2019"
    assert "title" not in fields_of(page), "the answers stay in the database"
    page = send(client, page, **ANSWERS["when"] | {"started": "2020"})
    assert heading(page) == "Who runs it?"
    draft.refresh_from_db()
    assert draft.answers["started"] == ["2020"] and draft.answers["title"] == [ANSWERS["title"]["title"]]


def test_a_draft_is_finished_and_sent_as_one_submission(client):
    save(client, at(client, "words"))
    page = send(client, client.get(link()))
    for name in list(ANSWERS)[list(ANSWERS).index("words") : -2]:
        page = send(client, page, **ANSWERS[name])
    assert heading(page) == "How can we contact you?"
    assert fields_of(page)["email"] == "integration@athens.example"
    page = send(client, page, office="Integration Office")
    first, second = send(client, page, consent="on"), send(client, page, consent="on")
    assert first["Location"] == second["Location"]
    submission = Submission.objects.get()
    assert submission.state == "waiting" and submission.title == ANSWERS["title"]["title"]
    assert [letter.name for letter in submission.letters.all()] == ["submission_draft", "submission_received"]
    assert "has been sent" in client.get(link_in(submission.letters.first(), SharingPurpose.RESUME)).text


def test_a_box_that_is_unticked_in_a_draft_stays_unticked(client):
    save(client, at(client, "when"))
    fields = fields_of(send(client, client.get(link()))) | {"seen_people": "1"}
    client.post(reverse("share_page", args=["people"]), {k: fields[k] for k in ("stamp", "draft", "seen_people")})
    assert "groups" not in Submission.objects.get().answers


def test_saving_twice_posts_one_letter(client):
    email_page = client.post(reverse("share_save"), fields_of(at(client, "summary")) | {"show": "1"})
    for _ in range(3):
        assert heading(send(client, email_page, save_email="a@athens.example")) == "Your answers are saved"
    assert Submission.objects.count() == SubmissionLetter.objects.count() == 1


def test_the_letter_says_nothing_that_was_typed(client):
    save(client, at(client, "when"))
    work()
    (letter,) = mail.outbox
    assert letter.to == ["integration@athens.example"]
    assert link() in letter.body and "Neighbours" not in letter.body and "Athens" not in letter.body


def test_a_wrong_address_a_robot_and_too_many_keep_the_answers(client):
    page = at(client, "summary")
    answer = save(client, page, email="nobody")
    assert answer.status_code == 422 and said(answer) == ["Enter an e-mail address like mayor@city.example"]
    assert fields_of(answer)["title"] == ANSWERS["title"]["title"]
    email_page = client.post(reverse("share_save"), fields_of(page) | {"show": "1"})
    assert "robot" in said(send(client, email_page, save_email="a@athens.example", subject="Buy"))[0]
    for number in range(11):
        answer = save(client, at(client, "summary"), email="same@athens.example")
        assert answer.status_code == (200 if number < 10 else 429)
    assert fields_of(answer)["title"] == ANSWERS["title"]["title"] and int(answer["Retry-After"]) > 0
    assert Submission.objects.count() == 10 and waits() == [0, 0, 0, 24, 24, 24], "hours"


def test_three_practices_can_be_saved_and_sent_in_one_day(client):
    """A mailbox is counted once for each, or the third city office of the day would wait until tomorrow."""
    for number in range(3):
        save(client, at(client, "check"), email="same@athens.example")
        page = send(client, client.get(link()))
        page = client.post(reverse("share_page", args=["contact"]), fields_of(page) | {"show": "1"})
        page = send(client, page, email="same@athens.example", office="Parks")
        assert send(client, page, consent="on").status_code == 302, number
    assert Submission.objects.waiting().count() == 3


def test_nobody_makes_up_a_draft(client):
    save(client, at(client, "when"))
    page = client.post(reverse("share_page", args=["title"]), {"draft": "1", "stamp": "made up", "show": "1"})
    assert fields_of(page)["title"] == ""


def test_a_form_far_longer_than_its_fields_is_not_kept(client):
    page = at(client, "summary")
    long = dict.fromkeys(
        ("challenge", "approach", "results", "lessons", "what_did_not_work", "partners", "funders", "area"), "a" * 9000
    )
    answer = save(client, page, **long)
    assert answer.status_code == 422 and "the limit is 70000" in said(answer)[0]
    assert not Submission.objects.exists() and fields_of(answer)["approach"] == "a" * 9_000
    save(client, page, challenge="b" * 4_000)
    resumed = send(client, client.get(link()))
    answer = send(client, resumed, **long)
    assert answer.status_code == 422 and "the limit is 70000" in said(answer)[0]
    assert len(str(Submission.objects.get().answers)) < 10_000


def test_every_field_filled_to_its_end_is_kept(client):
    long = dict.fromkeys(("challenge", "approach", "results", "lessons", "what_did_not_work"), "a" * 4_000)
    answer = save(client, at(client, "summary"), **long, partners="\n".join("b" * 199 for _ in range(20)))
    assert heading(answer) == "Your answers are saved"
