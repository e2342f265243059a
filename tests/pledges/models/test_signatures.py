"""The sets of signatures, what the public is told, and what the database refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from pledges.models import Signature, SignatureContact
from pledges.vocabularies import Refusal, Standing, State
from practices.models import City
from tests.people import a_city
from tests.pledges.signers import (
    a_confirmed,
    a_curator,
    a_draft,
    a_published,
    a_stated,
    a_verified,
    make_older,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 4)
LATER = timezone.now() + timedelta(days=2)


def refused(constraint):
    """Expect that the database refuses what the block does, by this constraint."""
    return pytest.raises(IntegrityError, match=constraint)


def change(signature, **columns):
    """Writes past the moves, as psql could."""
    Signature.objects.filter(pk=signature.pk).update(**columns)


# --- states ------------------------------------------------------------------------------


def one_in_every_state() -> dict[State, Signature]:
    expired, refused_one, withdrawn = a_draft(), a_confirmed(), a_published()
    make_older(expired, drafted_at=timedelta(days=8))
    expired.expire()
    refused_one.refuse(a_curator(), Refusal.NO_PROOF)
    withdrawn.withdraw()
    superseded = a_published()
    superseded.supersede(a_curator(), a_verified(city=superseded.city))
    return {
        State.DRAFTED: a_draft(),
        State.CONFIRMED: a_confirmed(),
        State.VERIFIED: a_verified(),
        State.PUBLISHED: superseded.superseded_by,
        State.EXPIRED: expired,
        State.REFUSED: refused_one,
        State.WITHDRAWN: withdrawn,
        State.SUPERSEDED: superseded,
    }


def test_the_database_and_the_model_derive_the_same_state():
    made = one_in_every_state()
    assert set(made) == set(State)
    for state, signature in made.items():
        assert Signature.objects.get(pk=signature.pk).state == state
        assert list(Signature.objects.in_state(state)) == [signature]


def test_only_the_published_one_is_public():
    made = one_in_every_state()
    assert list(Signature.objects.public()) == [made[State.PUBLISHED]]


# --- who is named and who is counted ---------------------------------------------------------


def test_a_signature_becomes_public_on_its_day_by_the_databases_clock():
    signature = a_published(visibility="from-date", public_from=timezone.now().date() + timedelta(days=1))
    assert not Signature.objects.public().exists() and not Signature.objects.counted().exists()
    assert not City.objects.get(pk=signature.city_id).is_signed
    change(signature, public_from=timezone.now().date())
    assert list(Signature.objects.public()) == [signature]
    assert Signature.objects.reveal_due() == 1
    assert City.objects.get(pk=signature.city_id).is_signed
    assert Signature.objects.reveal_due() == 0


def test_the_count_says_how_many_of_each_standing_as_of_today():
    a_stated(), a_stated(), a_published(), a_published(visibility="counted"), a_verified()
    expected = {"stated": 2, "verified": 2, "total": 4, "unnamed": 1, "as_of": timezone.now().date()}
    assert Signature.objects.count_now() == expected


def test_counting_takes_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        Signature.objects.count_now()


def test_the_signature_of_a_city_comes_with_the_city(django_assert_num_queries):
    stated = a_stated()
    a_stated()
    with django_assert_num_queries(1):
        found = Signature.objects.public().for_city(stated.city).first()
        assert (found.pk, found.signer, found.standing) == (stated.pk, "Amman", Standing.STATED)


def test_names_are_in_order_with_accents_folded():
    for name, country in (("Zürich", "CH"), ("Ōmura", "JP"), ("Oslo", "NO"), ("Åbo", "FI")):
        a_stated(city=a_city(name, country))
    assert [one.city.name for one in Signature.objects.public().in_list_order()] == ["Åbo", "Ōmura", "Oslo", "Zürich"]


@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        ({"precision": "day", "signed_on": date(2022, 6, 17)}, (date(2022, 6, 17), "day")),
        ({"precision": "before", "signed_on": date(2018, 6, 20)}, (date(2018, 6, 20), "before")),
        (
            {"precision": "between", "not_before": date(2024, 1, 29), "signed_on": date(2025, 5, 18)},
            (date(2025, 5, 18), "before"),
        ),
        ({"precision": "unknown", "not_before": date(2018, 1, 1)}, (None, "unknown")),
    ],
)
def test_the_city_claims_no_more_than_the_signature(facts, mark):
    city = City.objects.get(pk=a_stated(**facts).city_id)
    assert (city.signed_on, city.signed_precision) == mark


def test_a_name_is_shown_only_where_its_owner_agreed():
    assert a_draft(signer_name="Amal").shown_name == ""
    assert a_draft(signer_name="Amal", name_may_be_shown=True).shown_name == "Amal"


# --- what the database refuses ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "make", "columns"),
    [
        ("confirmed_at_follows", a_confirmed, {"drafted_at": LATER}),
        ("verified_at_follows", a_draft, {"verified_at": LATER}),
        ("published_at_follows", a_confirmed, {"published_at": LATER}),
        ("ends_once", a_published, {"withdrawn_at": LATER, "expired_at": LATER}),
        ("expired_unconfirmed", a_confirmed, {"expired_at": LATER}),
        ("refused_unpublished", a_published, {"refused_at": LATER, "refusal": "no-proof"}),
        ("refusal_has_code", a_confirmed, {"refused_at": LATER}),
        ("refusal_has_code", a_confirmed, {"refusal": "no-proof"}),
        ("refusal_has_code", a_confirmed, {"refused_at": LATER, "refusal": "because"}),
        ("withdrawn_was_confirmed", a_draft, {"withdrawn_at": LATER}),
        ("superseded_by_another", a_published, {"superseded_at": LATER}),
        ("visibility_fits", a_draft, {"visibility": "from-date"}),
        ("visibility_fits", a_draft, {"public_from": DAY}),
        ("visibility_fits", a_draft, {"visibility": "hidden"}),
        ("date_fits_precision", a_draft, {"precision": "day"}),
        ("date_fits_precision", a_draft, {"signed_on": DAY}),
        ("date_fits_precision", a_stated, {"precision": "between", "signed_on": DAY}),
        (
            "date_fits_precision",
            a_stated,
            {"precision": "between", "signed_on": DAY, "not_before": DAY + timedelta(days=1)},
        ),
        ("days_possible", a_stated, {"precision": "day", "signed_on": date(1965, 6, 20)}),
        ("days_possible", a_stated, {"precision": "day", "signed_on": date(2130, 6, 20)}),
        ("days_possible", a_stated, {"not_before": date(1965, 1, 1)}),
        ("office_fits", a_draft, {"office": "other"}),
        ("office_fits", a_draft, {"office_other": "Herald"}),
        ("office_fits", a_draft, {"office": "king"}),
        ("shown_name_exists", a_draft, {"name_may_be_shown": True}),
        ("origin_fits", a_draft, {"institution": ""}),
        ("origin_fits", a_draft, {"drafted_at": None}),
        ("origin_fits", a_stated, {"verified_at": LATER}),
        ("origin_fits", a_stated, {"confirmed_at": LATER}),
        ("origin_fits", a_stated, {"published_at": None}),
        ("origin_fits", a_stated, {"signer_name": "Amal"}),
        ("origin_fits", a_stated, {"visibility": "counted"}),
        ("origin and the version", a_stated, {"origin": "online"}),
        ("origin and the version", a_draft, {"version": None}),
    ],
)
def test_the_database_refuses_impossible_pairs(constraint, make, columns):
    signature = make()
    with refused(constraint):
        change(signature, **columns)


def test_the_database_allows_one_live_signature_for_each_city():
    with refused("signature_one_live_per_city"):
        a_stated(city=a_published().city)


def test_events_are_never_changed_or_deleted():
    event = a_draft().events.get()
    with refused("never changed or deleted"), connection.cursor() as cursor:
        cursor.execute("UPDATE pledges_signatureevent SET kind = 'published' WHERE id = %s", [event.pk])


def test_events_are_never_deleted():
    event = a_draft().events.get()
    with refused("never changed or deleted"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM pledges_signatureevent WHERE id = %s", [event.pk])


def test_what_a_load_entered_may_go_until_something_happens_to_it():
    alone, moved, by_hand = a_stated(), a_stated(), a_draft()
    moved.withdraw(a_curator("lead_curate_signature"), "It says so.")
    alone.events.all().delete()
    alone.delete()
    for signature in (moved, by_hand):
        with refused("never changed or deleted"), transaction.atomic():
            signature.events.all().delete()


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("signatureevent", "never changed or deleted"),
        ("signature CASCADE", "never changed or deleted"),
        ("clause CASCADE", "make a new version"),
        ("statementversion CASCADE", "make a new version"),
    ],
)
def test_what_is_kept_is_not_emptied_either(table, sentence):
    a_draft()
    connection.check_constraints()  # PostgreSQL empties no table while a check of its rows waits
    with refused(sentence), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE pledges_{table}")


def test_a_signature_without_an_event_is_not_committed():
    Signature.objects.create(origin="stated", city=a_city(), published_at=timezone.now())
    with refused("has no event"):
        connection.check_constraints()


def test_history_without_a_source_is_not_committed():
    signature = Signature.objects.create(origin="stated", city=a_city(), published_at=timezone.now())
    signature.events.create(kind="stated")
    with refused("in no source"):
        connection.check_constraints()


def test_erasing_a_contact_leaves_the_signature():
    signature = a_published()
    SignatureContact.objects.all().delete()
    assert list(Signature.objects.public()) == [signature]
