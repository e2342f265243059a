"""A resident asks their city: one page, the same answer whatever we know, once however often it is sent."""

import pytest
from django.core import mail as outbox
from django.urls import reverse

from citysolidarity.desk import limits
from citysolidarity.http.throttle import LimitUse
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges.models import Support, SupportContact, SupportLetter
from pledges.supports.limits import SUPPORT_POSTS
from practices.models import City
from tests.forms import a_place, as_a_stranger_sees, fields_of, said, send
from tests.letters import work
from tests.people import a_city
from tests.pledges.supports.residents import ANSWERS, EMAIL, a_stamp, a_support, ask, letter_of, link

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def athens():
    return a_place()


def test_a_resident_asks_and_confirms_by_a_button(client):
    answer = ask(client, first_name="Rana")
    support = Support.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("support_sent", args=[support.reference])
    assert support.reference in client.get(answer["Location"]).text
    assert (support.state, support.city.name, support.may_be_counted) == ("asked", "Athens", True)
    assert (support.contact.email, support.contact.first_name, support.language) == (EMAIL, "Rana", "en")
    work()
    (sent,) = outbox.outbox
    assert sent.to == [EMAIL] and "Athens" in sent.subject and "Rana" not in sent.body
    address = link(letter_of(support, "confirm_support"), "confirm_support")
    assert address in sent.body
    page = client.get(address)
    assert "Athens" in page.text and "Rana" in page.text
    assert Support.objects.get().state == "asked", "opening the link changes nothing"
    done = client.post(address)
    assert done["Location"] == reverse("support_done", args=["confirmed"])
    assert Support.objects.get().state == "confirmed"
    assert client.post(address)["Location"] == done["Location"], "a second press is no fault"
    outbox.outbox.clear()
    work()
    (receipt,) = outbox.outbox
    assert receipt.body.startswith("Good day Rana,")
    withdraw = link(letter_of(support, "support_receipt"), "withdraw_support")
    assert withdraw in receipt.body and client.get(withdraw).status_code == 200
    client.post(withdraw)
    assert Support.objects.get().state == "withdrawn" and not SupportContact.objects.exists()
    assert client.post(withdraw)["Location"] == reverse("support_done", args=["withdrawn"])


def test_the_form_begins_with_the_city_that_one_comes_from(client):
    page = client.get(reverse("support"), {"for": "place:264371"})
    fields = fields_of(page)
    assert (fields["q"], fields["city"]) == ("Athens, Greece", "place:264371") and not said(page)
    answer = send(client, page, email=EMAIL, stamp=a_stamp())
    assert answer.status_code == 302 and not Support.objects.get().may_be_counted
    for odd in ("", "place:", "place:1", "city:athens-gr", "\0", "x" * 9_000, "place:²"):
        assert client.get(reverse("support"), {"for": odd}).status_code == 200


def test_without_script_the_places_are_offered_on_the_same_page(client):
    page = ask(client, city="", searched="")
    assert page.status_code == 200 and not said(page) and 'value="place:264371"' in page.text
    kept = fields_of(page)
    assert (kept["email"], kept["may_be_counted"]) == (EMAIL, "on")
    assert send(client, page, city="place:264371").status_code == 302
    assert Support.objects.get().city.name == "Athens"


def test_a_place_that_is_on_no_list_is_added_by_hand(client):
    page = ask(client, q="Athenai", city="new")
    assert page.status_code == 200 and "<h1>Add your city</h1>" in page.text
    assert fields_of(page)["email"] == EMAIL
    answer = send(client, page, place_name="Neu Athenai", place_country="GR")
    assert answer.status_code == 302
    support = Support.objects.get()
    assert support.city == City.objects.get(name="Neu Athenai")
    work()
    assert "your city" in outbox.outbox[0].body and "Athenai" not in outbox.outbox[0].body
    assert client.get(reverse("support_place")).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"q": "", "city": ""}, "Enter the name of your city"),
        ({"email": ""}, "Enter your e-mail address so that you can confirm"),
        ({"email": "rana"}, "Enter an e-mail address like"),
        ({"first_name": "see https://spam.example"}, "This contains a web or e-mail address."),
        ({"extra": "1"}, "The form contained fields that do not belong to it."),
        ({"stamp": "forged"}, "This form has changed since we sent it to you."),
        ({"subject": "buy"}, "That was very quick."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, typed, sentence):
    answer = ask(client, **typed)
    assert answer.status_code == 422 and any(line.startswith(sentence) for line in said(answer))
    kept = fields_of(answer)
    assert kept["may_be_counted"] == "on" and kept["email"] == typed.get("email", EMAIL)
    assert kept["city"] == ("" if "q" in typed else "place:264371"), "a chosen city stays chosen"
    assert not Support.objects.exists()


