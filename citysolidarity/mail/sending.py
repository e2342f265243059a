"""Compose an e-mail, hand it to the mail server, and tell from the answer whether to try again."""

import re
import signal
import smtplib
import time
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.template.loader import render_to_string
from django.utils import translation

from citysolidarity.http.database_outage import DATABASE_OUTAGES
from citysolidarity.http.host_names import in_ascii
from citysolidarity.mail.one_click import StoppableEmail
from citysolidarity.mail.texts import Words

# Together shorter than backlog.LEASE.
SEND_WITHIN = 120  # seconds, for a whole letter: a server that trickles its answers would hold a worker for ever
RECORD_WITHIN = 150  # seconds
CODES = re.compile(r"(\d{3})(?:[ -]([245]\.\d{1,3}\.\d{1,3}))?")
OURS = 530  # "authentication required" is said at RCPT, and is about our settings, not about the letter


class NotSent(Exception):
    """The letter was not accepted, or we cannot tell; ``reply`` holds the server's codes, or one word of ours."""

    def __init__(self, reply: str):
        super().__init__(reply)
        self.reply = reply


class TryAgain(NotSent):
    """The server is away, busy or too slow, or the connection was lost before it answered."""


class Bounced(NotSent):
    """The server refuses this letter or this address for good."""


class NoMailServer(BaseEmailBackend):
    """The backend where MAIL_URL is not set: letters wait."""

    def send_messages(self, messages):
        raise TryAgain("no-server")


def compose(words: Words, to: str, *, language: str, identity: str, stop: str = "") -> EmailMultiAlternatives:
    """The message; its HTML part is made from the text, so that both say the same.

    ``identity`` becomes the Message-ID (RFC 5322, 3.6.4), the same in each try, by which mail programs recognise a
    second copy. Auto-Submitted asks machines not to answer (RFC 3834, 5), X-Auto-Response-Suppress asks Exchange. The
    domain goes out in ASCII: Django would write gießen.de as giessen.de. ``stop`` is the address with which a mail
    program ends a series of e-mails by a POST of its own (RFC 8058).
    """
    subject, text = words
    with translation.override(language):
        html = render_to_string("email/letter.html", {"language": language, "subject": subject, "text": text})
    name, _at, domain = to.rpartition("@")
    answers = [settings.CONTACT_EMAIL] if settings.CONTACT_EMAIL else None
    letter = StoppableEmail(subject, text, settings.MAIL_FROM, [f"{name}@{in_ascii(domain)}"], reply_to=answers)
    letter.attach_alternative(html, "text/html")
    host = urlsplit(settings.SITE_URL).hostname
    letter.extra_headers = {
        "Message-ID": f"<{identity}@{host}>",
        "Auto-Submitted": "auto-generated",
        # Not "All", which would also keep Exchange from telling of e-mails that did not arrive (MS-OXCMAIL, 2.2.3.2.14).
        "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
        "Content-Language": language,
    }
    if stop:
        letter.may_stop_at(stop)
    return letter


def deliver(letter: EmailMultiAlternatives) -> None:
    """Return once the mail server has accepted the letter; raises TryAgain or Bounced."""
    mailer = mailers.default
    try:
        with deadline(SEND_WITHIN):
            mailer.open()
            mailer.send_messages([letter])
    except ValueError as error:  # an address that can't be written in SMTP
        raise Bounced("address") from error
    except (smtplib.SMTPException, OSError) as error:
        raise understood(error) from error
    finally:
        # Once the letter is accepted, an error at QUIT must not make us send it again.
        with suppress(smtplib.SMTPException, OSError):
            mailer.close()


def understood(error: Exception) -> NotSent:
    """Bounced for an answer of 500 and above to RCPT or DATA (RFC 5321), TryAgain for anything else."""
    code, text = 0, b""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, error.smtp_error
    if not code:
        return TryAgain(type(error).__name__)
    final = code >= 500 and code != OURS and isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    return (Bounced if final else TryAgain)(codes(code, text))


def codes(code: int, text: bytes | str) -> str:
    """ "550 5.1.1": the code and, where the server gives it, the enhanced one (RFC 3463); nothing of its sentence."""
    words = text.decode("ascii", "replace") if isinstance(text, bytes) else text
    match = CODES.match(f"{code} {words}")
    return " ".join(filter(None, match.groups())) if match else str(code)


def patiently(act) -> None:
    """Call ``act``, again while the database is away, so that what was sent is also recorded."""
    until = time.monotonic() + RECORD_WITHIN
    while True:
        try:
            return act()
        except DATABASE_OUTAGES:
            if time.monotonic() > until or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(0.5)


@contextmanager
def deadline(seconds: int):
    """Raise TimeoutError inside a block that takes longer; works in the main thread only."""

    def ring(number, frame):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
