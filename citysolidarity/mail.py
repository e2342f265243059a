"""Letters on their way out: how one is composed, handed to the mail server, and how the answer is understood."""

import re
import signal
import smtplib
import time
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection
from django.template.loader import render_to_string
from django.utils import translation

# Together shorter than backlog.LEASE.
SEND_WITHIN = 120  # seconds, for a whole letter: a server that trickles its answers would hold a worker for ever
RECORD_WITHIN = 150  # seconds
CODES = re.compile(r"(\d{3})(?:[ -]([245]\.\d{1,3}\.\d{1,3}))?")
OURS = 530  # "authentication required" is said at RCPT, and is about our settings, not about the letter


class NotSent(Exception):
    """The letter was not taken, or nobody knows; ``reply`` holds the server's codes, or one word of ours."""

    def __init__(self, reply: str):
        super().__init__(reply)
        self.reply = reply


class TryAgain(NotSent):
    """Another try may work: the server is away, busy, too slow, or was lost before its answer came."""


class Bounced(NotSent):
    """The server refuses this letter or this address for good."""


class NoMailServer(BaseEmailBackend):
    """Stands where MAIL_URL is not set: letters wait."""

    def send_messages(self, messages):
        raise TryAgain("no-server")


def compose(name: str, to: str, context: dict, *, language: str, identity: str) -> EmailMultiAlternatives:
    """The letter ``name`` from templates/email, in ``language``. Its HTML twin is made of the text, so that both agree.

    ``identity`` stays the same from try to try: it becomes the Message-ID (RFC 5322, 3.6.4), by which mail programs
    know a second copy. Machines are told not to answer (RFC 3834, 5).
    """
    context = {**context, "site_url": settings.SITE_URL, "contact_email": settings.CONTACT_EMAIL, "language": language}
    with translation.override(language):
        subject = " ".join(render_to_string(f"email/{name}.subject.txt", context).split())
        text = render_to_string(f"email/{name}.txt", context).strip() + "\n"
        html = render_to_string("email/letter.html", context | {"subject": subject, "text": text})
    letter = EmailMultiAlternatives(subject, text, settings.MAIL_FROM, [to])
    letter.attach_alternative(html, "text/html")
    host = urlsplit(settings.SITE_URL).hostname
    letter.extra_headers = {
        "Message-ID": f"<{identity}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    return letter


def deliver(letter: EmailMultiAlternatives) -> None:
    """Returns once the mail server has taken the letter; raises TryAgain or Bounced."""
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
        # Once the letter is taken, a server that stumbles over QUIT must not make us send it again.
        with suppress(smtplib.SMTPException, OSError):
            mailer.close()


def understood(error: Exception) -> NotSent:
    """TryAgain or Bounced, by RFC 5321: an answer of 500 and above to RCPT or DATA is final, all else may pass."""
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
    found = CODES.match(f"{code} {words}")
    return " ".join(filter(None, found.groups())) if found else str(code)


def patiently(act) -> None:
    """Calls ``act`` again and again while the database is away, so that what was sent is also written down."""
    until = time.monotonic() + RECORD_WITHIN
    while True:
        try:
            return act()
        except (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError):
            if time.monotonic() > until or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(0.5)


@contextmanager
def deadline(seconds: int):
    """Raises TimeoutError inside the block when it takes longer; for the main thread of a process."""

    def ring(number, frame):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