def test_a_robot_is_too_quick(client):
    page = client.get(reverse("support"))
    answer = send(client, page, **ANSWERS)
    assert answer.status_code == 422 and said(answer)[0].startswith("That was very quick.")


def test_one_form_counts_once_however_often_it_is_sent(client):
    fields = fields_of(client.get(reverse("support"))) | ANSWERS | {"stamp": a_stamp()}
    places = {client.post(reverse("support"), fields)["Location"] for _time in range(5)}
    assert len(places) == 1 and Support.objects.count() == SupportLetter.objects.count() == 1
    other = client.post(reverse("support"), fields | {"email": "other@home.example"})
    assert other.status_code == 422 and Support.objects.count() == 1
    assert send(client, other).status_code == 302 and Support.objects.count() == 2


def test_nobody_can_tell_whether_an_address_is_known(client):
    ask(client)
    client.post(link(SupportLetter.objects.get(), "confirm_support"))
    BlockedMailbox.objects.block("blocked@home.example")
    as_a_stranger_sees(lambda client: ask(client, email="warm@home.example"))
    new, cost = as_a_stranger_sees(lambda client: ask(client, email="new@home.example"))
    for email in (EMAIL, "RANA+x@home.example", "blocked@home.example"):
        told, its_cost = as_a_stranger_sees(lambda client, email=email: ask(client, email=email))
        assert told == new and abs(its_cost - cost) <= 1, email
    outbox.outbox.clear()
    work()
    subjects = {letter.to[0]: letter.subject for letter in outbox.outbox}
    assert "blocked@home.example" not in subjects
    assert subjects[EMAIL] == "You support Athens already" and subjects["new@home.example"].startswith("Please confirm")


def test_who_supports_already_is_told_so_and_can_withdraw(client):
    support = a_support(City.objects.get() if City.objects.exists() else a_city("Athens", "GR", geonames_id=264371), EMAIL,
                        confirmed=True)  # fmt: skip
    ask(client)
    letter = SupportLetter.objects.get(name="support_again")
    assert letter.support == support
    client.post(link(letter, "withdraw_support"))
    assert Support.objects.get(pk=support.pk).state == "withdrawn"


def test_it_was_not_me(client):
    ask(client)
    address = link(SupportLetter.objects.get(), "disown_support")
    assert client.get(address).status_code == 200 and not BlockedMailbox.objects.exists()
    assert client.post(address)["Location"] == reverse("support_done", args=["disowned"])
    assert BlockedMailbox.objects.holds(EMAIL) and not SupportContact.objects.exists()
    assert Support.objects.get().state == "withdrawn"
    confirm = client.post(link(SupportLetter.objects.get(), "confirm_support"))
    assert confirm.status_code == 409


def test_visitors_and_mailboxes_have_their_limits(client, monkeypatch):
    monkeypatch.setattr(SUPPORT_POSTS, "most", 2)
    assert [ask(client).status_code for _time in range(3)] == [302, 302, 429]
    assert Support.objects.count() == 2, "what was refused is not counted"
    LimitUse.objects.all().delete()
    monkeypatch.setattr(limits.SUPPORTS, "most", 1)
    monkeypatch.setattr(limits, "SUPPORTS_LINE", 1)
    assert [ask(client, email=f"x{at}@home.example").status_code for at in range(2)] == [302, 429]


def test_the_city_is_thanked_where_it_has_signed(client):
    from tests.pledges.signers import a_stated

    city = a_city("Athens", "GR", geonames_id=264371)
    a_stated(city)
    ask(client)
    page = client.get(link(SupportLetter.objects.get(), "confirm_support"))
    assert "Athens has signed, and you thank it." in page.text
    client.post(link(SupportLetter.objects.get(), "confirm_support"))
    outbox.outbox.clear()
    work()
    assert outbox.outbox[-1].subject == "Your thanks to Athens are confirmed"


@pytest.mark.parametrize("language", ["fr", "es", "ar", "pt"])
def test_every_page_answers_in_every_language(client, language):
    for name in ("supports", "support", "petition"):
        from django.utils.translation import override

        with override(language):
            path = reverse(name)
        assert client.get(path).status_code == 200
