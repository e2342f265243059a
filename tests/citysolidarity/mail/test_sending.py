"""A letter meets a real mail server, in every mood it can have."""

import smtplib
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from citysolidarity import env
from citysolidarity.mail import sending
from pledges import emails
from tests.smtp import Server


def a_letter(to="officer@amman.example"):
    text = emails.verified_notice.texts[""]
    words = text.fill(text.original("en"), text.sample(), "en")
    return sending.compose(words, to, language="en", identity="0b1f")


def send_to(server, settings, letter=None, timeout=5):
    settings.MAILERS = server.mailers(timeout)
    sending.deliver(letter or a_letter())


def test_a_letter_arrives_as_text_with_an_html_twin(settings):
    settings.SITE_URL, settings.MAIL_FROM = "https://cities.example", "Cities <no-reply@cities.example>"
    with Server() as server:
        send_to(server, settings)
    (message,) = server.received
    assert message["Subject"] == "The signature of L’Aquila has been verified"
    assert (message["To"], message["From"]) == ("officer@amman.example", "Cities <no-reply@cities.example>")
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "A curator has verified" in text and "https://cities.example/" in text
    assert "<p>A curator has verified" in html and '<html lang="en" dir="ltr">' in html
    assert not any(word in html for word in ("<img", "<script", "style=", "src="))


def test_a_letter_says_that_a_machine_wrote_it_and_keeps_its_name_from_try_to_try(settings):
    settings.SITE_URL = "https://cities.example"
    with Server() as server:
        send_to(server, settings)
        send_to(server, settings)
    assert server.identities == ["<0b1f@cities.example>"] * 2
    assert server.received[0]["Auto-Submitted"] == "auto-generated"
    assert server.received[0]["X-Auto-Response-Suppress"] == "DR, RN, NRN, OOF, AutoReply"


@pytest.mark.parametrize(("kind", "reply"), [("busy", "451 4.3.0"), ("full", "452 4.2.2")])
def test_a_server_that_is_busy_is_tried_again(settings, kind, reply):
    with Server(kind) as server, pytest.raises(sending.TryAgain) as trouble:
        send_to(server, settings)
    assert trouble.value.reply == reply


@pytest.mark.parametrize(("kind", "reply"), [("unknown", "550 5.1.1"), ("refused", "554 5.7.1")])
def test_a_refusal_for_good_is_a_bounce_that_repeats_no_address(settings, kind, reply):
    with Server(kind) as server, pytest.raises(sending.Bounced) as trouble:
        send_to(server, settings)
    assert trouble.value.reply == reply


def test_a_server_that_drops_after_the_text_may_have_it_so_it_is_tried_again(settings):
    with Server("drop") as server, pytest.raises(sending.TryAgain):
        send_to(server, settings)
    assert len(server.received) == 1


def test_a_server_that_is_down_is_tried_again(settings):
    with pytest.raises(sending.TryAgain) as trouble:
        send_to(Server(), settings)
    assert trouble.value.reply == "ConnectionRefusedError"


def test_a_slow_server_is_waited_for(settings):
    with Server("slow", seconds=1) as server:
        send_to(server, settings)
    assert len(server.received) == 1


def test_a_server_that_never_answers_is_left_when_the_time_is_over(settings, monkeypatch):
    monkeypatch.setattr(sending, "SEND_WITHIN", 0.5)
    began = time.monotonic()
    with Server("slow", seconds=3) as server, pytest.raises(sending.TryAgain):
        send_to(server, settings, timeout=30)
    assert time.monotonic() - began < 8


def test_a_letter_that_was_taken_stays_taken_when_the_server_stumbles_over_the_goodbye(settings, monkeypatch):
    def stumble(connection):
        connection.close()
        raise TimeoutError

    monkeypatch.setattr(smtplib.SMTP, "quit", stumble)
    with Server() as server:
        send_to(server, settings)
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "address", ["two@a.example, three@b.example", "a@b.example\r\nBcc: c@d.example", "jörg@a.example"]
)
def test_an_address_that_smtp_cannot_carry_bounces_and_nothing_leaves(settings, address):
    with Server() as server, pytest.raises(sending.Bounced):
        send_to(server, settings, a_letter(to=address))
    assert server.received == []


def test_a_wrong_password_is_the_operators_affair_and_no_bounce():
    answer = smtplib.SMTPAuthenticationError(535, b"5.7.8 no")
    assert isinstance(sending.understood(answer), sending.TryAgain)
    refused = smtplib.SMTPRecipientsRefused({"a@b.example": (530, b"5.7.0 authentication required")})
    assert isinstance(sending.understood(refused), sending.TryAgain)
    sender = smtplib.SMTPSenderRefused(550, b"5.7.1 not you", "no-reply@cities.example")
    assert isinstance(sending.understood(sender), sending.TryAgain)


def test_without_a_mail_server_letters_wait(settings):
    settings.MAILERS = {"default": {"BACKEND": "citysolidarity.mail.sending.NoMailServer"}}
    with pytest.raises(sending.TryAgain):
        sending.deliver(a_letter())


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_is_written_down_once_the_database_is_back(monkeypatch):
    answers = iter([OperationalError("away"), OperationalError("away"), None])

    def write():
        if trouble := next(answers):
            raise trouble
        return "written"

    monkeypatch.setattr(sending.time, "sleep", lambda seconds: None)
    assert sending.patiently(write) == "written"


# --- settings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("smtp://127.0.0.1:2525", {"host": "127.0.0.1", "port": 2525}),
        ("smtp://mail.example", {"port": 25}),
        ("smtps://mail.example", {"port": 465, "use_ssl": True}),
        (
            "smtp+starttls://me%40x:p%3Aw@mail.example",
            {"port": 587, "use_tls": True, "username": "me@x", "password": "p:w"},
        ),
    ],
)
def test_the_address_of_a_mail_server_is_understood(monkeypatch, url, told):
    monkeypatch.setenv("MAIL_URL", url)
    assert told.items() <= env.mailer("MAIL_URL", "")["OPTIONS"].items()


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://u:secret@m:99999", "smtp://[::1"]
)
def test_nonsense_for_a_mail_server_stops_the_start_and_repeats_no_password(monkeypatch, url):
    monkeypatch.setenv("MAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="MAIL_URL must look like") as trouble:
        env.mailer("MAIL_URL", "")
    assert "secret" not in str(trouble.value)


@pytest.mark.parametrize("sender", ["nobody", "@host", "a@b\r\nBcc: c@d", "Cities <no-reply>"])
def test_nonsense_for_a_sender_stops_the_start(monkeypatch, sender):
    monkeypatch.setenv("MAIL_FROM", sender)
    with pytest.raises(ImproperlyConfigured, match="MAIL_FROM must look like"):
        env.mailbox("MAIL_FROM", "")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("buero@gießen.de", "buero@xn--gieen-nqa.de"),
        ("rathaus@Fußballstraße.de", "rathaus@xn--fuballstrae-w6ai.de"),
        ("a@βόλος.com", "a@xn--nxasmm1c.com"),
        ("a@MÜNCHEN.de", "a@xn--mnchen-3ya.de"),
        ("a@athens.example", "a@athens.example"),
    ],
)
def test_a_letter_goes_to_the_domain_that_was_typed(settings, typed, sent):
    """IDNA 2008: by the older rules another domain would get it, and with it a link that signs for a city."""
    with Server() as server:
        send_to(server, settings, a_letter(to=typed))
    assert server.received[0]["To"] == sent
