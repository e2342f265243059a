"""Somebody follows a selection or a city by e-mail: one page, the same answer whatever we know, one press to stop."""

import re

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from citysolidarity.desk import limits
from citysolidarity.http.throttle import LimitUse
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from practices.following.limits import FOLLOW_POSTS
from practices.models import Follower, Following, FollowingLetter
from practices.vocabularies import COUNTRIES
from tests.forms import as_a_stranger_sees, fields_of, said
from tests.letters import work
from tests.people import a_city, a_practice
from tests.practices.following.followers import EMAIL, a_following, a_stamp, follow, letter_of, link

pytestmark = pytest.mark.django_db
WORDS = "buy-cheap-spam"


def test_somebody_follows_a_selection_confirms_by_a_button_and_stops(client):
    answer = follow(client, "theme=housing&view=map&sort=city&p=nowhere")
    following = Following.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("follow_sent", args=[following.reference])
    assert following.reference in client.get(answer["Location"]).text
    assert (following.state, following.query, following.pace) == ("asked", "theme=housing", "monthly")
    work()
    (sent,) = outbox.outbox
    assert (
        sent.to == [EMAIL] and "practices about housing" in sent.body and "List-Unsubscribe" not in sent.extra_headers
    )
    address = link(letter_of(following, "confirm_following"), "confirm_following")
    assert address in sent.body and "practices about housing" in client.get(address).text
    assert Following.objects.get().state == "asked", "opening the link changes nothing"
    done = client.post(address)
    assert done["Location"] == reverse("follow_done", args=["confirmed"])
    assert client.post(address)["Location"] == done["Location"], "a second press is no fault"
    assert Following.objects.get().state == "follows"
    outbox.outbox.clear()
    work()
    (receipt,) = outbox.outbox
    stop = link(letter_of(following, "following_receipt"), "stop_following")
    assert stop in receipt.body and client.get(stop).status_code == 200
    assert Following.objects.get().state == "follows", "nor does opening this one"
    assert client.post(stop)["Location"] == reverse("follow_done", args=["stopped"])
    gone = Following.objects.get()
    assert (gone.state, gone.query, gone.mailbox) == ("stopped", "", None) and not Follower.objects.exists()


def test_a_mail_program_stops_with_one_press_wherever_it_comes_from(client):
    """RFC 8058: the POST has no cookie and no token of a form, and its answer leads nowhere."""
    following = a_following("theme=housing")
    work()
    headers = outbox.outbox[-1].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [address] = re.findall(rb"^List-Unsubscribe: <https?://[^/]+(/[^>]+)>\r?$", headers.as_bytes(), re.MULTILINE)
    address = address.decode()
    stranger = Client(
        enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site", "origin": "https://mail.example"}
    )
    assert stranger.get(address).status_code == 200 and Following.objects.get().state == "follows"
    assert stranger.post(address, {"anything": "else"}).status_code == 403
    for _press in range(2):
        answer = stranger.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert (answer.status_code, answer.content) == (200, b"") and not answer.cookies
    assert Following.objects.get().state == "stopped" and not Follower.objects.exists()
    another = link(letter_of(following, "confirm_following"), "confirm_following").replace("/confirm/", "/stop/")
    assert stranger.post(another, {"List-Unsubscribe": "One-Click"}).status_code == 404


def test_every_earlier_email_can_stop_and_says_when_it_is_over(client):
    following = a_following()
    confirm = link(letter_of(following, "confirm_following"), "confirm_following")
    following.stop()
    stop = link(letter_of(following, "following_receipt"), "stop_following")
    assert client.post(stop)["Location"] == reverse("follow_done", args=["stopped"])
    assert client.post(confirm).status_code == 409
    assert Following.objects.get().state == "stopped"


def test_a_city_is_followed_where_it_is_shown(client):
    practice = a_practice(city=a_city("Amman", "JO"))
    assert "Amman, Jordan" in client.get(f"{reverse('follow')}?city={practice.city.slug}").text
    assert client.get(f"{reverse('follow')}?city={a_city('Irbid', 'JO').slug}").status_code == 404
    assert follow(client, f"city={practice.city.slug}").status_code == 302
    assert Following.objects.get().city == practice.city
    refused = follow(client, f"city={practice.city.slug}", city="irbid-jo")
    assert said(refused) == ["The directory no longer shows this city."]


