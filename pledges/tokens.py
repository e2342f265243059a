"""Links that work once, for one purpose and for a time: how their tokens are made and compared.

A token is derived, never stored: it is the letter's id, the purpose, and an HMAC-SHA-256 over both and the letter's
nonce, keyed with SECRET_KEY. The table holds the nonce alone and the outbox the id alone, so that neither they nor a
copy of the database open anything. When it ends, and whether it was used, is the letter's affair (models/letter.py).
"""

import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import Enum
from typing import NamedTuple

from django.conf import settings
from django.db.models import TextChoices
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

NONCE_BYTES = 16
# With one byte for the purpose 42 in all: a multiple of 3, so that base64 needs no padding.
ID_BYTES, MAC_BYTES = 16, 25
LENGTH = 56  # characters
SALT = "pledges.tokens"  # keeps the key apart from every other use of SECRET_KEY


class Purpose(TextChoices):
    """What a link is for."""

    CONFIRM = "confirm", _("Confirm the signature")
    DISOWN = "disown", _("Say that it was not you")
    WITHDRAW = "withdraw", _("Withdraw the signature")
    CORRECT = "correct", _("Correct the signature")
    UNDO = "undo", _("Undo the withdrawal")


class Verdict(Enum):
    """What a token turns out to be."""

    GOOD = "good"
    EXPIRED = "expired"
    USED = "used"
    ALTERED = "altered"
    WRONG_PURPOSE = "wrong-purpose"


# One byte each, in every token that is out there: never change one.
MARKS = {
    Purpose.CONFIRM: b"c",
    Purpose.DISOWN: b"d",
    Purpose.WITHDRAW: b"w",
    Purpose.CORRECT: b"e",
    Purpose.UNDO: b"u",
}
PURPOSES = {mark: purpose for purpose, mark in MARKS.items()}


class Claim(NamedTuple):
    """What a token says of itself before anything is checked."""

    letter_id: uuid.UUID
    purpose: Purpose


def make(letter_id: uuid.UUID, purpose: Purpose, nonce: bytes, secret: str | None = None) -> str:
    """The token of 56 characters from ``A-Za-z0-9-_``; ``secret`` is SECRET_KEY unless an older key is named."""
    head = letter_id.bytes + MARKS[purpose]
    mac = salted_hmac(SALT, head + nonce, secret=secret, algorithm="sha256").digest()[:MAC_BYTES]
    return urlsafe_b64encode(head + mac).decode("ascii")


def read(token: str) -> Claim | None:
    """What the token claims; None where it is no token at all."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(token)
    except ValueError:
        return None
    purpose = PURPOSES.get(raw[ID_BYTES : ID_BYTES + 1])
    return Claim(uuid.UUID(bytes=raw[:ID_BYTES]), purpose) if purpose else None


def is_genuine(token: str, claim: Claim, nonce: bytes) -> bool:
    """Whether the whole token is the one we would make, in constant time, under today's key or one of its fallbacks.

    Texts are compared, not bytes: two spellings of the same bytes are not the same token.
    """
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    found = [hmac.compare_digest(token.encode(), make(*claim, nonce, secret).encode()) for secret in secrets]
    return any(found)
