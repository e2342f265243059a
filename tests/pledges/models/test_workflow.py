"""The moves of a signature: who may, from where, with which proof; and what each of them leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models import Signature
from pledges.vocabularies import Kind, Precision, Refusal, State
from practices.models import City
from tests.people import a_city
from tests.pledges.signers import (
    a_confirmed,
    a_curator,
    a_draft,
    a_lead_curator,
    a_published,
    a_stated,
    a_verified,
    called_back,
    make_older,
)

pytestmark = pytest.mark.django_db


def refused(code):
    """Expect that a move is refused for this reason."""
    return pytest.raises(TransitionNotAllowed, check=lambda error: error.code == code)


def kinds(signature):
    return [event.kind for event in signature.events.all()]


def stored(signature):
    return Signature.objects.get(pk=signature.pk)


# --- up the ladder ------------------------------------------------------------------


def test_the_whole_way_writes_one_event_for_each_move():
    signature = a_published()
    assert stored(signature).state == State.PUBLISHED
    assert kinds(signature) == [Kind.DRAFTED, Kind.CONFIRMED, Kind.VERIFIED, Kind.PUBLISHED]


def test_a_draft_keeps_its_mailbox_in_a_table_of_its_own():
    signature = a_draft(email="officer@amman.example")
    assert signature.contact.email == "officer@amman.example"
    assert "officer@amman.example" not in str(Signature.objects.filter(pk=signature.pk).values())


def test_confirming_dates_the_signature():
    signature = a_confirmed()
    assert (signature.signed_on, signature.precision) == (timezone.now().date(), Precision.DAY)


def test_confirming_twice_is_refused_and_writes_no_second_event():
    signature = a_confirmed()
    with refused("wrong-state"):
        signature.confirm()
    assert kinds(signature) == [Kind.DRAFTED, Kind.CONFIRMED]


def test_a_move_looks_at_the_row_and_not_at_what_was_read_before():
    signature = a_draft()
    same = stored(signature)
    signature.confirm()
    with refused("wrong-state"):
        same.confirm()
    assert same.state == State.CONFIRMED


def test_a_link_of_more_than_seven_days_confirms_nothing():
    signature = a_draft()
    make_older(signature, drafted_at=timedelta(days=7, seconds=1))
    with refused("expired"):
        signature.confirm()
    assert stored(signature).state == State.DRAFTED and signature.confirmed_at is None


def test_a_draft_expires_after_seven_days_and_not_before():
    signature = a_draft()
    with refused("not-expired"):
        signature.expire()
    make_older(signature, drafted_at=timedelta(days=7, seconds=1))
    signature.expire()
    assert stored(signature).state == State.EXPIRED and kinds(signature) == [Kind.DRAFTED, Kind.EXPIRED]


# --- one live signature for each city --------------------------------------------------------


def test_a_second_live_signature_of_a_city_is_refused():
    first = a_published()
    second = a_verified(city=first.city)
    with refused("already-signed"):
        second.publish(a_curator())
    assert stored(second).state == State.VERIFIED and second.published_at is None


def test_a_verified_signature_replaces_history_in_one_move():
    old = a_stated(city=a_city(official_domain="amman.example"))
    new = a_verified(city=old.city)
    old.supersede(a_curator(), new)
    assert stored(old).state == State.SUPERSEDED and stored(old).superseded_by == new
    assert list(Signature.objects.public()) == [new]
    assert kinds(old) == [Kind.STATED, Kind.SUPERSEDED]


def test_nothing_gives_way_to_a_signature_that_cannot_be_published():
    old = a_stated(city=a_city(official_domain="amman.example"))
    new = a_verified(by=(one := a_curator()), city=old.city, email="officer@gmail.com")
    with refused("second-curator"):
        old.supersede(one, new)
    assert stored(old).state == State.PUBLISHED


def test_a_signature_gives_way_only_to_one_of_its_own_city():
    old, new = a_stated(), a_verified(city=a_city("Berlin", "DE"))
    with refused("other-city"):
        old.supersede(a_curator(), new)
    assert stored(old).state == State.PUBLISHED and stored(new).state == State.VERIFIED


def test_history_is_never_verified():
    signature = a_stated()
    for move in (
        signature.confirm,
        lambda: signature.verify(a_curator(), [called_back()]),
        lambda: signature.publish(a_curator()),
    ):
        with refused("wrong-state"):
            move()
    assert stored(signature).standing == "stated"


# --- withdrawing ------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [a_confirmed, a_verified, a_published, a_stated], ids=lambda make: make.__name__)
def test_a_city_may_withdraw_at_any_time_and_undo_it(make):
    signature = make()
    before = stored(signature).state
    signature.withdraw()
    assert stored(signature).state == State.WITHDRAWN
    assert not Signature.objects.public().exists()
    assert not City.objects.get(pk=signature.city_id).is_signed
    signature.undo_withdrawal()
    assert stored(signature).state == before
    assert City.objects.get(pk=signature.city_id).is_signed is (before == State.PUBLISHED)


def test_a_withdrawal_can_be_undone_for_48_hours():
    signature = a_published()
    signature.withdraw()
    make_older(signature, withdrawn_at=timedelta(hours=48, seconds=1))
    with refused("too-late"):
        signature.undo_withdrawal()
    assert stored(signature).state == State.WITHDRAWN


def test_a_city_does_not_undo_what_a_curator_took_away():
    signature, lead = a_published(), a_lead_curator()
    signature.withdraw(lead, "The council never decided.")
    with refused("taken-away"):
        signature.undo_withdrawal()
    assert not Signature.objects.public().exists()
    signature.undo_withdrawal(lead)
    assert Signature.objects.public().exists()


def test_an_undo_does_not_push_a_newer_signature_away():
    first = a_published()
    first.withdraw()
    second = a_published(city=first.city)
    with refused("already-signed"):
        first.undo_withdrawal()
    assert list(Signature.objects.public()) == [second]


def test_withdrawing_again_after_an_undo_is_told_in_full():
    signature = a_published()
    signature.withdraw()
    signature.undo_withdrawal()
    signature.withdraw()
    assert kinds(signature)[-3:] == [Kind.WITHDRAWN, Kind.WITHDRAWAL_UNDONE, Kind.WITHDRAWN]
    assert Kind.WITHDRAWN not in signature.events.public().values_list("kind", flat=True)


def test_a_curator_withdraws_only_as_a_lead_and_with_a_reason():
    signature = a_published()
    with refused("not-a-curator"):
        signature.withdraw(a_curator(), "The council asked by post.")
    with refused("no-reason"):
        signature.withdraw(a_lead_curator(), "  ")
    signature.withdraw(a_lead_curator(), "The council asked by post.")
    assert stored(signature).state == State.WITHDRAWN


def test_a_draft_is_not_there_to_be_withdrawn():
    with refused("wrong-state"):
        a_draft().withdraw()


@pytest.mark.parametrize("make", [a_draft, a_confirmed], ids=lambda make: make.__name__)
def test_the_holder_of_the_mailbox_can_disown_it(make):
    signature = make()
    signature.disown()
    assert (stored(signature).state, stored(signature).refusal) == (State.REFUSED, Refusal.NOT_ME)


# --- the city's mark ------------------------------------------------------------------------


def test_the_city_shows_the_signature_from_publication_on():
    signature = a_verified()
    assert not City.objects.get(pk=signature.city_id).is_signed
    signature.publish(a_curator())
    city = City.objects.get(pk=signature.city_id)
    assert (city.signed_on, city.signed_precision) == (signature.signed_on, "day")


def test_a_counted_city_is_never_marked():
    signature = a_published(visibility="counted")
    assert not City.objects.get(pk=signature.city_id).is_signed
    assert not Signature.objects.public().exists()
    assert Signature.objects.count_now()["total"] == 1


def test_a_city_counted_from_now_on_loses_the_mark_of_its_history():
    old = a_stated(city=a_city(official_domain="amman.example"))
    new = a_verified(city=old.city, visibility="counted")
    old.supersede(a_curator(), new)
    assert not City.objects.get(pk=old.city_id).is_signed
    assert Signature.objects.count_now()["total"] == 1
