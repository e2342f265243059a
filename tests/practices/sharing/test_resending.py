"""A curator sends the link to a submission again, to a corrected e-mail address where it was mistyped."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from practices.models import Submission, SubmissionEvent
from practices.models.sharing.letter import SharingPurpose
from tests.desk import desk
from tests.practices.correspondence.letters import letters
from tests.practices.sharing.sharers import a_submission, link_in
from tests.practices.sharing.speakers import a_curator, do, press, status_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("athens")]
TYPED, RIGHT = "ofice@athens.example", "office@athens.example"


@pytest.fixture
def submission():
    return a_submission(email=TYPED)


@pytest.fixture
def curator():
    return a_curator("ana")


def resend(client, submission, email=TYPED):
    return do(client, submission, "resend", email=email)[-1]


def test_a_lost_link_is_sent_again_and_the_first_one_stays_good(curator, submission):
    letters()
    first = status_page(submission)
    assert resend(curator, submission) == "The link is on its way once more."
    (mail,) = letters()
    again = link_in(submission.letters.get(name="submission_again"), SharingPurpose.STATUS)
    assert mail.to == [TYPED] and again in mail.body and submission.reference in mail.body
    assert {Client().get(path).status_code for path in (first, again)} == {200}


def test_a_corrected_address_gets_a_link_and_the_wrong_mailbox_can_do_nothing_more(curator, submission):
    letters()
    old = status_page(submission)
    assert "is corrected" in resend(curator, submission, RIGHT)
    (mail,) = letters()
    assert mail.to == [RIGHT] and submission.email == RIGHT
    assert Client().get(old).status_code == 404
    press(submission)
    submission.refresh_from_db()
    assert submission.mailbox_confirmed_at
    event = SubmissionEvent.objects.get(step="readdressed")
    assert event.by == curator.user
    lines = [line.change_message for line in LogEntry.objects.all()]
    assert "is corrected" in lines[0] and not any("@" in line for line in lines)


def test_an_address_that_was_confirmed_stays(curator, submission):
    letters()
    press(submission)
    assert "stays as it is" in curator.get(desk("submission", "change", submission.pk)).text
    assert resend(curator, submission, RIGHT) == "The link is on its way once more."
    assert Submission.objects.get().email == TYPED and [mail.to for mail in letters()] == [[TYPED]]


def test_pressing_twice_or_after_a_colleague_sends_one(curator, submission):
    resend(curator, submission, RIGHT)
    assert "sent again a moment ago" in resend(a_curator("ben"), submission, RIGHT)
    assert submission.letters.filter(name="submission_again").count() == 1


@pytest.mark.parametrize("email", ["", "office", "office@", "a b@athens.example"])
def test_what_is_no_address_is_refused_in_the_form(curator, submission, email):
    answer = curator.post(desk("submission", "change", submission.pk), {"act": "resend", "email": email})
    assert answer.status_code == 200 and answer.context["resend"].errors["email"]
    assert Submission.objects.get().email == TYPED and not submission.letters.filter(name="submission_again").exists()


def test_once_it_is_decided_nothing_is_sent_again(curator, submission):
    do(curator, submission, "refuse", code="known")
    assert "has been decided" in resend(curator, submission, RIGHT)
    assert Submission.objects.get().email == TYPED


def test_what_did_not_arrive_waits_until_a_later_one_did(curator, submission):
    submission.letters.get().mark_bounced("550 5.1.1")
    listed = f"{desk('submission')}?state=bounced"
    assert submission.title in curator.get(listed).text
    resend(curator, submission, RIGHT)
    assert submission.title in curator.get(listed).text
    letters()
    assert submission.title not in curator.get(listed).text


def test_it_is_in_the_language_in_which_the_city_shared(curator, submission):
    Submission.objects.update(language="pt")
    resend(curator, submission)
    assert submission.letters.get(name="submission_again").language == "pt"
