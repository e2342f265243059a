"""Somebody invites a city: one page, the same answer whatever we know, once however often it is sent."""

import pytest
from django.core import mail as outbox
from django.urls import reverse
from django.utils.translation import override

from citysolidarity.desk import limits
from citysolidarity.http.throttle import LimitUse
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges.invitations.limits import INVITE_POSTS
from pledges.models import Invitation, InvitationContact, InvitationLetter
from practices.models import City
from tests.forms import a_place, as_a_stranger_sees, fields_of, said, send
from tests.letters import work
from tests.people import a_city
from tests.pledges.invitations.inviters import ANSWERS, EMAIL, WORDS, a_stamp, an_invitation, invite, letter_of, link
from tests.pledges.signers import a_published, a_stated, a_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def athens():
    return a_place()


def test_somebody_invites_confirms_by_a_button_and_may_withdraw(client):
    answer = invite(client)
    invitation = Invitation.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("invite_sent", args=[invitation.reference])
    assert invitation.reference in client.get(answer["Location"]).text
    assert (invitation.state, invitation.city.name, invitation.writer) == ("unconfirmed", "Athens", "resident")
    assert (invitation.message, invitation.language, invitation.letter_language) == (WORDS, "en", "fr")
    assert (invitation.contact.email, invitation.contact.first_name) == (EMAIL, "Rana")
    work()
    (sent,) = outbox.outbox
    assert sent.to == [EMAIL] and "Athens" in sent.subject and "Rana" not in sent.body and "schools" not in sent.body
    address = link(letter_of(invitation, "confirm_invitation"), "confirm_invitation")
    assert address in sent.body and WORDS in client.get(address).text
    assert Invitation.objects.get().state == "unconfirmed", "opening the link changes nothing"
    done = client.post(address)
    assert done["Location"] == reverse("invite_done", args=["confirmed"])
    assert client.post(address)["Location"] == done["Location"], "a second press is no fault"
    assert Invitation.objects.get().state == "waits"
    outbox.outbox.clear()
    work()
    (receipt,) = outbox.outbox
    withdraw = link(letter_of(invitation, "invitation_receipt"), "withdraw_invitation")
    assert withdraw in receipt.body and client.get(withdraw).status_code == 200
    client.post(withdraw)
    gone = Invitation.objects.get()
    assert (gone.state, gone.message, gone.mailbox) == ("withdrawn", "", None)
    assert not InvitationContact.objects.exists()


def test_a_signatory_writes_for_its_city(client):
    signature = a_published()
    a_stated(a_city("Vienna", "AT"))
    page = client.get(reverse("invite")).text
    assert f'value="{signature.city.slug}"' in page and 'value="vienna-at"' in page
    hidden = a_published(city=a_city("Irbid", "JO"), visibility="counted")
    assert f'value="{hidden.city.slug}"' not in client.get(reverse("invite")).text
    refused = invite(client, writer="city")
    assert said(refused) == ["Select the city for which you write"]
    assert invite(client, writer="city", from_city=hidden.city.slug).status_code == 422
    assert invite(client, writer="city", from_city=signature.city.slug).status_code == 302
    assert Invitation.objects.get().from_city == signature.city


def test_a_city_that_has_signed_is_thanked_and_not_invited(client):
    city = a_city("Athens", "GR", geonames_id=264371)
    a_stated(city)
    answer = invite(client)
    assert answer.status_code == 422 and "has signed the statement" in said(answer)[0]
    assert f"{reverse('support')}?for=city:{city.slug}" in answer.text
    assert not Invitation.objects.exists()


def test_a_city_that_signs_in_between_is_not_invited(client):
    invite(client)
    a_stated(City.objects.get())
    answer = client.post(link(InvitationLetter.objects.get(), "confirm_invitation"))
    assert answer.status_code == 409 and "has signed in the meantime" in answer.text
    assert Invitation.objects.get().state == "unconfirmed"


