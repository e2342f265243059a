"""The log of the whole desk: who did what, for lead curators."""

import csv
import io
from importlib import import_module

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from citysolidarity.attachments.models import Document
from citysolidarity.desk import logins
from citysolidarity.desk.teamwork.models import Note
from citysolidarity.login import journal
from practices.models import SheetImport
from practices.models.entries.review import ReviewComment
from tests.citysolidarity.desk.buttons import a_pdf
from tests.desk import desk
from tests.login import SECOND, code_of, post_password, staff, with_app, wrong_code
from tests.people import a_practice
from tests.pledges.desk.desk import at_the_desk, press, proven, somebody
from tests.pledges.signers import a_confirmed
from tests.practices.correspondence.test_report import a_report

pytestmark = pytest.mark.django_db


def the_list():
    return reverse("admin:admin_logentry_changelist")


def the_export():
    return reverse("admin:admin_logentry_export")


@pytest.fixture
def lead():
    return at_the_desk(somebody("Lead curator"))


@pytest.fixture
def acts():
    """Two people at work."""
    curator, colleague = somebody("Curator"), somebody("Curator")
    draft = a_practice("=Parks & squares", published_at=None)
    at_the_desk(curator).post(desk("practice", "review", draft.pk), {"move": "discarded", "why": "A test"})
    press(at_the_desk(colleague), proven(), "verify")
    return curator, colleague


def rows(client, **query):
    text = client.post(the_export(), query_params=query).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_lead_curators_read_who_did_what_and_nobody_else(lead, acts):
    curator, _colleague = acts
    page = lead.get(the_list()).content.decode()
    assert curator.username in page and "Discarded: A test" in page and "The signature is verified." in page
    for role in ("Curator", "Viewer", "Translator"):
        client = at_the_desk(somebody(role))
        assert client.get(the_list()).status_code == client.post(the_export()).status_code == 403
    assert lead.get(the_export()).status_code == 405
    entry = LogEntry.objects.first()
    for name in ("change", "delete"):
        lead.post(reverse(f"admin:admin_logentry_{name}", args=[entry.pk]), {"post": "yes"})
    assert LogEntry.objects.count() == 2


def test_it_is_filtered_by_person_kind_and_days_and_the_export_is_what_is_listed(lead, acts):
    curator, colleague = acts
    assert [row["who"] for row in rows(lead)] == [colleague.username, curator.username]
    (row,) = rows(lead, who=curator.pk)
    assert row["which"] == "'=Parks & squares" and row["what"] == "Discarded: A test"
    assert rows(lead, kind="3") == []
    assert len(rows(lead, kind="2")) == 2
    today = timezone.localdate()
    days = {"action_time__year": today.year, "action_time__month": today.month, "action_time__day": today.day}
    assert len(rows(lead, kind="2", **days)) == 2
    assert rows(lead, action_time__year=today.year - 1) == []
    assert len(lead.get(the_list(), {"who": curator.pk}).context["cl"].result_list) == 1


@pytest.mark.parametrize("query", ["who=x", "who=99999999999999999999", "kind=x", "kind=9", "action_time__year=x"])
def test_an_odd_filter_is_no_fault(lead, acts, query):
    assert lead.get(f"{the_list()}?{query}").status_code in (200, 302)
    assert lead.post(f"{the_export()}?{query}").status_code in (200, 302)


# --- what no form of the stock admin writes down ------------------------------------------


def lines() -> list[tuple]:
    return [(line.action_flag, line.get_change_message()) for line in LogEntry.objects.order_by("pk")]


def test_comments_notes_and_whose_it_is_are_told_without_a_word_of_them():
    practice, colleague = a_practice(), somebody("Curator")
    report = a_report(practice)
    client = at_the_desk(somebody("Curator"))
    client.post(desk("practice", "review", practice.pk), {"text": "Canary comment"})
    client.post(desk("report", "team", report.pk), {"text": "Canary note"})
    client.post(desk("report", "team", report.pk), {"to": colleague.pk})
    told = [message for _kind, message in lines()]
    assert told == ["A comment was written.", "A note was written.", f"Given to {colleague.username}"]
    assert not LogEntry.objects.filter(object_repr__icontains="canary").exists()


