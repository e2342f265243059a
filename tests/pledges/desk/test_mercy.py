"""What a curator needs on an ordinary day: the next one, the other one, a lost e-mail sent again, a sentence of one's own."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from pledges.models import SignatureContact, SignatureLetter
from pledges.vocabularies import State
from tests.letters import work
from tests.people import a_city
from tests.pledges.desk.desk import press, the_act, the_list, the_page
from tests.pledges.signers import a_confirmed, a_draft, a_published, a_verified, make_older

pytestmark = pytest.mark.django_db


def test_signatures_of_one_city_know_of_each_other_from_the_start(desk):
    live = a_published()
    new = a_draft(city=live.city)
    elsewhere = a_confirmed(city=a_city("Zarqa"))
    for one, other in [(live, new), (new, live)]:
        page = desk.get(the_page(one)).text
        assert f'href="{the_page(other)}"' in page and f'href="{the_page(elsewhere)}"' not in page
    new.disown()
    assert "Other signatures of this city" not in desk.get(the_page(live)).text


def test_a_city_typed_by_hand_is_marked(desk):
    typed = a_draft(city=a_city("Neustadt an der Grenze", "DE"))
    known = a_draft(city=a_city("Graz", "AT", geonames_id=2778067))
    assert "was entered by hand" in desk.get(the_page(typed)).text
    assert "was entered by hand" not in desk.get(the_page(known)).text


def test_a_lost_link_is_sent_again_to_the_right_address(desk):
    draft = a_draft(email="maior@amman.example")
    first = SignatureLetter.about(draft, "confirm_signature", "en")
    old = first.token("confirm")
    assert "maior@amman.example" in desk.get(the_act(draft, "resend")).text
    press(desk, draft, "resend", email="mayor@amman.example")
    mail.outbox.clear()
    work()
    (sent,) = mail.outbox
    assert sent.to == ["mayor@amman.example"]
    assert SignatureContact.objects.get().email == "mayor@amman.example"
    assert desk.get(reverse("confirm", args=[old])).status_code == 404, "the link in the wrong mailbox is dead"
    fresh = SignatureLetter.objects.get(name="expired_link_resend").token("confirm")
    assert desk.get(reverse("confirm", args=[fresh])).status_code == 200


def test_a_link_sent_again_to_the_same_address_leaves_the_first_alive(desk):
    draft = a_draft(email="mayor@amman.example")
    old = SignatureLetter.about(draft, "confirm_signature", "en").token("confirm")
    press(desk, draft, "resend", email="mayor@amman.example")
    assert SignatureLetter.objects.filter(name="expired_link_resend").count() == 1
    assert desk.get(reverse("confirm", args=[old])).status_code == 200


def test_what_did_not_arrive_waits_until_a_later_one_did(desk):
    draft = a_draft()
    SignatureLetter.about(draft, "confirm_signature", "en").mark_bounced("550 5.1.1")
    assert draft.signer in desk.get(the_list(waits="bounced")).text
    press(desk, draft, "resend", email="other@amman.example")
    work()
    desk.get(the_page(draft))  # shows the message of the act
    assert draft.signer not in desk.get(the_list(waits="bounced")).text


def test_a_refusal_has_a_reason_for_look_alikes_and_a_sentence_of_ones_own(desk):
    signature = a_confirmed(email="mayor@arnman.example")
    press(desk, signature, "refuse", code="not-its-mailbox", note="We rang the town hall on 3 May.")
    mail.outbox.clear()
    work()
    body = mail.outbox[-1].body
    assert "belongs to the city" in body and "We rang the town hall on 3 May." in body


def test_after_an_act_the_next_that_waits_is_named_and_the_lists_filter_is_kept(desk):
    first, second, *_others = (a_confirmed(city=a_city(name)) for name in ("Amman", "Berlin", "Cali"))
    make_older(second, drafted_at=timedelta(days=3), confirmed_at=timedelta(days=2))
    kept = "?_changelist_filters=waits%3Dto-verify"
    page = desk.get(the_page(first) + kept).text
    assert f"{the_act(first, 'refuse')}{kept}" in page
    answer = desk.post(
        the_act(first, "refuse") + kept, {"code": "no-proof", "note": "", "seen": State.CONFIRMED.value}, follow=True
    )
    assert answer.redirect_chain[-1][0] == the_page(first) + kept
    assert f'<a href="{the_page(second)}{kept}">Next that waits: {second.signer}, Berlin</a>' in answer.text


def test_the_last_that_waited_names_no_next(desk):
    press(desk, signature := a_confirmed(), "refuse", code="no-proof")
    assert "Next that waits" not in desk.get(the_page(signature)).text


def test_verified_ones_are_for_me_or_for_a_colleague(desk, ana):
    mine = a_verified(city=a_city("Amman", official_domain="amman.example"))
    free = a_verified(by=ana, city=a_city("Berlin", "DE"), email="m@gmail.com")
    theirs = a_verified(city=a_city("Cali", "CO"), email="n@gmail.com")
    pages = {who: desk.get(the_list(publishable=who)).text for who in ("me", "colleague")}
    shown = {who: [the_page(one) in page for one in (mine, free, theirs)] for who, page in pages.items()}
    assert shown == {"me": [True, False, True], "colleague": [False, True, False]}
