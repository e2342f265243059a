"""Publishing several at once: what was done, what was skipped, and why; and two curators at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.messages import get_messages
from django.db import connection

from pledges.models import Signature, SignatureLetter
from pledges.vocabularies import Kind, State
from tests.people import a_city
from tests.pledges.desk.desk import at_the_desk, somebody, the_act, the_list
from tests.pledges.signers import a_confirmed, a_curator, a_published, a_verified, called_back


def publish(client, *signatures):
    answer = client.post(the_list(), {"action": "publish", "_selected_action": [one.pk for one in signatures]})
    return sorted(str(message) for message in get_messages(answer.wsgi_request))


@pytest.mark.django_db
def test_it_says_what_was_done_what_was_skipped_and_why():
    ana = somebody("Curator")
    fine = [a_verified(city=a_city(name, official_domain="amman.example"), by=ana) for name in ("Amman", "Berlin")]
    own_free = a_verified(city=a_city("Cali"), by=ana, email="officer@gmail.com")
    unchecked, live = a_confirmed(city=a_city("Dakar")), a_published(city=a_city("Oslo"))
    second = a_verified(city=live.city)
    said = publish(at_the_desk(ana), *fine, own_free, unchecked, live, second)
    who = "Greater Amman Municipality"
    assert said == sorted(
        [
            "2 signatures are published now.",
            f"{who} (Cali) was skipped. An e-mail address outside the city’s recorded domain, or an earlier refusal, needs "
            "a second curator, not the one who verified.",
            f"{who} (Dakar) was skipped. It is not verified.",
            f"{who} (Oslo) was skipped. It is published already.",
            f"{who} (Oslo) was skipped. This city already has a signature: replace or withdraw it first.",
        ]
    )
    assert set(Signature.objects.live()) == {*fine, live}
    assert SignatureLetter.objects.filter(name="published_notice").count() == 2


@pytest.mark.django_db
def test_more_than_fifty_at_once_are_refused_whole():
    client = at_the_desk(somebody("Curator"))
    by = a_curator()
    made = [a_verified(city=a_city(f"Town {number}"), by=by) for number in range(51)]
    assert publish(client, *made) == ["Please select at most 50 signatures. Nothing was done."]
    assert not Signature.objects.live().exists()
    assert "50 signatures are published now." in publish(client, *made[:50])


@pytest.mark.django_db
def test_viewers_have_no_action_and_nobody_verifies_in_bulk():
    signature = a_verified()
    viewer = at_the_desk(somebody("Viewer"))
    assert 'value="publish"' not in viewer.get(the_list()).content.decode()
    assert not any("published now" in said for said in publish(viewer, signature))
    assert not Signature.objects.live().exists()
    offered = at_the_desk(somebody("Lead curator")).get(the_list()).context["action_form"].fields["action"].choices
    assert {code for code, _label in offered} == {"", "publish"}


@pytest.mark.django_db(transaction=True)
def test_of_two_curators_at_the_same_moment_one_acts_and_the_other_is_told():
    signature = a_confirmed()
    proof = called_back()
    proof.signature, proof.by = signature, a_curator()
    proof.save()
    clients = [at_the_desk(somebody("Curator")) for _ in range(4)]
    ready = Barrier(len(clients))

    def run(client):
        try:
            ready.wait(10)
            answer = client.post(the_act(signature, "verify"), {"seen": "confirmed"})
            return next(str(message) for message in get_messages(answer.wsgi_request))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        said = list(pool.map(run, clients))
    assert sum(one.endswith("The signature is verified.") for one in said) == 1
    assert sum(one.startswith("Someone else has already acted: Verified by a curator") for one in said) == 3
    assert signature.events.filter(kind=Kind.VERIFIED).count() == 1
    assert signature.letters.filter(name="verified_notice").count() == 1
    assert Signature.objects.get(pk=signature.pk).state == State.VERIFIED
