"""The desk: nothing reaches a city before a curator has read it, and a city gets one invitation a month at most."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models import Invitation, InvitationLetter, InvitedCity
from tests.letters import work
from tests.people import a_city
from tests.pledges.desk.desk import at_the_desk, somebody
from tests.pledges.invitations.inviters import WORDS, an_invitation, make_older
from tests.pledges.signers import a_published, a_stated
from tests.pledges.supports.residents import an_asked_city

pytestmark = pytest.mark.django_db
MAILBOX = "mail@athens.example"


@pytest.fixture
def curator():
    return at_the_desk(somebody("Curator"))


@pytest.fixture
def athens():
    return a_city("Athens", "GR", geonames_id=264371)


def address_of(invitation):
    return reverse("admin:pledges_invitation_change", args=[invitation.pk])


def press(client, invitation, act, **typed):
    fields = {"city_email": invitation.city_email, "refusal": "", "refusal_note": ""}
    page = client.post(address_of(invitation), fields | {f"_act_{act}": "1"} | typed, follow=True)
    invitation.refresh_from_db()
    return page


def waiting(client):
    return client.get(reverse("admin:pledges_invitation_changelist") + "?waits=to-decide").text


def test_a_curator_reads_completes_and_sends(curator, athens):
    invitation = an_invitation(athens, "rana@home.example", confirmed=True)
    unconfirmed = an_invitation(a_city("Irbid"))
    assert "Invitations of cities to read" in curator.get(reverse("admin:index")).text
    assert invitation.reference in waiting(curator) and unconfirmed.reference not in waiting(curator)
    page = press(curator, invitation, "send")
    assert "first save the city" in page.text and not InvitedCity.objects.exists()
    assert "This cannot be empty." in press(curator, invitation, "preview").text
    page = press(curator, invitation, "preview", city_email=MAILBOX)
    assert invitation.read_at and "/fr/statement/sign/" in page.text and WORDS in page.text
    assert "rana@home.example" not in page.text
    work()
    outbox.outbox.clear()
    press(curator, invitation, "send")
    assert invitation.state == "sent" and invitation.invited.sent_on == timezone.localdate()
    work()
    to = {letter.to[0]: letter for letter in outbox.outbox}
    assert set(to) == {MAILBOX, "rana@home.example"}
    assert WORDS in to[MAILBOX].body and "Rana" in to[MAILBOX].body and "home.example" not in to[MAILBOX].body
    assert "/fr/statement/kit/?city=Ath" in to[MAILBOX].body
    told = to["rana@home.example"]
    assert told.subject == "Your invitation has gone to Athens" and date_format(timezone.localdate()) in told.body
    assert MAILBOX not in told.body
    assert "it has been sent" in press(curator, invitation, "send").text
    assert InvitationLetter.objects.filter(name="invite_city").count() == 1


def test_what_is_refused_is_not_sent_and_its_writer_is_told_why(curator, athens):
    invitation = an_invitation(athens, "rana@home.example", confirmed=True)
    assert "This cannot be empty." in press(curator, invitation, "refuse").text
    assert "This cannot be empty." in press(curator, invitation, "refuse", refusal="other").text
    press(curator, invitation, "refuse", refusal="words", refusal_note="Please without the joke.")
    assert invitation.state == "refused"
    outbox.outbox.clear()
    work()
    sent = outbox.outbox[-1]
    assert sent.to == ["rana@home.example"] and sent.subject == "Your invitation of Athens was not sent"
    assert "we do not pass on a message like this" in sent.body and "without the joke" in sent.body
    for act in ("preview", "send", "refuse"):
        assert "it was decided not to send it" in press(curator, invitation, act, refusal="words").text
    assert not InvitedCity.objects.exists()


def test_what_was_read_goes_together_and_what_was_not_waits(curator, athens):
    first, second, unread = (an_invitation(athens, confirmed=True, message=f"Words {at}.") for at in range(3))
    other_language = an_invitation(athens, confirmed=True, message="Mots.", letter_language="en")
    for invitation in (first, second, other_language):
        press(curator, invitation, "preview", city_email=MAILBOX)
    page = curator.get(address_of(first)).text
    assert second.reference in page and unread.reference not in page
    assert "with 2 invitations" in press(curator, first, "send").text
    second.refresh_from_db()
    assert second.invited == first.invited and Invitation.objects.filter(invited__isnull=False).count() == 2
    outbox.outbox.clear()
    work()
    (to_city,) = [letter for letter in outbox.outbox if letter.to == [MAILBOX]]
    assert "Words 0." in to_city.body and "Words 1." in to_city.body and "Words 2." not in to_city.body
    assert sum(letter.subject == "Your invitation has gone to Athens" for letter in outbox.outbox) == 2
    # The one in another language was read and can go in a month; the unread one is to be read now.
    assert other_language.reference not in waiting(curator) and unread.reference in waiting(curator)


def test_a_city_is_invited_once_a_month(curator, athens):
    first, later = an_invitation(athens, confirmed=True), an_invitation(athens, confirmed=True)
    press(curator, first, "preview", city_email=MAILBOX)
    press(curator, first, "send")
    assert MAILBOX in curator.get(address_of(later)).text, "what was found before is offered again"
    press(curator, later, "preview", city_email=MAILBOX)
    day = date_format(timezone.localdate() + timedelta(days=31), "DATE_FORMAT")
    assert f"the next one can go from {day} on" in press(curator, later, "send").text and not later.invited
    by = somebody("Curator")
    with pytest.raises(TransitionNotAllowed, match="one invitation a month"):
        InvitedCity.invite(athens, MAILBOX, "en", by)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitedCity.objects.create(
            city=athens, email=MAILBOX, language="en", sent_by=by, sent_on=timezone.localdate() + timedelta(days=30)
        )
    make_older(timedelta(days=30))
    assert later.reference not in waiting(curator) and later.why_not_send()
    make_older(timedelta(days=1))
    assert later.reference in waiting(curator)
    press(curator, later, "send")
    assert later.state == "sent" and InvitedCity.objects.count() == 2


def test_a_city_that_has_signed_is_not_invited(curator, athens):
    named, unnamed = an_invitation(athens, confirmed=True), an_invitation(a_city("Irbid"), confirmed=True)
    a_stated(athens)
    a_published(city=unnamed.city, visibility="counted")
    for invitation in (named, unnamed):
        press(curator, invitation, "preview", city_email=MAILBOX)
        assert "the city has signed" in press(curator, invitation, "send").text
    press(curator, named, "refuse", refusal="signed")
    work()
    assert "the city has signed in the meantime" in outbox.outbox[-1].body


@pytest.mark.parametrize("email", ["officer@amman.example", "officer@gmail.com"])
def test_the_e_mail_says_what_we_know_of_who_writes(curator, athens, email):
    signature = a_published()
    invitation = an_invitation(
        athens, email, confirmed=True, writer="city", from_city=signature.city, letter_language="en"
    )
    page = press(curator, invitation, "preview", city_email=MAILBOX).text
    official = email.endswith("amman.example")
    assert ("Someone with an e-mail address of Amman" in page) is official
    assert ("we have not checked it" in page) is not official
    assert email not in page


def test_the_address_of_the_city_is_offered_where_residents_asked_before(curator):
    asked = an_asked_city()
    asked.keep_address(somebody("Curator"), "hall@amman.example", "en")
    assert "hall@amman.example" in curator.get(address_of(an_invitation(asked.city, confirmed=True))).text


def test_a_viewer_presses_nothing(athens):
    invitation, viewer = an_invitation(athens, confirmed=True), somebody("Viewer")
    assert at_the_desk(viewer).get(address_of(invitation)).status_code == 403
    for act in (
        lambda: invitation.read(viewer, MAILBOX),
        lambda: invitation.send(viewer),
        lambda: invitation.refuse(viewer, "words"),
    ):
        with pytest.raises(TransitionNotAllowed):
            act()


def test_the_list_can_be_taken_away_without_an_address(curator, athens):
    an_invitation(athens, confirmed=True)
    text = curator.post(reverse("admin:pledges_invitation_export", args=["csv"])).content.decode()
    assert "athens-gr,resident" in text and "home.example" not in text


@pytest.mark.parametrize(
    "columns",
    [
        {"confirmed_at": None},
        {"confirmed_at": Now() - timedelta(days=1)},
        {"read_by": None},
        {"refused_at": Now()},
        {"refusal": "words"},
        {"withdrawn_at": Now()},
        {"withdrawn_at": Now(), "mailbox": None, "message": "", "invited": None, "refused_at": Now()},
        {"read_at": None, "read_by": None},
        {"writer": "city"},
    ],
)
def test_the_database_refuses_impossible_pairs(athens, columns):
    invitation, by = an_invitation(athens, confirmed=True), somebody("Curator")
    invitation.read(by, MAILBOX)
    invitation.send(by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**columns)
