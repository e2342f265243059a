"""Bounces that come hours after a letter has left: which letter, which codes, and what is no bounce."""

import io
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from citysolidarity.mail import bounces, mailbox
from pledges.models import SignatureLetter
from practices.models import PracticeLetter
from tests.letters import a_posted_letter
from tests.practices.correspondence.letters import an_asked

pytestmark = pytest.mark.django_db

REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: no-reply@localhost
Subject: Undelivered Mail Returned to Sender
{headers}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

<officer@amman.example>: user unknown

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; officer@amman.example
Action: {action}
Status: {status}
{diagnostic}
--b
{returned}
--b--
"""
DIAGNOSTIC = "Diagnostic-Code: smtp; 550 5.1.1 <officer@amman.example>: no such user\n"


def whole(letter) -> str:
    return f"Content-Type: message/rfc822\n\nMessage-ID: <{letter.pk}@localhost>\nSubject: x\n\nText."


def headers_alone(letter) -> str:
    return f"Content-Type: text/rfc822-headers\n\nSubject: x\nMessage-ID:\n <{letter.pk}@localhost>\n"


def report(
    returned="Content-Type: text/plain\n\n", *, action="failed", status="5.1.1", diagnostic=DIAGNOSTIC, headers=""
):
    facts = {"action": action, "status": status, "diagnostic": diagnostic, "headers": headers, "returned": returned}
    return REPORT.format(**facts).encode()


@pytest.fixture
def letter():
    posted = a_posted_letter()
    SignatureLetter.objects.filter(pk=posted.pk).update(sent_at=Now())
    return posted


def outcome(letter):
    letter.refresh_from_db()
    return bool(letter.sent_at), bool(letter.bounced_at), letter.reply


@pytest.mark.parametrize("returned", [whole, headers_alone])
def test_a_letter_that_was_refused_later_is_marked_as_bounced(letter, returned):
    assert bounces.record(report(returned(letter)))
    assert outcome(letter) == (False, True, "550 5.1.1")


@pytest.mark.parametrize("name", ["In-Reply-To", "References"])
def test_where_nothing_is_returned_the_headers_of_the_answer_tell_which_letter(letter, name):
    assert bounces.record(report(headers=f"{name}: <other@x> <{letter.pk}@localhost>\n"))
    assert outcome(letter)[1]


@pytest.mark.parametrize(
    ("status", "diagnostic", "reply"),
    [
        ("5.1.1", DIAGNOSTIC, "550 5.1.1"),
        ("5.2.2", "Diagnostic-Code: smtp; 552 mailbox full\n", "552"),
        ("5.4.4", "", "5.4.4"),
        ("", "", "bounced"),
        ("5.0.0", "Diagnostic-Code: X-Notes; officer@amman.example unknown\n", "5.0.0"),
    ],
)
def test_only_codes_are_kept(letter, status, diagnostic, reply):
    bounces.record(report(whole(letter), status=status, diagnostic=diagnostic))
    assert outcome(letter) == (False, True, reply)


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("failed", "4.2.2")])
def test_what_is_only_late_or_arrived_is_no_bounce(letter, action, status):
    assert not bounces.record(report(whole(letter), action=action, status=status))
    assert outcome(letter) == (True, False, "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: a@b\nSubject: Out of office\n\nI am away until Monday.",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n",
        b"Content-Type: message/delivery-status\n\nAction: failed\n",
        b"Content-Type: multipart/mixed; boundary=\n\n--\n" * 50,
        report(),
        report("Content-Type: message/rfc822\n\nMessage-ID: <not-ours@elsewhere>\n\n"),
        report("Content-Type: message/rfc822\n\nMessage-ID: <00000000-0000-4000-8000-000000000000@localhost>\n\n"),
        report("Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n????\n"),
    ],
)
def test_anything_else_changes_nothing_and_is_no_error(letter, content):
    assert bounces.record(content) is False
    assert outcome(letter) == (True, False, "")


def test_an_out_of_office_answer_to_our_letter_is_no_bounce(letter):
    away = f"From: officer@amman.example\nIn-Reply-To: <{letter.pk}@localhost>\nSubject: Away\n\nUntil Monday.".encode()
    assert not bounces.record(away)


def test_a_second_report_changes_nothing_more(letter):
    bounces.record(report(whole(letter)))
    letter.refresh_from_db()
    before = letter.bounced_at
    assert bounces.record(report(whole(letter), diagnostic="Diagnostic-Code: smtp; 554 5.7.1 no\n"))
    letter.refresh_from_db()
    assert (letter.bounced_at, letter.reply) == (before, "550 5.1.1")


def test_a_mailbox_of_an_entry_is_marked_too_unless_it_has_another_address_by_now():
    for change, marked in ((False, True), (True, False)):
        asked = an_asked()
        letter = PracticeLetter.objects.get(confirmation=asked)
        PracticeLetter.objects.filter(pk=letter.pk).update(sent_at=Now())
        if change:
            letter.route.email = "new@amman.example"
            letter.route.save()
        assert bounces.record(report(whole(letter)))
        letter.route.refresh_from_db()
        assert bool(letter.route.bounced_at) == marked


# --- where they come from -----------------------------------------------------------------------


def test_a_mail_server_pipes_one_in(letter, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(report(whole(letter)))))
    call_command("read_bounces", "--pipe")
    assert outcome(letter)[1] and "1 e-mails read, 1 letters bounced" in capsys.readouterr().out


class Box:
    """A server that answers as IMAP4rev1 does (RFC 3501)."""

    def __init__(self, mails):
        self.mails, self.seen, self.said = mails, [], []

    def login(self, *who):
        self.said.append(who)

    def select(self, folder):
        self.said.append(folder)

    def uid(self, command, *arguments):
        if command == "SEARCH":
            return "OK", [b" ".join(str(number).encode() for number in range(len(self.mails)))]
        if command == "FETCH":
            assert "PEEK" in arguments[1]
            return "OK", [(b"1 (UID 1 BODY[]<0> {3}", self.mails[int(arguments[0])]), b")"]
        self.seen.append(int(arguments[0]))
        return "OK", []

    def logout(self):
        self.said.append("logout")


def test_the_mailbox_is_read_and_what_was_read_is_marked(letter, settings, monkeypatch):
    box = Box([b"Subject: hello\n\n", report(whole(letter))])
    monkeypatch.setattr(mailbox.imaplib, "IMAP4_SSL", lambda *where, **how: box)
    settings.BOUNCES_URL = "imaps://bounces%40city.example:p%40ss@imap.example/Bounces"
    call_command("read_bounces", verbosity=0)
    assert outcome(letter)[1] and box.seen == [0, 1]
    assert box.said == [("bounces@city.example", "p@ss"), '"Bounces"', "logout"]


def test_a_mailbox_that_cannot_be_reached_is_told_without_its_password(settings, monkeypatch):
    def refuse(*where, **how):
        raise ConnectionRefusedError

    monkeypatch.setattr(mailbox.imaplib, "IMAP4_SSL", refuse)
    settings.BOUNCES_URL = "imaps://me:secret@imap.example"
    with pytest.raises(CommandError, match="cannot be read: ConnectionRefusedError") as error:
        call_command("read_bounces")
    assert "secret" not in str(error.value)


def test_without_a_mailbox_nothing_is_read(capsys):
    call_command("read_bounces")
    assert "0 e-mails read" in capsys.readouterr().out
