"""A curator's decision on a signature is taken back within an hour, evidence removed, and nothing recorded twice."""

from datetime import timedelta

import pytest

from pledges.models import Evidence, Signature
from pledges.vocabularies import Kind, State
from tests.pledges.desk.desk import buttons, letters, now, press, proven
from tests.pledges.signers import a_confirmed, a_curator, make_older

pytestmark = pytest.mark.django_db


def test_a_verified_signature_waits_again_and_can_be_verified_once_more(desk, client):
    signature = proven()
    press(desk, signature, "verify")
    assert press(desk, signature, "reopen") == ["Greater Amman Municipality: The decision has been undone."]
    assert now(signature) == State.CONFIRMED
    assert not Evidence.objects.filter(was_strong=True).exists()
    press(desk, signature, "verify")
    Signature.objects.get(pk=signature.pk).publish(a_curator())
    assert letters(signature) == ["verified_notice", "decision_taken_back", "verified_notice"]
    shown = [event.kind for event in signature.events.public()]
    assert shown.count(Kind.VERIFIED) == 1 and Kind.TAKEN_BACK not in shown
    assert client.get(signature.get_absolute_url()).status_code == 200


def test_a_refused_signature_stands_where_it_stood_and_the_refusal_is_never_shown(desk):
    signature = proven()
    press(desk, signature, "verify")
    press(desk, signature, "refuse", code="no-proof")
    press(desk, signature, "reopen")
    row = Signature.objects.get(pk=signature.pk)
    assert (row.state, row.refusal) == (State.VERIFIED, "")
    row.publish(a_curator())
    shown = [event.kind for event in row.events.public()]
    assert Kind.REFUSED not in shown and shown.count(Kind.VERIFIED) == 1


def test_after_an_hour_a_decision_stands(desk):
    signature = proven()
    press(desk, signature, "verify")
    make_older(signature, **dict.fromkeys(("drafted_at", "confirmed_at", "verified_at"), timedelta(minutes=61)))
    assert buttons(desk, signature)["reopen"] == "It was decided more than an hour ago."
    assert press(desk, signature, "reopen") == ["It was decided more than an hour ago."]
    assert now(signature) == State.VERIFIED


def test_what_the_holder_of_the_mailbox_said_is_not_a_curators_to_take_back(desk):
    signature = a_confirmed()
    signature.disown()
    assert "reopen" not in buttons(desk, signature)


def test_the_same_evidence_is_recorded_once_and_wrong_evidence_removed(desk):
    signature = a_confirmed()
    assert "remove" not in buttons(desk, signature)
    seen = {"kind": "other", "seen_on": "2026-05-04", "note": "A photo"}
    press(desk, signature, "evidence", **seen)
    assert press(desk, signature, "evidence", **seen) == ["You have recorded this already; it was not recorded again."]
    proof = Evidence.objects.get()
    press(desk, signature, "remove", proof=proof.pk)
    assert not Evidence.objects.exists()


def test_evidence_that_a_signature_was_verified_with_stays(desk):
    signature = proven()
    press(desk, signature, "verify")
    assert "remove" not in buttons(desk, signature)
    said = set(press(desk, signature, "remove", proof=Evidence.objects.get().pk))
    assert said == {"This is no longer possible. Nothing was changed; please check again."}
    assert Evidence.objects.exists()


def test_what_was_typed_into_a_late_form_is_given_back(desk):
    signature = proven()
    page = desk.get(f"/admin/pledges/signature/{signature.pk}/act/evidence/")
    assert page.status_code == 200
    signature.withdraw()
    sent = {"kind": "other", "seen_on": "2026-05-04", "note": "I saw the council vote"}
    answer = desk.post(f"/admin/pledges/signature/{signature.pk}/act/evidence/", sent, follow=True)
    assert "I saw the council vote" in answer.content.decode()
