""" "This was not me": what strangers can set off sends no letter there, and looks the same to whoever sets it off."""

import re

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from citysolidarity.http.throttle import keyed_hash
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from citysolidarity.mail.letter import seconds_to_wait
from pledges import emails as signing
from pledges.invitations import emails as inviting
from pledges.supports import emails as supporting
from practices.correspondence import emails as about_entries
from practices.following import emails as following
from practices.models import Report
from practices.models.correspondence.report import Problem
from practices.sharing import emails as sharing
from tests.forms import a_place, fields_of, send
from tests.letters import work
from tests.people import a_practice
from tests.pledges.email_links.letters import link, make_old, posted
from tests.pledges.invitations.inviters import invite
from tests.pledges.signers import a_draft, a_published, a_version
from tests.pledges.signing.journeys import sign
from tests.pledges.supports.residents import ask as support
from tests.practices.correspondence.letters import MAILBOX, a_route
from tests.practices.correspondence.writing import send as write
from tests.practices.following.followers import follow
from tests.practices.sharing.sharers import at, share

pytestmark = pytest.mark.django_db
FREE, BLOCKED = "one@athens.example", "two@athens.example"


def signed(client, email):
    return sign(client, contact={"email": email})


def asked_for_a_link(client, email):
    a_published(email=email)
    return client.post(reverse("sign_change"), {"email": email, "wish": "withdraw"})


def asked_for_another_link(client, email):
    letter = posted(signing.confirm_signature, a_draft(email=email))
    make_old(letter, days=8)
    return client.post(link(letter, "confirm"), {"again": "1"})


def shared(client, email):
    return share(client, contact={"email": email, "office": "Office"})


def saved(client, email):
    asked = client.post(reverse("share_save"), fields_of(at(client, "summary")) | {"show": "1"})
    return send(client, asked, save_email=email)


def asked_a_city(client, email):
    return write(client, "practice_ask", a_practice(), text="How did you begin?", email=email, may_be_shown="")


def reported(client, email):
    return write(client, "practice_report", a_practice(), text="The year is wrong.", email=email, kind=Problem.WRONG)


def supported(client, email):
    return support(client, email=email)


def invited(client, email):
    return invite(client, email=email)


def followed(client, email):
    return follow(client, email=email)


# What the public can do with somebody else's address, and whether a letter goes there.
ACTS = {
    signed: True,
    asked_for_a_link: True,
    asked_for_another_link: True,
    shared: True,
    saved: True,
    asked_a_city: True,
    reported: True,
    supported: True,
    invited: True,
    followed: True,
}


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A person takes longer than a test does."""
    monkeypatch.setattr("citysolidarity.forms.form_token.SLOWER_THAN_A_ROBOT", 0)
    a_place()
    a_version()


def seen_after(act, email):
    """What a stranger sees, and how many statements it took."""
    client = Client()
    with CaptureQueriesContext(connection) as made:
        answer = act(client, email)
    after = client.get(answer["Location"]) if answer.status_code == 302 else answer
    return (answer.status_code, sorted(answer.headers), len(after.content)), len(made)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_a_blocked_mailbox_gets_no_letter_and_nobody_can_tell(act):
    seen_after(act, "zero@athens.example")  # fills what a process keeps
    BlockedMailbox.objects.block(BLOCKED)
    (free, cost), (blocked, blocked_cost) = seen_after(act, FREE), seen_after(act, BLOCKED)
    assert free == blocked and free[0] in (200, 302)
    assert abs(cost - blocked_cost) <= 1
    outbox.outbox.clear()
    work()
    reached = {address for letter in outbox.outbox for address in letter.to}
    assert BLOCKED not in reached and (FREE in reached) is ACTS[act]


def test_every_letter_to_a_typed_address_is_asked_about():
    """All leave by one door: what hands a letter to the mail server is the postbox, and the alarms to curators."""
    found = {
        file.relative_to(settings.BASE_DIR).as_posix()
        for package in ("citysolidarity", "practices", "pledges")
        for file in (settings.BASE_DIR / package).rglob("*.py")
        if re.search(r"\b(deliver|send_mail|EmailMessage)\(", file.read_text("utf-8"))
    }
    alarms = {"pledges/signing/alarm.py", "citysolidarity/operation/alarms.py"}
    assert found == {"citysolidarity/mail/sending.py", "citysolidarity/mail/postbox.py"} | alarms
    assert {
        postbox.REGISTRY.task.func.__name__
        for postbox in (signing, supporting, inviting, about_entries, sharing, following)
    } == {"send_letter"}


def test_the_mailbox_of_an_office_that_a_curator_keeps_is_written_to(client):
    """What somebody else typed as theirs must not silence it."""
    practice = a_practice()
    a_route(practice)
    BlockedMailbox.objects.block(MAILBOX)
    write(client, "practice_report", practice, text="We see it otherwise.", email="", kind=Problem.REPLY)
    assert Report.objects.get().take_up()
    work()
    assert [letter.to for letter in outbox.outbox] == [[MAILBOX]]


def test_no_answer_of_a_curator_reaches_a_mailbox_that_was_blocked_meanwhile(client):
    signature = a_published(email=BLOCKED)
    BlockedMailbox.objects.block(BLOCKED)
    letter = posted(signing.published_notice, signature)
    work()
    letter.refresh_from_db()
    assert (outbox.outbox, letter.reply, letter.sent_at) == ([], "not needed", None)
    make_old(letter, days=6)
    assert not type(letter).objects.undelivered().exists()


@pytest.mark.parametrize(
    ("blocked", "typed"),
    [
        ("office@athens.example", "office+refugees@athens.example"),
        ("office+refugees@athens.example", "OFFICE@Athens.example"),
        ("office+one@athens.example", "office+two@athens.example"),
        ("o.ffice@gmail.com", "office+x@googlemail.com"),
        ("office@gießen.de", "office@xn--gieen-nqa.de"),
    ],
)
def test_every_address_of_a_blocked_mailbox_is_blocked(blocked, typed):
    BlockedMailbox.objects.block(blocked)
    assert BlockedMailbox.objects.holds(typed)
    assert not BlockedMailbox.objects.holds("another@athens.example")


def test_a_mailbox_that_was_blocked_as_it_was_typed_stays_so():
    BlockedMailbox.objects.create(mailbox=keyed_hash("blocked mailbox", "office+refugees@athens.example"))
    assert BlockedMailbox.objects.holds("office+refugees@athens.example")


def test_another_domain_that_looks_like_it_is_none_of_its_addresses():
    BlockedMailbox.objects.block("office@giessen.de")
    assert not BlockedMailbox.objects.holds("office@gießen.de")


def test_all_addresses_of_a_mailbox_are_counted_together():
    waits = [seconds_to_wait("ask", f"office+{number}@athens.example") for number in range(4)]
    assert [bool(wait) for wait in waits] == [False, False, False, True]
    assert seconds_to_wait("ask", "office@athens.example") and not seconds_to_wait("ask", "other@athens.example")
    assert not seconds_to_wait("sign", "office@athens.example"), "each form has its own count"
