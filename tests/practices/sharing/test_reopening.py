"""A decision on a submission is taken back within an hour: what it did is undone, and the city is told."""

from datetime import timedelta

import pytest
import time_machine
from django.db.models import F

from citysolidarity.database.clock import database_now
from practices.models import ContactRoute, Practice, Submission
from tests.desk import desk
from tests.practices.correspondence.letters import letters
from tests.practices.sharing.sharers import a_submission
from tests.practices.sharing.speakers import TICKS, a_correction, a_curator, an_entry, do, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("athens")]


def reopen(client, submission):
    return do(client, submission, "reopen")


def reason(client, submission):
    return client.get(desk("submission", "change", submission.pk)).context["why_not_reopen"]


def test_a_refusal_is_taken_back_and_can_be_made_again():
    curator, submission = a_curator("ana"), a_submission()
    do(curator, submission, "refuse", code="no-source")
    assert [mail.subject for mail in letters()][-1] == "We cannot publish your practice"
    assert "The decision is taken back." in reopen(curator, submission)[0]
    assert submission.state == "waiting" and submission.refusal == ""
    (mail,) = letters()
    assert mail.subject == "We are checking your practice again" and submission.reference in mail.body
    do(curator, submission, "refuse", code="known")
    assert submission.state == "refused"
    assert submission.letters.filter(name="submission_refused").count() == 2


@pytest.mark.parametrize("year", ["1999", "2199"])
def test_the_machines_clock_dates_no_decision_and_ends_no_hour(year):
    submission, (ana, ben, cem) = a_submission(), (a_curator(name).user for name in ("ana", "ben", "cem"))
    with time_machine.travel(f"{year}-01-01", tick=False):
        submission.confirm_mailbox()
        submission.ask(ana, "Since when?")
        submission.answer("Since 2019.")
        submission.refuse(ben, "no-source")
        assert submission.why_not_reopen() == ""
        submission.reopen(cem)
        submission.withdraw()
    submission.refresh_from_db()
    moments = [submission.sent_at, submission.mailbox_confirmed_at, submission.withdrawn_at]
    moments += [submission.questions.get().answered_at]
    assert all(abs(database_now() - moment) < timedelta(minutes=5) for moment in moments)


def test_an_acceptance_is_taken_back_with_its_draft():
    curator, submission = a_curator("ana"), a_submission()
    do(curator, submission)
    draft = Practice.objects.get()
    reopen(curator, submission)
    draft.refresh_from_db()
    assert draft.state == "discarded" and submission.practice is None and submission.state == "waiting"
    do(curator, submission)
    assert Practice.objects.drafts().count() == 1
    assert [event.step for event in submission.events.all()][-3:] == ["accepted", "reopened", "accepted"]


def test_a_correction_that_was_taken_over_is_undone():
    entry, curator = an_entry(), a_curator("ana")
    before = entry.summary
    submission = a_correction("gmail.com")
    do(curator, submission)
    entry.refresh_from_db()
    assert entry.summary == "Parks, and squares."
    reopen(curator, submission)
    entry.refresh_from_db()
    assert entry.summary == before and submission.state == "waiting"
    assert entry.versions.first().note.startswith("Correction taken back")


def test_what_cannot_be_undone_is_not_and_says_why():
    entry, curator = an_entry(), a_curator("ana")
    submission = a_correction("athens.example")
    press(submission)
    do(curator, submission, **TICKS)
    assert ContactRoute.objects.get().email == submission.email
    assert "its e-mail address answers for the entry since" in reason(curator, submission)
    assert "Nothing was done" in reopen(curator, submission)[0]
    ContactRoute.objects.all().delete()
    assert reason(curator, submission) == "it counts as the city’s confirmation of the entry."
    assert submission.state == "accepted"
    entry.refresh_from_db()
    assert entry.summary == "Parks, and squares."


def test_an_entry_that_went_on_keeps_its_acceptance():
    curator, submission = a_curator("ana"), a_submission()
    do(curator, submission)
    Practice.objects.get().publish()
    assert "the entry is public already" in reason(curator, submission)


def test_an_entry_that_was_edited_since_keeps_the_correction():
    curator, entry, correction = a_curator("ana"), an_entry(), a_correction("gmail.com")
    do(curator, correction)
    entry.refresh_from_db()
    entry.lessons = "Begin early, and small."
    entry.save()
    assert reason(curator, correction) == "the entry has changed since."


def test_after_an_hour_it_stands():
    curator, submission = a_curator("ana"), a_submission()
    do(curator, submission, "refuse", code="no-source")
    Submission.objects.update(refused_at=F("refused_at") - timedelta(minutes=61))
    assert reason(curator, submission) == "it was decided more than an hour ago."
    assert "Nothing was done" in reopen(curator, submission)[0]
    submission.refresh_from_db()
    assert submission.state == "refused"
