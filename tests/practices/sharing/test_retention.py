"""What the calendar does with submissions: drafts are forgotten, and who sent what was decided is erased."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F
from django.urls import reverse

from practices.housekeeping import RULES
from practices.models import CuratorQuestion, Submission, SubmissionLetter
from practices.models.sharing.letter import SharingPurpose
from tests.dump import every_row
from tests.forms import a_place
from tests.people import a_practice
from tests.practices.sharing.sharers import a_submission

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
    assert page.status_code == 200 and "Preview" not in page.text


ADDRESS = "integration@athens.example"


@pytest.fixture
def sent(admin_user):
    """Submissions of one sender in every state, by their state, and one of somebody else."""
    a_place()
    asked, accepted, refused, withdrawn = (a_submission() for _ in range(4))
    for one in (asked, accepted, refused):
        one.ask(admin_user, "Who pays?")
    for one in (accepted, refused):
        one.answer("I do, says Eleni.")
    accepted.accept(admin_user, a_practice())
    refused.refuse(admin_user, "known")
    withdrawn.withdraw()
    found = {one.state: one for one in (asked, accepted, refused, withdrawn, a_submission())}
    found["other"] = a_submission(email="other@athens.example")
    Submission.begin("begun", {"title": "Visits"}, email=ADDRESS.upper(), language="en", title="Visits")
    assert set(found) == {"asked", "accepted", "refused", "withdrawn", "waiting", "other"}
    return found


def test_a_sender_who_asks_is_erased_and_nothing_stays_open_with_nobody_to_reach(sent, admin_client, capsys):
    other = Submission.objects.filter(pk=sent["other"].pk).values().get()
    events = list(sent["other"].events.values())
    call_command("forget", ADDRESS, "--yes")
    said = capsys.readouterr().out
    assert "1 practice begun and never sent:" in said
    assert "2 practices or corrections that wait:" in said and sent["waiting"].reference in said
    assert "3 senders of practices or corrections that were decided" in said
    states = {}
    for state, submission in sent.items():
        submission.refresh_from_db()
        states[state] = submission.state
    ends = {"asked": "withdrawn", "accepted": "accepted", "refused": "refused", "withdrawn": "withdrawn"}
    assert states == ends | {"waiting": "withdrawn", "other": "waiting"}
    for state in (*ends, "waiting"):
        submission = sent[state]
        assert (submission.email, submission.office, submission.answers) == ("", "", {})
        assert not submission.questions.exists() and not submission.letters.exists()
        assert submission.events.filter(step="withdrawn").count() == (submission.state == "withdrawn")
        page = admin_client.get(f"/admin/practices/submission/{submission.pk}/change/")
        assert page.status_code == 200 and ADDRESS not in page.text
    assert list(Submission.objects.waiting()) == [sent["other"]]
    assert Submission.objects.filter(pk=sent["other"].pk).values().get() == other
    assert list(sent["other"].events.values()) == events and sent["other"].letters.exists()
    assert not Submission.objects.filter(sent_at=None).exists()
    rows = str(every_row())
    assert ADDRESS not in rows.lower() and "says Eleni" not in rows


def test_no_link_of_a_forgotten_sender_opens_anything(sent, client):
    letter = sent["waiting"].letters.get()
    addresses = [reverse(purpose.value, args=[letter.token(purpose)]) for purpose in SharingPurpose]
    call_command("forget", ADDRESS, "--yes")
    assert {client.get(address).status_code for address in addresses} == {404}
