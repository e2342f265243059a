"""What makes a signature verified and published: strong proof, and curators who may decide."""

import pytest
from django.contrib.auth.models import User

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models import Signature
from pledges.vocabularies import Kind, Refusal, State
from tests.people import a_city
from tests.pledges.signers import (
    a_confirmed,
    a_curator,
    a_draft,
    a_published,
    a_verified,
    called_back,
    decision,
    letter,
    official_mail,
)

pytestmark = pytest.mark.django_db


def refused(code):
    """Expect that a move is refused for this reason."""
    return pytest.raises(TransitionNotAllowed, check=lambda error: error.code == code)


def kinds(signature):
    return [event.kind for event in signature.events.all()]


def stored(signature):
    return Signature.objects.get(pk=signature.pk)


# --- proof ------------------------------------------------------------------------------


@pytest.mark.parametrize("proof", [called_back, official_mail, decision], ids=lambda proof: proof.__name__)
def test_one_strong_proof_is_enough(proof):
    signature = a_confirmed()
    signature.verify(a_curator(), [proof()])
    assert stored(signature).state == State.VERIFIED
    assert [row.was_strong for row in signature.evidence.all()] == [True]


@pytest.mark.parametrize(
    ("proofs", "email", "official_domain"),
    [
        ([], "officer@amman.example", "amman.example"),
        ([letter], "officer@amman.example", "amman.example"),
        ([official_mail], "officer@gmail.com", "amman.example"),
        ([official_mail], "officer@gmail.com", "gmail.com"),
        ([official_mail], "officer@amman.example", ""),
        ([official_mail], "officer@not-amman.example", "amman.example"),
        ([official_mail], "officer@amman.example.evil.test", "amman.example"),
        ([official_mail], "officer@аmman.example", "amman.example"),
        ([lambda: decision("https://blog.example/amman")], "officer@gmail.com", "amman.example"),
        ([lambda: decision("https://amman.example.evil.test/")], "officer@gmail.com", "amman.example"),
        ([lambda: decision("https://amman.example@evil.test/")], "officer@gmail.com", "amman.example"),
    ],
    ids=[
        "nothing",
        "a letter",
        "free mail",
        "a free provider recorded as official",
        "no domain recorded",
        "another domain",
        "a domain that starts alike",
        "a Cyrillic letter",
        "a page elsewhere",
        "a page on a host that starts alike",
        "a page behind a user name",
    ],
)
def test_weak_proof_verifies_nothing_and_leaves_no_trace(proofs, email, official_domain):
    signature = a_confirmed(city=a_city(official_domain=official_domain), email=email)
    with refused("no-strong-proof"):
        signature.verify(a_curator(), [proof() for proof in proofs])
    assert stored(signature).state == State.CONFIRMED
    assert not signature.evidence.exists() and Kind.VERIFIED not in kinds(signature)


def test_mail_from_below_the_official_domain_is_strong():
    signature = a_confirmed(email="officer@mail.amman.example")
    signature.verify(a_curator(), [official_mail()])
    assert stored(signature).state == State.VERIFIED


# --- curators -------------------------------------------------------------------------------


@pytest.mark.parametrize("move", ["verify", "publish", "refuse"])
def test_only_staff_with_the_permission_may_decide(move):
    signature = a_confirmed() if move != "publish" else a_verified()
    arguments = {"verify": [[called_back()]], "publish": [], "refuse": [Refusal.NO_PROOF]}[move]
    visitors = [
        None,
        User.objects.create_user("staff without permission", is_staff=True),
        a_curator(is_active=False),
    ]
    former = a_curator()
    User.objects.filter(pk=former.pk).update(is_staff=False)
    visitors.append(User.objects.get(pk=former.pk))
    before = kinds(signature)
    for visitor in visitors:
        with refused("not-a-curator"):
            getattr(signature, move)(visitor, *arguments)
    assert kinds(signature) == before


@pytest.mark.parametrize(
    ("email", "official"),
    [
        ("officer@gmail.com", "amman.example"),
        ("officer@gmail.com", "gmail.com"),
        ("officer@mailinator.com", "amman.example"),
        ("officer@amrnan.example", "amman.example"),
        ("officer@amman.example", ""),
        ("officer@leeds.gov.uk", "gov.uk"),
    ],
)
def test_a_mailbox_that_is_not_at_the_recorded_domain_needs_a_second_curator(email, official):
    one, other = a_curator(), a_curator()
    signature = a_verified(by=one, email=email, city=a_city(official_domain=official))
    with refused("second-curator"):
        signature.publish(one)
    signature.publish(other)
    assert stored(signature).state == State.PUBLISHED


def test_official_mail_needs_one_curator():
    one = a_curator()
    signature = a_verified(by=one)
    signature.publish(one)
    assert stored(signature).state == State.PUBLISHED


def test_an_earlier_refusal_of_the_city_needs_a_second_curator():
    city, one = a_city(official_domain="amman.example"), a_curator()
    a_confirmed(city=city).refuse(one, Refusal.NO_MANDATE)
    signature = a_verified(by=one, city=city)
    with refused("second-curator"):
        signature.publish(one)


def test_a_stranger_who_disowned_a_letter_is_no_refusal_of_the_city():
    city, one = a_city(official_domain="amman.example"), a_curator()
    a_draft(city=city).disown()
    a_verified(by=one, city=city).publish(one)


def test_a_refusal_keeps_its_code():
    signature = a_confirmed()
    signature.refuse(a_curator(), Refusal.NO_PROOF)
    assert stored(signature).refusal == Refusal.NO_PROOF
    assert signature.events.last().reason == "no-proof"


def test_what_is_published_can_no_longer_be_refused():
    with refused("wrong-state"):
        a_published().refuse(a_curator(), Refusal.NO_PROOF)


def test_an_unknown_refusal_is_no_refusal():
    signature = a_confirmed()
    with pytest.raises(ValueError, match="because"):
        signature.refuse(a_curator(), "because")
    assert stored(signature).state == State.CONFIRMED