def test_a_document_is_told_when_it_is_added_opened_and_deleted():
    signature, client = a_confirmed(), at_the_desk(somebody("Curator"))
    listed = reverse("attachments:documents", args=["signature", signature.pk])
    client.post(listed, {"title": "Canary letter", "file": SimpleUploadedFile("a.pdf", a_pdf())})
    document = Document.objects.get()
    client.post(reverse("attachments:document_open", args=[document.pk]))
    client.post(reverse("attachments:document_delete", args=[document.pk]))
    told = [(2, "A document was added."), (5, "A document was opened."), (2, "A document was deleted.")]
    assert lines() == told
    assert {line.get_edited_object() for line in LogEntry.objects.all()} == {signature}
    assert not LogEntry.objects.filter(object_repr__icontains="canary").exists()


@pytest.mark.usefixtures("real_login")
def test_log_ins_and_tries_are_told_and_a_name_of_nobody_is_not(client):
    user = staff()
    secret = with_app(user)
    post_password(client, "correct horse typed as a name", "x")
    post_password(client, password="wrong")
    post_password(client)
    client.post(SECOND, {"code": wrong_code(secret)})
    client.post(SECOND, {"code": code_of(secret)})
    told = [
        "Someone entered a wrong password for this account",
        "The password was right, the code was not",
        "Logged in",
    ]
    assert lines() == [(4, message) for message in told]
    assert {line.user for line in LogEntry.objects.all()} == {user}


def test_every_word_of_a_refusal_has_a_sentence():
    assert set(logins.REFUSALS) == set(journal.REFUSED)


def test_a_change_of_role_is_told(lead):
    colleague = somebody("Curator")
    lead.post(reverse("people:person", args=[colleague.pk]), {"act": "role", "role": "Viewer"})
    (line,) = LogEntry.objects.all()
    assert line.get_edited_object() == colleague and "Viewer" in line.get_change_message()


def test_an_import_is_told_when_it_is_sent_saved_and_undone(admin_client):
    sheet = SimpleUploadedFile("practices.csv", b"slug,title\n")
    admin_client.post(reverse("admin:practices_practice_import"), {"file": sheet})
    row = SheetImport.objects.get()
    page = reverse("admin:practices_practice_sheet", args=[row.pk])
    SheetImport.objects.update(fingerprint="seen", read_at=Now())
    admin_client.post(page, {"act": "save", "fingerprint": "old"})
    admin_client.post(page, {"act": "save", "fingerprint": "seen"})
    SheetImport.objects.update(saved_at=Now())
    admin_client.post(page, {"act": "undo"})
    told = ["A file was sent for import.", "An import was saved.", "An import was undone."]
    assert lines() == [(2, message) for message in told]


def test_an_export_is_told_with_its_rows_and_its_kind(lead):
    a_practice()
    for model in ("practice", "city"):
        assert lead.post(desk(model, "export", "csv")).status_code == 200
    lead.post(the_export())
    assert lines() == [(5, "1 row exported as CSV.")] * 2 + [(5, "2 rows exported as CSV.")]
    assert {row["kind"] for row in rows(lead, kind="5")} == {"Opened or exported"}
    assert rows(lead, kind="4") == []


def test_what_was_recorded_before_stands_in_the_log_as_well():
    practice, curator = a_practice(), somebody("Curator")
    report, signature = a_report(practice), a_confirmed()
    ReviewComment.objects.create(practice=practice, by=curator, text="Canary")
    Note.objects.create(row=report, by=curator, text="Canary")
    document = Document.add(a_pdf(), title="Canary", by=curator, signature=signature)
    document.opened(curator)
    Document.objects.filter(pk=document.pk).forget(by=curator)
    Document.add(a_pdf(), title="Canary", by=curator, practice=practice)
    asked = {"fingerprint": "x", "asked_at": Now(), "asked_by": curator, "undo_asked_at": Now(), "undone_by": curator}
    SheetImport.objects.create(name="x.csv", content=b"", by=curator, **asked)
    with connection.cursor() as cursor:
        cursor.execute(import_module("citysolidarity.migrations.0009_log_of_earlier_acts").EARLIER)
    told = {(line.get_edited_object().__class__.__name__, line.change_message) for line in LogEntry.objects.all()}
    assert told == {
        ("Practice", "A comment was written."),
        ("Practice", "A document was added."),
        ("Report", "A note was written."),
        *(("Signature", f"A document was {act}.") for act in ("added", "opened", "deleted")),
        ("SheetImport", "A file was sent for import."),
        ("SheetImport", "An import was saved."),
        ("SheetImport", "An import was undone."),
    }
    assert LogEntry.objects.count() == len(told) and {line.user for line in LogEntry.objects.all()} == {curator}
