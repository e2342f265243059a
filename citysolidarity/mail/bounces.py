"""Bounces that come hours later, as e-mails to our own sender's address: delivery status notifications (RFC 3464).

Which letter it was is told by its Message-ID, which is random and known to its recipient alone. Anything else in such an
e-mail is not believed, and nothing of it is kept but the codes.
"""

import email
import email.policy
import re
import uuid
from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple

from django.apps import apps

from citysolidarity.mail.letter import OutgoingEmail
from citysolidarity.mail.sending import codes

MOST_BYTES = 1_000_000
MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
SMTP_CODE = re.compile(r"\b(5\d\d)\b(.*)", re.DOTALL)


class Bounce(NamedTuple):
    """``letter_ids`` are those that the e-mail names; at most one of them is ours."""

    letter_ids: list[uuid.UUID]
    reply: str


def read(content: bytes) -> Bounce | None:
    """What an e-mail tells of a letter that was refused for good; None where it tells of none."""
    message = email.message_from_bytes(content[:MOST_BYTES], policy=email.policy.compat32)
    failures = [block for block in recipients_of(message) if is_final(block)]
    if not failures:
        return None
    ids = list(dict.fromkeys(uuid.UUID(text) for text in ids_in(message)))
    return Bounce(ids, reply_of(failures[0])) if ids else None


def recipients_of(message: Message) -> Iterator[Message]:
    """The parts of a report about one recipient each."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (block for block in part.get_payload() if block["Final-Recipient"] or block["Action"])


def is_final(block: Message) -> bool:
    """Not "delayed", and not an address that was only busy, full or away."""
    status = str(block["Status"] or "").strip()
    return str(block["Action"] or "").strip().lower() == "failed" and not status.startswith("4")


def ids_in(message: Message) -> Iterator[str]:
    """From the returned letter or its headers; where a server returns none, from the reply's own headers."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            yield from MESSAGE_ID.findall(str(part.get_payload(0)["Message-ID"] or ""))
        elif kind == "text/rfc822-headers":
            headers = email.message_from_bytes(part.get_payload(decode=True) or b"", policy=email.policy.compat32)
            yield from MESSAGE_ID.findall(str(headers["Message-ID"] or ""))
    for name in ("In-Reply-To", "References"):
        yield from MESSAGE_ID.findall(str(message[name] or ""))


def reply_of(block: Message) -> str:
    """ "550 5.1.1": the codes alone, since the sentence may repeat the address."""
    said = SMTP_CODE.search(str(block["Diagnostic-Code"] or ""))
    if said:
        return codes(int(said[1]), said[2].strip(" -"))
    status = re.match(r"(5\.\d{1,3}\.\d{1,3})", str(block["Status"] or "").strip())
    return status[1] if status else "bounced"


def record(content: bytes) -> bool:
    """Mark the letter as bounced; False where the e-mail is no bounce, or about a letter that is none of ours."""
    bounce = read(content)
    if bounce is None:
        return False
    for rows in kinds_of_letters():
        if letter := rows.objects.filter(pk__in=bounce.letter_ids).first():
            letter.mark_bounced_later(bounce.reply)
            return True
    return False


def kinds_of_letters() -> list[type[OutgoingEmail]]:
    return [model for model in apps.get_models() if issubclass(model, OutgoingEmail)]
