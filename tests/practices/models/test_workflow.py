"""Draft, in review, public, ended, archived: what moves, who moved it, and what can't move."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models import Practice
from practices.models.entries.review import Move, ReviewEvent
from tests.people import a_practice
from tests.practices.correspondence.letters import a_route, now_speaking

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(django_user_model):
    return django_user_model.objects.create_user("ada")


def log(practice):
    return list(practice.review_events.values_list("move", "by__username", "why"))


def test_an_entry_goes_from_draft_to_archive_and_each_move_is_logged(ada):
    practice = a_practice(published_at=None)
    assert practice.state == "draft"
    practice.submit(by=ada, why="Complete now")
    assert practice.state == "in-review"
    practice.publish(by=ada)
    assert practice.state == "public"
    practice.end(2021, by=ada, why="The money ended")
    assert (practice.state, practice.ended, practice.status) == ("ended", 2021, "completed")
    practice.archive(by=ada, why="The city asked")
    assert practice.state == "archived"
    practice.publish(by=ada, why="The city agreed again")
    assert Practice.objects.get().state == "ended"
    assert log(practice) == [
        ("submitted", "ada", "Complete now"),
        ("published", "ada", ""),
        ("ended", "ada", "The money ended"),
        ("archived", "ada", "The city asked"),
        ("published", "ada", "The city agreed again"),
    ]
    assert all(event.at <= timezone.now() for event in practice.review_events.all())


def test_what_is_sent_back_is_a_draft_again(ada):
    practice = a_practice(published_at=None)
    practice.submit(by=ada)
    assert Practice.objects.in_review().get() == practice
    practice.send_back(by=ada, why="No figures yet")
    assert Practice.objects.drafts().get() == practice
    assert not Practice.objects.in_review().exists()
    assert log(practice)[-1] == ("sent-back", "ada", "No figures yet")


def test_a_curator_records_no_confirmation_where_nobody_speaks_for_the_city(ada):
    practice = a_practice()
    route = practice.routes.create(email="somebody@mail.example")
    with pytest.raises(TransitionNotAllowed, match="no e-mail address speaks for the city"):
        practice.confirm(by=ada, why="An e-mail said so")
    assert Practice.objects.get().confirmed_at is None
    now_speaking(route)
    practice.confirm(by=ada, why="The office said so by telephone")
    assert Practice.objects.get().confirmed_at


STATES = {
    "draft": {Move.SUBMITTED, Move.DISCARDED},
    "in-review": {Move.SENT_BACK, Move.PUBLISHED, Move.DISCARDED},
    "public": {Move.CONFIRMED, Move.ENDED, Move.ARCHIVED},
    "ended": {Move.ARCHIVED},
    "archived": {Move.PUBLISHED},
    "discarded": {Move.BROUGHT_BACK},
}
ACTS = {
    Move.SUBMITTED: "submit",
    Move.SENT_BACK: "send_back",
    Move.PUBLISHED: "publish",
    Move.CONFIRMED: "confirm",
    Move.ENDED: "end",
    Move.ARCHIVED: "archive",
    Move.DISCARDED: "discard",
    Move.BROUGHT_BACK: "bring_back",
}


def in_state(state):
    practice = a_practice(published_at=None if state in ("draft", "in-review", "discarded") else timezone.now())
    a_route(practice)
    if state == "in-review":
        practice.submit()
    if state == "ended":
        practice.end()
    if state == "archived":
        practice.archive()
    if state == "discarded":
        practice.discard()
    return practice


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", Move)
def test_a_curator_makes_only_the_moves_that_fit(ada, state, move):
    practice = in_state(state)
    events = practice.review_events.count()
    assert practice.state == state
    assert set(practice.possible_moves) == STATES[state]
    if move in STATES[state]:
        getattr(practice, ACTS[move])(by=ada)
        assert practice.review_events.last().move == move
    else:
        with pytest.raises(TransitionNotAllowed) as refused:
            getattr(practice, ACTS[move])(by=ada)
        assert str(refused.value).endswith(".")
        assert practice.review_events.count() == events
        assert Practice.objects.get().state == state


def test_a_move_is_judged_by_what_is_stored_and_not_by_an_old_copy(ada):
    practice = a_practice()
    old = Practice.objects.get()
    practice.archive(by=ada)
    with pytest.raises(TransitionNotAllowed):
        old.archive(by=ada)


def test_nothing_without_a_source_goes_to_review(ada):
    practice = a_practice(published_at=None)
    practice.sources.all().delete()
    assert practice.why_not(Move.SUBMITTED) == "it has no source."
    with pytest.raises(TransitionNotAllowed):
        practice.submit(by=ada)


def test_the_log_is_never_changed_or_deleted():
    a_practice()
    for act in (lambda: ReviewEvent.objects.update(why="Other"), ReviewEvent.objects.all().delete):
        with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
            act()
    assert ReviewEvent.objects.get().why == ""


@pytest.mark.parametrize("table", ["reviewevent", "version"])
def test_the_log_is_never_emptied_alone(table):
    a_practice()
    connection.check_constraints()  # PostgreSQL empties no table while a check of its rows waits
    with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE practices_{table}")
    assert ReviewEvent.objects.exists()


def test_the_log_is_emptied_with_all_entries():
    a_practice()
    connection.check_constraints()
    connection.cursor().execute("TRUNCATE practices_practice CASCADE")
    assert not ReviewEvent.objects.exists()


def test_the_log_goes_with_its_entry():
    practice = a_practice()
    practice.delete()
    assert not ReviewEvent.objects.exists()


def test_an_entry_is_not_published_before_it_was_sent_to_review():
    practice = a_practice()
    with pytest.raises(IntegrityError, match="submitted_before_published"), transaction.atomic():
        Practice.objects.filter(pk=practice.pk).update(submitted_at=timezone.now() + timezone.timedelta(days=1))
