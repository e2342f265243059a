"""A curator writes to whoever sent a signature, a practice or a report."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.db.models import F
from django.urls import reverse

from citysolidarity.desk.writing.models import WrittenEmail
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges.erasure import forget
from practices.correspondence.retention import drop_notes
from practices.models import Report
from tests.forms import a_place
from tests.letters import work
from tests.login import at_the_desk, staff
from tests.people import a_practice
from tests.pledges.signers import a_confirmed, a_draft
from tests.practices.correspondence.test_report import WORDS, a_report
from tests.practices.sharing.sharers import a_submission

pytestmark = pytest.mark.django_db
READER = "reader@post.example"
TEXT = "Who decided it, and when?\n\nThank you."


@pytest.fixture(autouse=True)
def answers_are_read(db, settings, monkeypatch):
    settings.CONTACT_EMAIL = "contact@cities.example"
    monkeypatch.setattr("citysolidarity.desk.emails.posting.DIGEST_FROM", 24)
    a_place()


@pytest.fixture
def desk():
    return at_the_desk(staff("ana"))


def reported(email=READER) -> Report:
    report = a_report(a_practice())
    Report.objects.filter(pk=report.pk).update(email=email)
    report.refresh_from_db()
    return report


MADE = {
    "signature": (a_confirmed, "officer@amman.example"),
    "submission": (a_submission, None),
    "report": (reported, READER),
}


def page_of(row, page="write"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def write(desk, row, text=TEXT, **fields):
    answer = desk.post(page_of(row), {"text": text, "send": "yes", **fields})
    return [str(message) for message in get_messages(answer.wsgi_request)]


def sent(to) -> list:
    mail.outbox.clear()
    work()
    return [letter for letter in mail.outbox if letter.to == [to] and letter.subject.startswith("From the curators")]


@pytest.mark.parametrize("kind", MADE)
def test_what_a_curator_writes_reaches_the_sender_who_can_answer(kind, desk):
    made, address = MADE[kind]
    row = made()
    assert write(desk, row) == ["The e-mail is on its way."]
    (letter,) = sent(address or row.email)
    assert TEXT in letter.body and letter.reply_to == ["contact@cities.example"]
    assert (getattr(row, "reference", "") or "curators") in letter.subject
    page = desk.get(page_of(row, "change")).text
    assert "Who decided it, and when?" in page and "ana" in page and "Sent" in page


def test_first_the_e_mail_is_shown_and_nothing_is_sent(desk):
    report = reported()
    page = desk.post(page_of(report), {"text": TEXT})
    assert "Good day,\n\nWho decided it, and when?" in page.text and "Send it" in page.text
    assert not WrittenEmail.objects.exists() and WORDS not in page.text


@pytest.mark.parametrize("text", ["", "   ", "x" * 2_001])
def test_nothing_and_too_much_is_not_sent(desk, text):
    report = reported()
    answer = desk.post(page_of(report), {"text": text, "send": "yes"})
    assert answer.context["form"].errors and not WrittenEmail.objects.exists()


def test_markup_stays_text(desk):
    write(desk, reported(), "Is <b>a & b</b> right? {{ contact }} {% now 'Y' %}")
    (letter,) = sent(READER)
    assert "Is <b>a & b</b> right? {{ contact }} {% now 'Y' %}" in letter.body
    assert "<b>a" not in letter.alternatives[0].content


def test_a_report_without_an_address_and_an_unconfirmed_signature_cannot_be_written_to(desk):
    for row in (reported(email=""), a_draft()):
        assert write(desk, row)[0].startswith("Nobody can be written to")
        assert page_of(row) not in desk.get(page_of(row, "change")).text
    assert not WrittenEmail.objects.exists()


def test_without_a_mailbox_for_answers_nobody_is_written_to(desk, settings):
    settings.CONTACT_EMAIL = ""
    assert write(desk, reported())[0].startswith("Nobody can be written to")


def test_nothing_goes_to_whoever_blocked_the_address_or_is_erased_before_it_leaves(desk):
    first, second = reported(), reported("other@post.example")
    write(desk, first)
    write(desk, second)
    BlockedMailbox.objects.block(READER)
    Report.objects.filter(pk=second.pk).update(email="")
    assert sent(READER) == sent("other@post.example") == []
    assert set(WrittenEmail.objects.values_list("reply", flat=True)) == {"not needed"}


def test_what_was_written_goes_with_the_person_and_with_the_matter(desk):
    erased, old = reported(), reported("other@post.example")
    write(desk, erased)
    write(desk, old)
    forget(READER)
    assert [email.row for email in WrittenEmail.objects.all()] == [old]
    old.close(staff("ben"), "nothing")
    Report.objects.filter(pk=old.pk).update(closed_at=F("closed_at") - timedelta(days=184))
    drop_notes()
    assert not WrittenEmail.objects.exists()


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
def test_others_may_not(role):
    eve = at_the_desk(staff("eve", role))
    for row in (reported(), a_confirmed()):
        assert (eve.get(page_of(row)).status_code, eve.post(page_of(row), {"text": "x", "send": "1"}).status_code) == (
            403,
            403,
        )
