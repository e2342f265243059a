"""What the public wrote about entries is erased half a year after it was settled, or when its writer asks."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F

from practices.correspondence.retention import TEXTS_KEPT
from practices.housekeeping import RULES
from practices.models import Asker, Confirmation, Enquiry, Report
from practices.models.correspondence.confirmation import ConfirmationAnswer
from practices.models.correspondence.public_message import ERASED
from practices.models.correspondence.report import Problem, ReportOutcome
from tests.dump import every_row
from tests.people import a_practice
from tests.pledges.signers import a_curator
from tests.practices.correspondence.letters import a_route
from tests.practices.correspondence.test_report import WORDS, a_report

pytestmark = pytest.mark.django_db
LONG, SHORT = TEXTS_KEPT + timedelta(days=1), TEXTS_KEPT - timedelta(days=1)
QUESTION, ANSWER, ADDRESS = "How did Rana begin?", "With one park, says Rana.", "rana@reader.example"
DATES = ("sent_at", "confirmed_at", "answered_at", "joined_at", "closed_at", "decided_at")


def tidy():
    call_command("tidy", verbosity=0)


def a_question(email=ADDRESS, **columns) -> Enquiry:
    practice = a_practice()
    key = f"key-{Enquiry.objects.count()}"
    enquiry = Enquiry.accepted(key, "", practice=practice, text=QUESTION, language="en", **columns)
    Asker.objects.create(enquiry=enquiry, email=email)
    a_route(practice)
    enquiry.confirm()
    return enquiry


def answered(**columns) -> Enquiry:
    enquiry = a_question(**columns)
    enquiry.take_answer(ANSWER, may_join=True)
    return enquiry


def age(row, by):
    names = [name for name in DATES if hasattr(row, name)]
    type(row).objects.filter(pk=row.pk).update(**{name: F(name) - by for name in names})


def texts(row):
    row.refresh_from_db()
    return row.text, getattr(row, "answer", "")


def test_a_report_is_erased_half_a_year_after_it_was_closed():
    old, recent, waiting = (a_report(a_practice(), Problem.REPLY) for _ in range(3))
    old.close(a_curator(), ReportOutcome.REPLIED, "The council has doubled the places.")
    recent.close(a_curator(), ReportOutcome.NOTHING)
    for row, by in ((old, LONG), (recent, SHORT), (waiting, LONG)):
        age(row, by)
    tidy()
    assert texts(old) == (ERASED, "") and old.public_reply == "The council has doubled the places."
    assert texts(recent) == texts(waiting) == (WORDS, "")
    assert RULES["texts of reports erased"]() == 0


def test_a_question_is_erased_half_a_year_after_nothing_was_left_to_decide():
    done, closed, shown, waiting = answered(), a_question(), answered(may_be_shown=True), answered(may_be_shown=True)
    recent, silent = answered(), a_question()
    closed.close(a_curator())
    shown.join(a_curator(), "How did it begin?", "With one park.")
    for row in (done, closed, shown, waiting, silent):
        age(row, LONG)
    age(recent, SHORT)
    tidy()
    assert texts(done) == texts(shown) == (ERASED, ERASED) and texts(closed) == (ERASED, "")
    assert (shown.public_question, shown.public_answer) == ("How did it begin?", "With one park.")
    assert texts(recent) == texts(waiting) == (QUESTION, ANSWER)
    assert texts(silent) == (QUESTION, "")
    assert RULES["texts of questions erased"]() == 0


def test_a_yearly_answer_is_erased_half_a_year_after_it_was_worked_in():
    old, recent, waiting, empty = (Confirmation.objects.create(practice=a_practice(), year=2026) for _ in range(4))
    for row in (old, recent, waiting):
        row.take(ConfirmationAnswer.CHANGED, WORDS)
    empty.take(ConfirmationAnswer.ENDED)
    curator = a_curator()
    for row in (old, recent, empty):
        row.settle(curator)
    for row, by in ((old, LONG), (recent, SHORT), (waiting, LONG), (empty, LONG)):
        age(row, by)
    tidy()
    assert [texts(row)[0] for row in (old, recent, waiting, empty)] == [ERASED, WORDS, WORDS, ""]
    assert RULES["texts of yearly answers erased"]() == 0


def test_whoever_asks_to_be_forgotten_takes_their_words_along():
    done, silent, others = answered(), a_question(), answered(email="other@reader.example")
    report = a_report(a_practice())
    Report.objects.filter(pk=report.pk).update(email=ADDRESS.upper(), text="Rana saw it.")
    call_command("forget", ADDRESS, "--yes")
    assert texts(done) == (ERASED, ANSWER) and texts(others) == (QUESTION, ANSWER)
    assert texts(report) == (ERASED, "") and report.closed_at is None
    assert not Enquiry.objects.filter(pk=silent.pk).exists()
    rows = str(every_row())
    assert ADDRESS not in rows.lower() and "Rana saw it" not in rows


def test_the_privacy_page_says_so(client):
    assert "erased six months after the case is closed" in client.get("/en/about/privacy/").text
    assert TEXTS_KEPT.days == 183