def test_without_script_in_any_script_and_by_hand(client):
    page = invite(client, q="أثينا", city="", searched="")
    assert page.status_code == 200 and not said(page) and 'value="place:264371"' in page.text
    kept = fields_of(page)
    assert (kept["message"], kept["writer"], kept["letter_language"], kept["consent"]) == (
        WORDS,
        "resident",
        "fr",
        "on",
    )
    assert send(client, page, city="place:264371").status_code == 302
    by_hand = invite(client, q="Athenai", city="new", email="other@home.example")
    assert "<h1>Add the city</h1>" in by_hand.text and fields_of(by_hand)["message"] == WORDS
    assert send(client, by_hand, place_name="Neu Athenai", place_country="GR").status_code == 302
    assert Invitation.objects.last().city == City.objects.get(name="Neu Athenai")
    work()
    assert "Athenai" not in outbox.outbox[-1].body
    assert client.get(reverse("invite_place")).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"q": "", "city": ""}, "Enter the name of your city"),
        ({"writer": ""}, "Select whether you write for a city or as a resident"),
        ({"writer": "pope"}, "Select whether you write for a city or as a resident"),
        ({"from_city": "atlantis-xx"}, "Select a city from the list of those that have signed"),
        ({"letter_language": "xx"}, "Select a language from the list"),
        ({"message": ""}, "Write a few words to the city"),
        ({"message": "a " * 600}, "This is 1199 characters long; the limit is 1000."),
        ({"message": "Write to me: rana@home.example"}, "This contains an e-mail address."),
        ({"email": ""}, "Enter your e-mail address so that you can confirm"),
        ({"first_name": "see https://spam.example"}, "This contains a web or e-mail address."),
        ({"extra": "1"}, "The form contained fields that do not belong to it."),
        ({"stamp": "forged"}, "This form has changed since we sent it to you."),
        ({"subject": "buy"}, "That was very quick."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, typed, sentence):
    answer = invite(client, **typed)
    assert answer.status_code == 422 and any(line.startswith(sentence) for line in said(answer)), said(answer)
    kept = fields_of(answer)
    assert kept["consent"] == "on" and kept["email"] == typed.get("email", EMAIL)
    assert kept["message"].strip() == typed.get("message", WORDS).strip()
    assert not Invitation.objects.exists()


def test_nobody_invites_without_consent(client):
    fields = fields_of(client.get(reverse("invite"))) | ANSWERS | {"stamp": a_stamp()}
    del fields["consent"]
    answer = client.post(reverse("invite"), fields)
    assert said(answer) == ["Tick the box to agree that your message is sent to the city"]


def test_one_form_counts_once_however_often_it_is_sent(client):
    fields = fields_of(client.get(reverse("invite"))) | ANSWERS | {"stamp": a_stamp()}
    places = {client.post(reverse("invite"), fields)["Location"] for _time in range(5)}
    assert len(places) == 1 and Invitation.objects.count() == InvitationLetter.objects.count() == 1
    other = client.post(reverse("invite"), fields | {"email": "other@home.example"})
    assert other.status_code == 422 and Invitation.objects.count() == 1


def test_nobody_can_tell_whether_an_address_is_known(client):
    invite(client)
    client.post(link(InvitationLetter.objects.get(), "confirm_invitation"))
    BlockedMailbox.objects.block("blocked@home.example")
    as_a_stranger_sees(lambda client: invite(client, email="warm@home.example"))
    new, cost = as_a_stranger_sees(lambda client: invite(client, email="new@home.example"))
    for email in (EMAIL, "RANA+x@home.example", "blocked@home.example"):
        told, its_cost = as_a_stranger_sees(lambda client, email=email: invite(client, email=email))
        assert told == new and abs(its_cost - cost) <= 1, email
    outbox.outbox.clear()
    work()
    subjects = {letter.to[0]: letter.subject for letter in outbox.outbox}
    assert "blocked@home.example" not in subjects
    assert subjects[EMAIL] == "You have invited Athens already"
    assert subjects["new@home.example"].startswith("Please confirm")


def test_a_mailbox_has_one_invitation_of_a_city_that_waits():
    first = an_invitation(email="rana@gmail.com", confirmed=True)
    second = an_invitation(first.city, "R.a.n.a+x@googlemail.com")
    with pytest.raises(ValueError, match="You have invited this city before"):
        second.confirm()
    an_invitation(a_city("Irbid"), "rana@gmail.com", confirmed=True)
    first.withdraw()
    second.confirm()


def test_it_was_not_me(client):
    invite(client)
    address = link(InvitationLetter.objects.get(), "disown_invitation")
    assert client.get(address).status_code == 200 and not BlockedMailbox.objects.exists()
    assert client.post(address)["Location"] == reverse("invite_done", args=["disowned"])
    assert BlockedMailbox.objects.holds(EMAIL) and not InvitationContact.objects.exists()
    assert client.post(link(InvitationLetter.objects.get(), "confirm_invitation")).status_code == 409


def test_visitors_and_all_together_have_their_limits(client, monkeypatch):
    monkeypatch.setattr(INVITE_POSTS, "most", 2)
    assert [invite(client).status_code for _time in range(3)] == [302, 302, 429]
    LimitUse.objects.all().delete()
    monkeypatch.setattr(limits.INVITATIONS, "most", 1)
    monkeypatch.setattr(limits, "INVITATIONS_LINE", 1)
    assert [invite(client, email=f"x{at}@home.example").status_code for at in range(2)] == [302, 429]


@pytest.mark.parametrize("language", ["fr", "es", "ar", "pt"])
def test_the_form_answers_in_every_language(client, language):
    with override(language):
        page = client.get(reverse("invite"))
    assert page.status_code == 200 and fields_of(page)["letter_language"] == language


def test_the_pages_about_signing_lead_to_it(client):
    a_version()
    for name in ("statement", "kit", "hundred_days", "supports"):
        assert f'href="{reverse("invite")}"' in client.get(reverse(name)).text, name
