"""A curator adds a sentence of their own to a refusal; the sender reads it, and it goes with the sender."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from practices.models import Submission
from practices.models.sharing.letter import SharingPurpose
from tests.forms import a_place
from tests.letters import work
from tests.login import at_the_desk, staff
from tests.practices.sharing.sharers import a_submission, link_in

pytestmark = pytest.mark.django_db
NOTE = "Come back with the evaluation you spoke of & we look again."


def refuse(**fields):
    a_place()
    submission = a_submission()
    page = reverse("admin:practices_submission_change", args=[submission.pk])
    at_the_desk(staff("ana")).post(page, {"act": "refuse", "code": "off-subject"} | fields)
    submission.refresh_from_db()
    return submission


def test_the_sender_reads_it_in_the_e_mail_and_on_the_page(client):
    submission = refuse(note=NOTE)
    assert submission.refusal_note == NOTE
    work()
    letter = next(letter for letter in mail.outbox if NOTE in letter.body)
    assert letter.to == [submission.email]
    assert (
        NOTE.replace("&", "&amp;")
        in client.get(link_in(submission.letters.get(name="submission_refused"), SharingPurpose.STATUS)).text
    )


def test_without_one_the_e_mail_is_as_before():
    refuse()
    work()
    assert "\n\n\n" not in mail.outbox[-1].body and Submission.objects.get().state == "refused"


def test_too_much_is_not_sent_and_nothing_is_refused():
    assert refuse(note="x" * 501).refused_at is None


def test_it_is_erased_with_the_sender():
    submission = refuse(note=NOTE)
    Submission.objects.filter(pk=submission.pk).empty()
    assert Submission.objects.get().refusal_note == ""


def test_only_a_refusal_has_one():
    refuse()
    with pytest.raises(IntegrityError, match="submission_note_explains"), transaction.atomic():
        Submission.objects.update(refused_at=None, refusal="", refusal_note="x")
