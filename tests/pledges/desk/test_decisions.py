"""The acts at the desk: what each does, what is said when it cannot be done, and two curators at once."""

from datetime import timedelta
from html import unescape
from unittest.mock import patch

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from citysolidarity.mail.postbox import Letter
from pledges import emails
from pledges.models import Signature, SignatureLetter
from pledges.vocabularies import Kind, State
from tests.pledges.desk.desk import (
    at_the_desk,
    buttons,
    letters,
    now,
    press,
    proven,
    somebody,
    the_act,
)
from tests.pledges.signers import (
    a_confirmed,
    a_published,
    a_stated,
    a_verified,
    make_older,
)

pytestmark = pytest.mark.django_db


# --- verify, publish, refuse -----------------------------------------------------------------------


def test_verifying_moves_and_posts_the_letter_in_one_go(desk, ana):
    signature = proven()
    assert press(desk, signature, "verify") == ["Greater Amman Municipality: The signature is verified."]
    assert now(signature) == State.VERIFIED
    assert signature.events.get(kind=Kind.VERIFIED).by == ana
    assert letters(signature) == ["verified_notice"]


def test_the_letter_and_its_preview_are_in_the_language_of_the_city_and_not_of_the_curator(desk):
    signature = proven()
    with override("es"):
        emails.confirmed_receipt.post(signature)
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "ar"
    first_line = emails.verified_notice.preview(signature, "es").splitlines()[0]
    assert first_line in unescape(desk.get(the_act(signature, "verify")).text)
    press(desk, signature, "verify")
    assert SignatureLetter.objects.get(name="verified_notice").language == "es"


@pytest.mark.parametrize(("code", "start"), [("verify", proven), ("publish", a_verified)])
def test_a_letter_that_cannot_be_posted_takes_the_move_back(desk, code, start):
    signature = start()
    before = now(signature)
    with patch.object(Letter, "post", side_effect=RuntimeError), pytest.raises(RuntimeError):
        press(desk, signature, code)
    assert now(signature) == before
    assert not SignatureLetter.objects.exists()
    assert not LogEntry.objects.exists()


def test_without_a_strong_proof_the_button_is_off_and_says_why(desk):
    signature = a_confirmed()
    assert buttons(desk, signature)["verify"].startswith("This needs strong proof")
    assert press(desk, signature, "verify")[0].startswith("This needs strong proof")
    assert now(signature) == State.CONFIRMED
    assert letters(signature) == []


def test_a_signature_is_published_and_the_city_told(desk):
    signature = a_verified()
    assert press(desk, signature, "publish") == ["Greater Amman Municipality: The signature is published."]
    assert now(signature) == State.PUBLISHED
    assert letters(signature) == ["published_notice"]


def test_free_mail_needs_a_second_curator(desk, ana):
    signature = a_verified(by=ana, email="officer@gmail.com")
    said = (
        "An e-mail address outside the city’s recorded domain, or an earlier refusal, needs a second curator, not "
        "the one who verified."
    )
    assert buttons(desk, signature)["publish"] == said
    assert press(desk, signature, "publish") == [said]
    assert now(signature) == State.VERIFIED
    other = at_the_desk(somebody("Curator"))
    assert buttons(other, signature)["publish"] == ""
    press(other, signature, "publish")
    assert now(signature) == State.PUBLISHED


def test_a_newer_signature_takes_the_place_of_the_live_one(desk):
    old = a_published()
    new = a_verified(city=old.city)
    assert buttons(desk, new)["publish"].startswith("This city has a live signature")
    assert press(desk, new, "publish") == ["This city already has a signature: replace or withdraw it first."]
    assert press(desk, new, "replace") == [
        "Greater Amman Municipality: The signature is published, and the earlier one superseded."
    ]
    assert (now(old), now(new)) == (State.SUPERSEDED, State.PUBLISHED)
    assert letters(new) == ["published_notice"]


def test_replacing_is_offered_only_where_there_is_something_to_replace(desk):
    assert "replace" not in buttons(desk, a_verified())


def test_when_the_live_one_has_gone_meanwhile_nothing_is_replaced(desk):
    old = a_published()
    new = a_verified(city=old.city)
    old.withdraw()
    answer = desk.post(the_act(new, "replace"), {"seen": "verified"}, follow=True)
    assert "This is no longer possible. Nothing was changed" in answer.content.decode()
    assert now(new) == State.VERIFIED


