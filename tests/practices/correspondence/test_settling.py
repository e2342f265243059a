"""Answers to the yearly question at the desk: compared with the entry, worked in, settled, opened again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction

from practices.models import Confirmation, Practice
from practices.models.correspondence.confirmation import ConfirmationAnswer
from tests.desk import desk
from tests.people import a_practice

pytestmark = pytest.mark.django_db


def answered(answer, **facts) -> Confirmation:
    confirmation = a_practice(title="Parks").confirmations.create(year=2026)
    confirmation.take(ConfirmationAnswer(answer), **facts)
    return confirmation


def press(client, confirmation, act, **fields):
    page = client.post(desk("confirmation", "change", confirmation.pk), {f"_act_{act}": "1"} | fields, follow=True)
    confirmation.refresh_from_db()
    return page.content.decode()


def acts(client, confirmation):
    """The buttons by name, each with the reason why it can't be pressed."""
    page = client.get(desk("confirmation", "change", confirmation.pk))
    return {name: str(reason) for name, _label, reason in page.context["acts"]}


def test_what_has_ended_is_marked_right_there(admin_client, admin_user):
    confirmation = answered("ended", text="Closed by the council.", ended=2025)
    page = admin_client.get(desk("confirmation", "change", confirmation.pk)).content.decode()
    assert 'value="Mark the entry as ended in 2025"' in page
    assert acts(admin_client, confirmation)["settle"] == "the entry does not say that it has ended."
    press(admin_client, confirmation, "end")
    entry = Practice.objects.get()
    assert (entry.state, entry.ended) == ("ended", 2025)
    assert confirmation.decided_by == admin_user
    assert LogEntry.objects.get().get_change_message() == "Mark the entry as ended in 2025"


def test_an_end_before_the_beginning_is_told_and_nothing_is_settled(admin_client):
    confirmation = answered("ended", ended=2010)
    Practice.objects.update(started=2015)
    assert "before it started" in press(admin_client, confirmation, "end")
    assert confirmation.decided_at is None and Practice.objects.get().state == "public"
    assert not LogEntry.objects.exists()


def test_that_the_entry_says_it_now_is_believed_when_it_has_changed(admin_client):
    confirmation = answered("changed", text="Two parks more.")
    said = press(admin_client, confirmation, "settle")
    assert "nothing in the entry has changed since the answer came." in said
    assert confirmation.decided_at is None
    entry = Practice.objects.get()
    entry.results = "Twelve parks."
    entry.save()
    page = admin_client.get(desk("confirmation", "change", confirmation.pk)).content.decode()
    assert "What has changed in the entry since the answer" in page and "Twelve parks." in page
    press(admin_client, confirmation, "settle")
    assert confirmation.decided_at


def test_where_nothing_goes_into_the_entry_a_curator_says_why(admin_client):
    confirmation = answered("changed", text="All well.")
    assert "Say why the entry stays as it is." in press(admin_client, confirmation, "leave")
    press(admin_client, confirmation, "leave", why="Only a greeting.")
    assert confirmation.decided_at and confirmation.why == "Only a greeting."


def test_a_settled_answer_can_be_opened_again(admin_client):
    confirmation = answered("changed", text="All well.")
    press(admin_client, confirmation, "leave", why="Only a greeting.")
    assert set(acts(admin_client, confirmation)) == {"settle", "leave", "reopen"}
    press(admin_client, confirmation, "reopen")
    assert list(Confirmation.objects.waiting()) == [confirmation]
    assert confirmation.why == ""


def test_the_second_press_says_who_was_quicker_and_gives_the_words_back(admin_client, admin_user):
    confirmation = answered("changed", text="All well.")
    press(admin_client, confirmation, "leave", why="Only a greeting.")
    page = press(admin_client, confirmation, "leave", why="They thank us.")
    assert f"Nothing was done: {admin_user.username} has settled it on" in page
    assert "Your unsaved text" in page and "They thank us." in page
    assert confirmation.why == "Only a greeting."


def test_the_database_refuses_a_reason_without_a_decision():
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.filter(pk=answered("changed", text="x").pk).update(why="Because")
