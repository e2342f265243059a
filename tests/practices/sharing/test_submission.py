"""The page behind the link in the letters: where a submission stands, a question to answer, and taking it back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.urls import reverse

from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models import SubmissionEvent, SubmissionLetter
from practices.models.sharing.letter import SharingPurpose
from practices.models.sharing.submission import Refusal
from practices.sharing import emails
from tests.forms import said
from tests.letters import work
from tests.pledges.signers import a_curator
from tests.practices.sharing.sharers import link_in, shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(client, patience):
    return shared(client)


@pytest.fixture
def link(submission):
    return link_in(SubmissionLetter.objects.get(), SharingPurpose.STATUS)


def test_the_letter_leads_to_the_page_and_says_nothing_that_was_typed(client, submission, link):
    work()
    (letter,) = mail.outbox
    assert letter.to == ["integration@athens.example"] and link in letter.body and submission.reference in letter.body
    assert "Neighbours" not in letter.body and "Athens" not in letter.body
    page = client.get(link)
    assert "With the curators" in page.text and submission.title in page.text
    assert page["Cache-Control"] == "no-store" and link not in page.text


def test_a_question_is_answered_from_the_page(client, submission, link):
    submission.ask(a_curator(), "Who pays for it?")
    assert "Who pays for it?" in client.get(link).text
    answer = client.post(link, {"answer": " "})
    assert answer.status_code == 422 and said(answer) == ["Write your answer"]
    assert client.post(link, {"answer": "The city."})["Location"] == link
    page = client.get(link)
    assert "The city." in page.text and "With the curators" in page.text
    assert client.post(link, {"answer": "Again."}).status_code == 409
    assert [event.step for event in submission.events.all()] == ["sent", "asked", "answered"]


def test_a_second_question_waits_for_the_first_answer(submission):
    curator = a_curator()
    submission.ask(curator, "Who pays?")
    with pytest.raises(TransitionNotAllowed):
        submission.ask(curator, "Since when?")


def test_it_can_be_taken_back_once(client, submission, link):
    client.post(link, {"withdraw": "1"})
    submission.refresh_from_db()
    assert submission.state == "withdrawn"
    assert client.post(link, {"withdraw": "1"}).status_code == 409
    assert 'name="withdraw"' not in client.get(link).text
    assert SubmissionLetter.objects.filter(name="submission_withdrawn").count() == 1


@pytest.mark.parametrize("code", Refusal.values)
def test_each_refusal_has_a_kind_text_in_the_letter_and_on_the_page(client, submission, link, code):
    with transaction.atomic():
        submission.refuse(a_curator(), code)
        emails.submission_refused.post(submission)
    work()
    refusal = mail.outbox[-1]
    assert refusal.subject == "We cannot publish your practice"
    sentence = refusal.body.split("for this reason:")[1].split("\n\n")[0].strip()
    assert len(sentence) > 60 and "&" not in sentence
    assert sentence.replace("\n", " ")[:40] in client.get(link).text
    with pytest.raises(TransitionNotAllowed):
        submission.withdraw()


def test_the_log_is_never_changed_and_goes_with_its_submission(submission):
    connection.check_constraints()  # PostgreSQL empties no table while a check of its rows waits

    def empty():
        connection.cursor().execute("TRUNCATE practices_submissionevent")

    for change in (SubmissionEvent.objects.all().delete, lambda: SubmissionEvent.objects.update(why="x"), empty):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    submission.delete()
    assert not SubmissionEvent.objects.exists()


def test_the_database_refuses_impossible_pairs(submission):
    rows = type(submission).objects.filter(pk=submission.pk)
    for columns in (
        {"refusal": "known"}, {"sent_at": None, "accepted_at": submission.begun_at}, {"title": ""}, {"email": ""},
        {"accepted_at": submission.begun_at, "withdrawn_at": submission.begun_at}, {"kind": "gift"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**columns)


@pytest.mark.parametrize("purpose", SharingPurpose)
def test_a_link_that_leads_nowhere_says_why(client, submission, purpose):
    letter = SubmissionLetter.objects.get()
    other = next(one for one in SharingPurpose if one is not purpose)
    cut = client.get(link_in(letter, purpose)[:-9] + "/")
    assert cut.status_code == 404 and "This link is incomplete" in cut.text
    wrong = client.get(reverse(purpose.value, args=[letter.token(other)]))
    assert wrong.status_code == 404 and link_in(letter, other) in wrong.text
    SubmissionLetter.objects.update(posted_at=F("posted_at") - timedelta(days=800))
    assert client.get(link_in(letter, purpose)).status_code == 410
