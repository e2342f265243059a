"""Whose a row is, and notes about it: who may, who hears of it, and when they go."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from citysolidarity.desk.teamwork.mentions import names_in
from citysolidarity.desk.teamwork.models import Assignment, Note
from pledges import retention as signatures
from pledges.erasure import forget
from practices.correspondence.retention import drop_notes
from practices.models import Report
from practices.models.entries.review import ReviewComment
from tests.forms import a_place
from tests.letters import work
from tests.login import at_the_desk, staff
from tests.people import a_practice
from tests.pledges.signers import a_confirmed
from tests.practices.correspondence.test_report import a_report
from tests.practices.desk.test_todo import a_question
from tests.practices.sharing.sharers import a_submission

pytestmark = pytest.mark.django_db
MADE = {
    "signature": a_confirmed,
    "submission": a_submission,
    "report": lambda: a_report(a_practice()),
    "enquiry": lambda: a_question(a_practice()),
}
WORDS = "The clerk calls back"


def page_of(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def write(client, row, text):
    answer = client.post(page_of(row, "team"), {"text": text})
    if answer.status_code == 200:
        return answer.context["team"]["note"].errors["text"]
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.fixture(autouse=True)
def no_digest(monkeypatch):
    monkeypatch.setattr("citysolidarity.desk.emails.posting.DIGEST_FROM", 24)


@pytest.fixture(autouse=True)
def place(db):
    """The one that a submission names."""
    a_place()


@pytest.fixture
def ana():
    return staff("ana", email="ana@desk.example")


@pytest.fixture
def ben():
    return staff("ben", email="ben@desk.example")


@pytest.mark.parametrize("kind", MADE)
def test_a_note_and_whose_it_is_stand_on_the_page(kind, ana, ben):
    row, desk = MADE[kind](), at_the_desk(ana)
    assert write(desk, row, WORDS) == ["The note has been saved."]
    desk.post(page_of(row, "team"), {"to": ben.pk})
    page = desk.get(page_of(row)).text
    assert WORDS in page and f'<option value="{ben.pk}" selected>' in page
    assert desk.get(page_of(row, "team")).status_code == 200


@pytest.mark.parametrize("kind", MADE)
def test_a_colleague_hears_that_something_is_theirs_without_a_word_of_the_public(kind, ana, ben):
    row, desk = MADE[kind](), at_the_desk(ana)
    for _press in range(2):
        desk.post(page_of(row, "team"), {"to": ben.pk})
    work()
    (letter,) = [letter for letter in mail.outbox if "desk.example" in letter.to[0]]
    assert letter.to == ["ben@desk.example"] and letter.subject == "ana has assigned something to you"
    assert page_of(row) in letter.body
    assert not [
        word for word in ("institution", "text", "title") if (said := getattr(row, word, "")) and said in letter.body
    ]


def test_who_is_named_in_a_note_gets_an_e_mail_once_and_nobody_else(ana, ben):
    staff("cleo", email="cleo@desk.example")
    report = a_report(a_practice())
    write(at_the_desk(ana), report, f"{WORDS}, @BEN and @ben. Not mail@cleo, and @ana knows.")
    work()
    assert [letter.to for letter in mail.outbox] == [["ben@desk.example"]]
    assert WORDS not in mail.outbox[0].body and report.reference in mail.outbox[0].body


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
def test_somebody_who_may_not_read_it_cannot_be_named_or_given_it(ana, role):
    eve, report = staff("eve", role, email="eve@desk.example"), a_report(a_practice())
    desk = at_the_desk(ana)
    assert write(desk, report, "@eve, look") == ["Nobody who may read this is called “eve”. There are: ana."]
    assert desk.post(page_of(report, "team"), {"to": eve.pk}).status_code == 200
    assert not Note.objects.exists() and not Assignment.objects.exists()


def test_what_was_typed_is_there_again_when_the_note_is_refused(ana):
    page = at_the_desk(ana).post(page_of(a_report(a_practice()), "team"), {"text": f"{WORDS} @nobody"})
    assert WORDS in page.text


def test_a_colleague_without_an_address_is_told_of(ana):
    staff("dan")
    said = write(at_the_desk(ana), a_report(a_practice()), "@dan, look")
    assert said == ["dan has no e-mail address here, so no e-mail was sent.", "The note has been saved."]


def test_the_right_is_looked_at_again_when_the_e_mail_leaves(ana, ben):
    write(at_the_desk(ana), a_report(a_practice()), "@ben, look")
    ben.groups.clear()
    work()
    assert mail.outbox == []


def test_it_is_one_persons_and_can_be_given_back(ana, ben):
    report, desk = a_report(a_practice()), at_the_desk(ana)
    for to in (ana, ben, ana):
        desk.post(page_of(report, "team"), {"to": to.pk})
        assert [given.to for given in Assignment.objects.about(report)] == [to]
    desk.post(page_of(report, "team"), {"to": ""})
    assert not Assignment.objects.exists()


def test_the_database_takes_one_assignment_for_a_row(ana):
    given = Assignment.give(a_report(a_practice()), ana, ana)
    given.pk, given._state.adding = None, True
    with pytest.raises(IntegrityError, match="assignment_one_per_row"), transaction.atomic():
        given.save()


def test_lists_are_filtered_by_whose_it_is(ana, ben):
    mine, theirs, nobodys = (a_report(a_practice()) for _ in range(3))
    Assignment.give(mine, ana, ben)
    Assignment.give(theirs, ben, ben)
    rows = {}
    for whose in ("mine", "colleague", "nobody"):
        page = at_the_desk(ana).get(reverse("admin:practices_report_changelist"), {"whose": whose})
        rows[whose] = list(page.context["cl"].result_list)
    assert rows == {"mine": [mine], "colleague": [theirs], "nobody": [nobodys]}


@pytest.mark.parametrize("role", ["Viewer"])
def test_notes_about_a_signature_are_for_curators(ana, role):
    signature = a_confirmed()
    write(at_the_desk(ana), signature, WORDS)
    eve = at_the_desk(staff("eve", role))
    assert WORDS not in eve.get(page_of(signature)).text
    assert eve.get(page_of(signature, "team")).status_code == 403
    assert eve.post(page_of(signature, "team"), {"text": "x"}).status_code == 403


# --- comments on entries ------------------------------------------------------------------------


def test_a_comment_on_an_entry_reaches_the_colleague_it_names(ana, ben):
    staff("eve", "Viewer", email="eve@desk.example")
    practice = a_practice()
    at_the_desk(ana).post(page_of(practice, "review"), {"text": f"@ben and @eve: {WORDS}"})
    assert ReviewComment.objects.count() == 1
    work()
    assert [letter.to for letter in mail.outbox] == [["ben@desk.example"]]
    assert practice.title in mail.outbox[0].body and WORDS not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ana, look", ["ana"]),
        ("(@ana)", ["ana"]),
        ("@ana.", ["ana"]),
        ("@ana.b-c+d_e and @ana.b-c+d_e", ["ana.b-c+d_e"]),
        ("@ana@desk.example.", ["ana@desk.example"]),
        ("@Ñandú", ["Ñandú"]),
        ("office@city.example", []),
        ("5 @ 3", []),
        ("", []),
    ],
)
def test_names_after_an_at(text, names):
    assert names_in(text) == names


# --- how long they are kept ----------------------------------------------------------------------


def test_notes_go_when_what_they_are_about_was_settled_long_ago(ana):
    old, new = (a_report(a_practice()) for _ in range(2))
    for report in (old, new):
        write(at_the_desk(ana), report, WORDS)
        report.close(ana, "nothing")
    Report.objects.filter(pk=old.pk).update(closed_at=F("closed_at") - timedelta(days=184))
    assert drop_notes() == 1
    assert [note.row for note in Note.objects.all()] == [new]


def test_notes_go_with_their_row(ana):
    report = a_report(a_practice())
    write(at_the_desk(ana), report, WORDS)
    Assignment.give(report, ana, ana)
    report.delete()
    assert drop_notes() == 1 and not Note.objects.exists() and not Assignment.objects.exists()


def test_notes_about_a_signer_who_is_erased_go(ana):
    mine, other = a_confirmed(email="rana@amman.example"), a_submission()
    for row in (mine, other):
        write(at_the_desk(ana), row, WORDS)
    forget("rana@amman.example")
    assert [note.row for note in Note.objects.all()] == [other]
    forget(other.email)
    assert not Note.objects.exists()
    assert signatures.drop_contacts() == 0