def test_a_refusal_shows_each_letter_and_sends_the_chosen_one(desk):
    signature = a_confirmed()
    page = desk.get(the_act(signature, "refuse")).content.decode()
    assert "As far as we know, the person who signed is not authorised" in page
    assert "We could not find proof that the institution has decided to sign." in page
    assert 'value="not-me"' not in page
    press(desk, signature, "refuse", code="no-mandate")
    assert now(signature) == State.REFUSED
    assert Signature.objects.get(pk=signature.pk).refusal == "no-mandate"
    assert signature.events.get(kind=Kind.REFUSED).reason == "no-mandate"
    assert letters(signature) == ["refused"]


@pytest.mark.parametrize("code", ["", "not-me", "because"])
def test_a_refusal_needs_one_of_its_reasons(desk, code):
    signature = a_confirmed()
    assert len(press(desk, signature, "refuse", code=code)) == 1
    assert now(signature) == State.CONFIRMED


def test_where_the_contact_is_erased_the_move_is_made_and_no_letter_posted(desk):
    signature = a_verified()
    signature.contact.delete()
    press(desk, signature, "publish")
    assert now(signature) == State.PUBLISHED
    assert letters(signature) == []


# --- withdraw and undo ------------------------------------------------------------------------------


def test_a_lead_curator_withdraws_with_a_reason_and_can_undo_it(lead):
    signature = a_published()
    assert press(lead, signature, "withdraw", reason=" ") == ["Please give a reason."]
    assert now(signature) == State.PUBLISHED
    press(lead, signature, "withdraw", reason="The council never decided.")
    assert now(signature) == State.WITHDRAWN
    assert signature.events.get(kind=Kind.WITHDRAWN).reason == "The council never decided."
    assert letters(signature) == ["taken_away"]
    assert press(lead, signature, "undo") == ["Greater Amman Municipality: The withdrawal is undone."]
    assert now(signature) == State.PUBLISHED


def test_after_two_days_a_withdrawal_stays(lead):
    signature = a_published()
    signature.withdraw()
    make_older(
        signature,
        **dict.fromkeys(
            ("drafted_at", "confirmed_at", "verified_at", "published_at", "withdrawn_at"), timedelta(hours=49)
        ),
    )
    said = "A withdrawal can be undone for 48 hours only."
    assert buttons(lead, signature)["undo"] == said
    assert press(lead, signature, "undo") == [said]
    assert now(signature) == State.WITHDRAWN


def test_history_is_withdrawn_without_a_letter(lead):
    signature = a_stated(published_at=timezone.now())
    press(lead, signature, "withdraw", reason="The source was wrong.")
    assert now(signature) == State.WITHDRAWN
    assert letters(signature) == []


# --- two at once -----------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["verify", "refuse"])
def test_the_second_of_two_curators_hears_that_somebody_else_has_acted(desk, first):
    signature = proven()
    asked = desk.get(the_act(signature, "refuse"))
    other = somebody("Curator")
    press(at_the_desk(other), signature, first, code="duplicate")
    stands = now(signature)
    answer = desk.post(
        the_act(signature, "refuse"), {"seen": asked.context["seen"][1], "code": "no-proof"}, follow=True
    )
    what = {"verify": "Verified by a curator", "refuse": "Refused"}[first]
    assert f"Someone else has already acted: {what}, {other.username}. Nothing was changed" in answer.content.decode()
    assert now(signature) == stands
    assert Signature.objects.get(pk=signature.pk).refusal == ("duplicate" if first == "refuse" else "")


def test_pressing_a_button_twice_acts_once(desk):
    signature = proven()
    for _ in range(2):
        answer = desk.post(the_act(signature, "verify"), {"seen": "confirmed"}, follow=True)
    assert "You have already acted: Verified by a curator." in answer.content.decode()
    assert signature.events.filter(kind=Kind.VERIFIED).count() == 1
    assert letters(signature) == ["verified_notice"]


def test_a_post_that_does_not_say_what_was_seen_does_nothing(desk):
    signature = proven()
    desk.post(the_act(signature, "verify"))
    assert now(signature) == State.CONFIRMED


def test_the_withdrawal_of_the_city_is_told_to_the_curator_whose_page_was_open(desk):
    signature = proven()
    signature.withdraw()
    answer = desk.post(the_act(signature, "verify"), {"seen": "confirmed"}, follow=True)
    assert "This signature has changed in the meantime (Withdrawn)." in answer.content.decode()
    connection.check_constraints()
