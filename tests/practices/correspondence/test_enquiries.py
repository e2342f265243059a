"""Ask the city: the question travels by pages behind links, from mailbox to mailbox, and no address is shown."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.http.throttle import LimitUse
from practices.correspondence.enquiries import sending
from practices.correspondence.enquiries.sending import answer, pass_on_questions
from practices.correspondence.limits import QUESTIONS, QUESTIONS_LINE
from practices.correspondence.retention import drop_askers, drop_unconfirmed_questions
from practices.models import Asker, Enquiry, PracticeLetter
from practices.models.correspondence.contact import ContactRole
from tests.delays import waits
from tests.dump import every_row
from tests.people import a_practice
from tests.pledges.signers import a_curator
from tests.practices.correspondence.letters import MAILBOX, a_route, confirmed, letters, link
from tests.practices.correspondence.writing import a_stamp, send

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
ASKER, DEPUTY = f"{CANARY}@reader.example", "deputy@amman.example"
QUESTION, ANSWER = f"How did you begin? {CANARY}", f"With one park. {CANARY}"


@pytest.fixture
def practice():
    practice = confirmed(a_practice(), days=1)
    a_route(practice)
    a_route(practice, ContactRole.DEPUTY, DEPUTY)
    return practice


def ask(client, practice, **more):
    fields = {"text": QUESTION, "email": ASKER, "may_be_shown": "on"} | more
    return send(client, "practice_ask", practice, **fields)


def an_enquiry(client, practice, **more) -> Enquiry:
    assert ask(client, practice, **more).status_code == 302
    return Enquiry.objects.order_by("-pk").first()


def on_its_way(client, practice, **more) -> Enquiry:
    """A question whose asker has pressed the button."""
    enquiry = an_enquiry(client, practice, **more)
    assert client.post(link(enquiry.letters.get(), "confirm_question")).status_code == 302
    enquiry.refresh_from_db()
    return enquiry


def make_older(enquiry, **span):
    columns = ("sent_at", "confirmed_at", "relayed_at", "deputy_at", "answered_at", "closed_at")
    Enquiry.objects.filter(pk=enquiry.pk).update(**{name: F(name) - timedelta(**span) for name in columns})
    enquiry.letters.update(posted_at=F("posted_at") - timedelta(**span))


def shown(client, practice) -> str:
    return client.get(practice.get_absolute_url()).content.decode()


def test_a_question_goes_to_the_city_and_the_answer_comes_back(client, practice):
    enquiry = an_enquiry(client, practice)
    (to_asker,) = letters()
    assert to_asker.to == [ASKER] and enquiry.relayed_at is None
    page = link(enquiry.letters.get(), "confirm_question")
    assert "How did you begin?" in client.get(page).content.decode()
    client.post(page)
    (to_role,) = letters()
    assert to_role.to == [MAILBOX]
    page = link(enquiry.letters.get(name="question_for_role"), "answer_question")
    body = client.get(page).content.decode()
    assert "How did you begin?" in body and ASKER not in body
    assert client.post(page, {"text": ANSWER, "may_join": "on"}).status_code == 302
    (back,) = letters()
    assert back.to == [ASKER]
    body = client.get(link(enquiry.letters.get(name="answer_for_asker"), "read_answer")).content.decode()
    assert "With one park." in body and MAILBOX not in body and "The answer from the city" in body


def test_letters_hold_nothing_that_was_typed_and_no_address_of_the_other(client, practice):
    enquiry = an_enquiry(client, practice)
    sent = letters()
    client.post(link(enquiry.letters.get(), "confirm_question"))
    sent += letters()
    answer(enquiry, ANSWER)
    sent += letters()
    assert [mail.to for mail in sent] == [[ASKER], [MAILBOX], [ASKER]]
    for mail in sent:
        written = mail.message().as_string().replace(mail.to[0], "")  # the envelope
        assert CANARY not in written and MAILBOX not in written and "park" not in mail.body


@pytest.mark.parametrize("purpose", ["confirm_question", "answer_question", "read_answer"])
def test_opening_a_link_changes_nothing(client, practice, purpose):
    enquiry = an_enquiry(client, practice)
    if purpose != "confirm_question":
        client.post(link(enquiry.letters.get(), "confirm_question"))
    if purpose == "read_answer":
        answer(Enquiry.objects.get(), ANSWER)
    page = link(enquiry.letters.order_by("posted_at").last(), purpose)
    before = every_row()
    for _ in range(3):
        assert client.get(page).status_code == 200 and client.head(page).status_code == 200
    assert every_row() == before


def test_without_the_askers_button_nothing_reaches_the_city(client, practice):
    enquiry = an_enquiry(client, practice)
    make_older(enquiry, days=13)
    assert pass_on_questions() == 0 and drop_unconfirmed_questions() == 0
    make_older(enquiry, days=2)
    assert drop_unconfirmed_questions() == 1
    assert not Enquiry.objects.exists() and not Asker.objects.exists() and letters() == []


def test_after_a_week_the_deputy_has_it_and_after_another_the_curators(client, practice):
    enquiry = on_its_way(client, practice)
    letters()
    assert pass_on_questions() == 0
    make_older(enquiry, days=8)
    assert pass_on_questions() == 1 and pass_on_questions() == 0
    (mail,) = letters()
    assert mail.to == [DEPUTY]
    make_older(enquiry, days=8)
    assert pass_on_questions() == 1 and letters() == []
    enquiry.refresh_from_db()
    assert enquiry.curators_at and enquiry.is_unanswered
    # The city may still answer.
    page = link(enquiry.letters.get(name="question_for_deputy"), "answer_question")
    assert client.post(page, {"text": ANSWER}).status_code == 302


def test_a_bounce_passes_it_on_at_once(client, practice):
    enquiry = on_its_way(client, practice)
    PracticeLetter.objects.with_subject().get(name="question_for_role").mark_bounced("550 5.1.1")
    assert pass_on_questions() == 1 and pass_on_questions() == 0
    PracticeLetter.objects.with_subject().get(name="question_for_deputy").mark_bounced("550 5.1.1")
    assert pass_on_questions() == 1
    enquiry.refresh_from_db()
    assert enquiry.curators_at and not practice.routes.working().exists()


def test_without_a_mailbox_the_curators_have_it_at_once(client):
    enquiry = on_its_way(client, a_practice())
    assert enquiry.curators_at and not enquiry.relayed_at


def test_one_answer_counts(client, practice):
    enquiry = on_its_way(client, practice)
    make_older(enquiry, days=8)
    pass_on_questions()
    client.post(link(enquiry.letters.get(name="question_for_role"), "answer_question"), {"text": ANSWER})
    late = client.post(link(enquiry.letters.get(name="question_for_deputy"), "answer_question"), {"text": "Other"})
    assert late.status_code == 409 and "answered already" in late.content.decode()
    assert Enquiry.objects.get().answer == ANSWER
    assert client.post(link(enquiry.letters.get(name="question_for_role"), "answer_question")).status_code == 410


def test_an_answer_joins_the_entry_with_consent_by_a_curators_decision(client, practice):
    enquiry = on_its_way(client, practice)
    answer(enquiry, ANSWER, may_join=True)
    assert CANARY not in shown(client, practice)
    enquiry.join(a_curator(), "How did you <i>begin</i>?", "With one park.")
    body = shown(client, practice)
    assert "How did you &lt;i&gt;begin&lt;/i&gt;?" in body and "With one park." in body and CANARY not in body
    enquiry.close(a_curator())
    assert "With one park." not in shown(client, practice)


@pytest.mark.parametrize(("asker", "city"), [("", True), ("on", False)])
def test_without_both_consents_nothing_joins(client, practice, asker, city):
    enquiry = on_its_way(client, practice, may_be_shown=asker)
    answer(enquiry, ANSWER, may_join=city)
    with pytest.raises(TransitionNotAllowed):
        enquiry.join(a_curator(), "How?", "So.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.update(
            joined_at=F("answered_at"), joined_by=a_curator(), public_question="How?", public_answer="So."
        )


def test_the_page_says_in_how_many_days_the_city_usually_answers(client, practice):
    for number, days in enumerate([90, 2, 4, 6, 8, 30]):
        enquiry = Enquiry.accepted(f"k{number}", "", practice=practice, text=QUESTION, language="en")
        Enquiry.objects.filter(pk=enquiry.pk).update(
            confirmed_at=F("sent_at") - timedelta(days=200 - number),
            answered_at=F("sent_at") - timedelta(days=200 - number) + timedelta(days=days, hours=-5),
            answer=ANSWER,
        )
        if number == 1:
            assert "usually answers" not in shown(client, practice)
    # The oldest by its answer is left out; 2, 4, 6, 8, 30 have the median 6.
    Enquiry.objects.filter(key="k0").update(answered_at=F("answered_at") - timedelta(days=95))
    assert "It usually answers in 6 days." in shown(client, practice)


def test_the_same_form_sent_often_is_one_question(client, practice):
    stamp = a_stamp(practice)
    for _ in range(7):
        assert ask(client, practice, stamp=stamp).status_code == 302
    assert Enquiry.objects.count() == PracticeLetter.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "Write your question"),
        ({"email": ""}, "Enter your e-mail address so that we can send you the answer"),
        ({"email": "a@b.example, c@d.example"}, "Enter only one e-mail address"),
        ({"text": "Write to me: a@b.example"}, "contains an e-mail address"),
        ({"text": "ab" * 501}, "the limit is 1000"),
    ],
)
def test_bad_input_is_told_kindly(client, practice, sent, sentence):
    response = ask(client, practice, **sent)
    assert response.status_code == 422 and sentence in response.content.decode()
    assert not Enquiry.objects.exists()


def test_a_mailbox_gets_three_letters_a_day_and_the_others_wait(client, practice):
    assert [ask(client, practice, text=f"Question {number}?").status_code for number in range(6)] == [302] * 5 + [429]
    assert waits() == [0, 0, 0, 24, 24], "hours"


def test_questions_that_nobody_confirmed_close_no_entry(client, practice):
    for number in range(2 * QUESTIONS.most):
        asked = Client(REMOTE_ADDR=f"192.0.{number}.7")
        assert ask(asked, practice, email=f"m{number}@reader.example").status_code == 302
    assert not LimitUse.objects.filter(act=QUESTIONS.act).exists()


def test_an_office_gets_ten_questions_a_day_and_the_others_wait_or_go_to_the_curators(client, practice, monkeypatch):
    for _ in range(QUESTIONS.most):
        assert QUESTIONS.reserve(str(practice.pk), line=QUESTIONS_LINE) == 0
    on_its_way(client, practice)
    assert waits()[-1] == 24, "hours"
    monkeypatch.setattr(sending, "QUESTIONS_LINE", QUESTIONS.most)
    enquiry = on_its_way(client, practice, email="other@reader.example")
    enquiry.refresh_from_db()
    assert enquiry.curators_at


def test_askers_are_erased_30_days_after_the_answer_or_when_they_ask(client, practice, capsys):
    enquiry = on_its_way(client, practice)
    answer(enquiry, ANSWER)
    assert drop_askers() == 0
    make_older(enquiry, days=31)
    assert drop_askers() == 1 and not Asker.objects.exists()
    other = on_its_way(client, practice, email="other@reader.example")
    call_command("forget", "other@reader.example", "--yes")
    assert "1 question to a city without an answer:" in capsys.readouterr().out
    assert not PracticeLetter.objects.filter(enquiry=other).exists()
    assert "other@reader.example" not in str(every_row())


def test_entries_that_are_not_public_take_no_question(client):
    assert client.get(reverse("practice_ask", args=[a_practice(published_at=None).slug])).status_code == 404
