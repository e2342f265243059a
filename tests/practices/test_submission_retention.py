"""What the calendar does with submissions: drafts are forgotten, and who sent what was decided is erased."""

from datetime import timedelta

import pytest
from django.db.models import F

from practices.calendar import RULES
from practices.models import CuratorQuestion, Submission, SubmissionLetter
from tests.forms import a_place
from tests.practices.sharers import a_submission

pytestmark = pytest.mark.django_db


def age(submission, **days):
    """Moves dates of a row into the past."""
    columns = {name: F(name) - timedelta(days=count) for name, count in days.items()}
    Submission.objects.filter(pk=submission.pk).update(**columns)


def test_a_draft_is_deleted_thirty_days_after_the_last_page():
    old, new = (Submission.begin(key, {}, email="a@city.example", language="en") for key in ("old", "new"))
    age(old, saved_at=31)
    age(new, saved_at=29, begun_at=300)
    forget = RULES["unfinished practices deleted"]
    assert forget() == 1 and forget() == 0
    assert list(Submission.objects.all()) == [new]


def test_half_a_year_after_the_decision_who_sent_it_is_erased(admin_user):
    a_place()
    waiting, refused, recent = a_submission(), a_submission(), a_submission()
    for one in (refused, recent):
        one.ask(admin_user, "Who pays?")
        one.answer("The city.")
        one.refuse(admin_user, "known")
    age(refused, refused_at=181, sent_at=200)
    age(waiting, sent_at=400)
    erase = RULES["contacts of submissions erased"]
    assert erase() == 1 and erase() == 0
    refused.refresh_from_db()
    assert (refused.email, refused.office, refused.answers, refused.refusal) == ("", "", {}, "known")
    assert CuratorQuestion.objects.get().submission == recent
    letter = SubmissionLetter.objects.filter(submission=refused).first()
    assert SubmissionLetter.objects.to_send(letter.pk) is None


def test_the_desk_opens_what_was_erased(admin_client, admin_user):
    a_place()
    submission = a_submission()
    submission.refuse(admin_user, "known")
    age(submission, refused_at=200, sent_at=201)
    Submission.objects.erase()
    page = admin_client.get(f"/admin/practices/submission/{submission.pk}/change/")
    assert page.status_code == 200 and "As it would look" not in page.text
