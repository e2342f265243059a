"""The last button: once, however often it is pressed, and all of it or nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from citysolidarity.http.throttle import LimitUse
from practices.models import Submission, SubmissionEvent, SubmissionLetter
from practices.sharing import emails
from tests.forms import fields_of, send
from tests.practices.sharing.sharers import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patience")]


def press(fields):
    """One press of the last button, on a connection of its own."""
    try:
        return Client().post(reverse("share_check"), fields)["Location"]
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_at_once_make_one_row_one_event_and_one_letter(client):
    fields = fields_of(at(client)) | {"consent": "on"}
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(press, [fields] * 50))
    assert answers == {reverse("share_sent", args=[Submission.objects.get().reference])}
    assert SubmissionEvent.objects.count() == SubmissionLetter.objects.count() == 1


def test_nothing_is_kept_when_the_letter_cannot_be_posted(client, monkeypatch):
    page = at(client)

    def refuse(submission, **later):
        raise RuntimeError("no outbox")

    monkeypatch.setattr(emails.submission_received, "post", refuse)
    with pytest.raises(RuntimeError):
        send(client, page, consent="on")
    assert not Submission.objects.exists()
    assert not LimitUse.objects.exists(), "what came to nothing counts for nothing"
