"""The page of a signature at the desk: who sees what, and who may do what."""

from datetime import date

import pytest

from pledges.models import Evidence, SentForm, Signature, SignatureEvent
from pledges.vocabularies import State
from tests.people import a_city
from tests.pledges.desk.desk import CONTACT, at_the_desk, buttons, now, proven, somebody, the_act, the_list, the_page
from tests.pledges.signers import (
    a_confirmed,
    a_curator,
    a_draft,
    a_published,
    a_stated,
    a_verified,
)

pytestmark = pytest.mark.django_db


def test_the_page_has_the_whole_history_and_the_private_contact(desk, ana):
    signature = a_verified(by=ana)
    page = desk.get(the_page(signature)).content.decode()
    for text in [CONTACT, "Signed online", "Confirmed by e-mail", "Verified by a curator", ana.username]:
        assert text in page
    assert "The city&#x27;s own site" in page


def test_a_viewer_sees_no_private_word_and_no_button():
    signature = a_confirmed(signer_name="Rana Haddad", phone="+962 6 123")
    Evidence.objects.create(
        signature=signature, by=a_curator(), kind="letter", seen_on="2026-05-04", note="secret note"
    )
    viewer = at_the_desk(somebody("Viewer"))
    answer = viewer.get(the_page(signature))
    for private in [CONTACT, "Rana Haddad", "+962 6 123", "secret note"]:
        assert private not in answer.content.decode()
    assert answer.context["acts"] == []


def test_what_the_city_commits_to_and_its_decision_wait_for_a_curators_eye(desk):
    signature = a_confirmed(decision_url="https://www.amman.example/decision")
    signature.commitments.create(
        position=1, clause=signature.version.clauses.get(), text="200 places in classes", due=date(2199, 5, 1)
    )
    page = desk.get(the_page(signature)).content.decode()
    assert "200 places in classes" in page and "1 May 2199" in page
    assert 'href="https://www.amman.example/decision"' in page


def test_a_reference_finds_its_signature(desk):
    signature, _other = a_confirmed(), a_confirmed(city=a_city("Zermatt", "CH"))
    SentForm.objects.create(key="k", reference="7K3M-0QXZ", content=b"", signature=signature)
    assert "7K3M-0QXZ" in desk.get(the_page(signature)).content.decode()
    found = desk.get(the_list(q="7k3m-0qxz")).context["cl"].result_list
    assert [one.pk for one in found] == [signature.pk]


def test_history_has_its_sources_and_can_only_be_withdrawn(lead):
    signature = a_stated()
    assert "https://example.org/list" in lead.get(the_page(signature)).content.decode()
    assert buttons(lead, signature) == {"withdraw": ""}


@pytest.mark.parametrize("page", ["add", "delete"])
def test_nothing_is_added_or_deleted_at_the_desk(admin_client, page):
    signature = a_confirmed()
    address = the_list() + ("add/" if page == "add" else f"{signature.pk}/delete/")
    assert admin_client.get(address).status_code == 403
    assert admin_client.post(address, {"post": "yes"}).status_code == 403
    assert Signature.objects.filter(pk=signature.pk).exists()


def test_facts_cannot_be_changed_by_posting_to_the_page(admin_client):
    signature = a_confirmed()
    assert admin_client.post(the_page(signature), {"institution": "Mine"}).status_code == 403


@pytest.mark.parametrize("code", ["evidence", "domain", "verify", "publish", "replace", "refuse", "withdraw", "undo"])
def test_asking_changes_nothing_in_any_state(lead, code):
    made = [proven(city=a_city("One")), a_verified(city=a_city("Two")), a_published(city=a_city("Three")), a_draft()]
    before = [now(one) for one in made]
    events = SignatureEvent.objects.count()
    for signature in made:
        assert lead.get(the_act(signature, code)).status_code in {200, 302}
        lead.head(the_act(signature, code))
    assert [now(one) for one in made] == before
    assert SignatureEvent.objects.count() == events


@pytest.mark.parametrize("code", ["evidence", "domain", "verify", "publish", "replace", "refuse", "withdraw", "undo"])
@pytest.mark.parametrize("role", ["Viewer", "Curator"])
def test_whoever_lacks_the_right_can_neither_ask_nor_act(role, code):
    client, signature = at_the_desk(somebody(role)), proven()
    allowed = role == "Curator" and code not in {"withdraw", "undo"}
    for answer in [client.get(the_act(signature, code)), client.post(the_act(signature, code), {"seen": "confirmed"})]:
        assert (answer.status_code != 403) == allowed
    if not allowed:
        assert now(signature) == State.CONFIRMED


def test_an_unknown_act_or_signature_is_not_found(desk):
    signature = a_confirmed()
    assert desk.get(the_act(signature, "delete")).status_code == 404
    signature.pk = 0
    assert desk.get(the_act(signature, "verify")).status_code == 404
