"""The mailbox to which bounces come, read by IMAP (BOUNCES_URL)."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from citysolidarity.mail.bounces import MOST_BYTES

PATIENCE = 20  # seconds, for each answer of the server
MOST = 200  # e-mails in one run


class MailboxUnreachable(Exception):
    """The text never holds the password."""


def unseen(url: str) -> Iterator[bytes]:
    """The e-mails nobody has read, each marked as seen once the caller asks for the next one.

    ``url`` is imaps://user:password@host[:port][/folder]; raises MailboxUnreachable.
    """
    parts = urlsplit(url)
    try:
        box = imaplib.IMAP4_SSL(
            parts.hostname, parts.port or 993, timeout=PATIENCE, ssl_context=ssl.create_default_context()
        )
    except OSError as error:
        raise MailboxUnreachable(type(error).__name__) from error
    try:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(f'"{unquote(parts.path).strip("/") or "INBOX"}"')
        _answer, (numbers,) = box.uid("SEARCH", "UNSEEN")
        for number in numbers.split()[:MOST]:
            _answer, parts_of_mail = box.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
            yield next((part[1] for part in parts_of_mail if isinstance(part, tuple)), b"")
            box.uid("STORE", number, "+FLAGS", r"(\Seen)")
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxUnreachable(type(error).__name__) from error
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()