def test_what_somebody_typed_stands_in_no_email_before_its_button_is_pressed(client):
    follow(client, f"theme=housing&q={WORDS}")
    following = Following.objects.get()
    work()
    assert WORDS not in str(outbox.outbox[-1].message()) and "about housing" in outbox.outbox[-1].body
    address = link(letter_of(following, "confirm_following"), "confirm_following")
    assert WORDS in client.get(address).text
    client.post(address)
    work()
    assert WORDS in outbox.outbox[-1].body


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"pace": ""}, "Select how often"),
        ({"pace": "hourly"}, "Select how often"),
        ({"email": ""}, "Enter your e-mail address so that you can confirm"),
        ({"email": "rana"}, "Enter an e-mail address like"),
        ({"selection": "&".join(f"country={code}" for code in COUNTRIES.codes)}, "This selection is too long to be followed."),
        ({"extra": "1"}, "The form contained fields that do not belong to it."),
        ({"stamp": "forged"}, "This form has changed since we sent it to you."),
        ({"subject": "buy"}, "That was very quick."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, typed, sentence):
    answer = follow(client, **typed)
    assert answer.status_code == 422 and any(line.startswith(sentence) for line in said(answer)), said(answer)
    kept = fields_of(answer)
    assert kept["email"] == typed.get("email", EMAIL) and kept["selection"] == typed.get("selection", "theme=housing")
    assert not Following.objects.exists()


def test_one_form_counts_once_however_often_it_is_sent(client):
    fields = fields_of(client.get(reverse("follow"))) | {"stamp": a_stamp(), "email": EMAIL, "pace": "monthly"}
    places = {client.post(reverse("follow"), fields)["Location"] for _time in range(5)}
    assert len(places) == 1 and Following.objects.count() == FollowingLetter.objects.count() == 1
    other = client.post(reverse("follow"), fields | {"email": "other@home.example"})
    assert other.status_code == 422 and Following.objects.count() == 1


def test_nobody_can_tell_whether_an_address_is_known(client):
    a_following("theme=housing", email=EMAIL, pace="monthly")
    BlockedMailbox.objects.block("blocked@home.example")
    as_a_stranger_sees(lambda client: follow(client, email="warm@home.example"))
    new, cost = as_a_stranger_sees(lambda client: follow(client, email="new@home.example"))
    for email in (EMAIL, "RANA+x@home.example", "blocked@home.example"):
        told, its_cost = as_a_stranger_sees(lambda client, email=email: follow(client, email=email))
        assert told == new and abs(its_cost - cost) <= 1, email
    work()
    subjects = {letter.to[0]: letter.subject for letter in outbox.outbox}
    assert "blocked@home.example" not in subjects and subjects["new@home.example"].startswith("Please confirm")
    assert "You get these e-mails already" in [letter.subject for letter in outbox.outbox]


def test_another_pace_takes_the_place_of_the_one_before(client):
    slow = a_following("theme=housing", email=EMAIL, pace="monthly")
    quick = a_following("theme=housing", email="R.ana+x@home.example".replace(".", "", 1))
    slow.refresh_from_db()
    assert (slow.state, quick.state) == ("stopped", "follows")
    assert a_following("theme=welcome", email=EMAIL).state == "follows"
    assert Following.objects.live().count() == 2


def test_it_was_not_me(client):
    follow(client)
    address = link(FollowingLetter.objects.get(), "disown_following")
    assert client.get(address).status_code == 200 and not BlockedMailbox.objects.exists()
    assert client.post(address)["Location"] == reverse("follow_done", args=["disowned"])
    assert BlockedMailbox.objects.holds(EMAIL) and not Follower.objects.exists()
    assert client.post(link(FollowingLetter.objects.get(), "confirm_following")).status_code == 409


def test_visitors_and_all_together_have_their_limits(client, monkeypatch):
    monkeypatch.setattr(FOLLOW_POSTS, "most", 2)
    assert [follow(client).status_code for _time in range(3)] == [302, 302, 429]
    LimitUse.objects.all().delete()
    monkeypatch.setattr(limits.FOLLOWINGS, "most", 1)
    monkeypatch.setattr(limits, "FOLLOWINGS_LINE", 1)
    assert [follow(client, email=f"x{at}@home.example").status_code for at in range(2)] == [302, 429]


@pytest.mark.parametrize("language", ["fr", "es", "ar", "pt"])
def test_the_form_answers_in_every_language(client, language):
    with override(language):
        answer = follow(client)
    assert answer.status_code == 302 and Following.objects.get().language == language


def test_the_lists_and_the_cities_lead_to_it(client):
    practice = a_practice(city=a_city("Amman", "JO"))
    for page in (f"{reverse('directory')}?theme=housing", f"{reverse('take_away')}?theme=housing"):
        assert f'href="{reverse("follow")}?theme=housing"' in client.get(page).text, page
    assert f'href="{reverse("follow")}?city=amman-jo"' in client.get(practice.city.get_absolute_url()).text
