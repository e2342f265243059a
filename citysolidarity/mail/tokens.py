"""The tokens of links in e-mails, each for one purpose.

A token is derived, never stored: it is the letter's id, the purpose, and an HMAC-SHA-256 over both and the letter's
nonce, keyed with SECRET_KEY. The table holds only the nonce and the task only the id, so that a copy of the database
opens nothing. Whether a token has expired or was used is decided in letter.py.
"""

import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from django.conf import settings
from django.db.models import TextChoices
from django.utils.crypto import salted_hmac

NONCE_BYTES = 16
# With one byte for the purpose 42 in all: a multiple of 3, so that base64 needs no padding.
ID_BYTES, MAC_BYTES = 16, 25
LENGTH = 56  # characters


class TokenStatus(Enum):
    GOOD = "good"
    EXPIRED = "expired"
    USED = "used"
    ALTERED = "altered"
    WRONG_PURPOSE = "wrong-purpose"


class Claim(NamedTuple):
    """What a token says before it is checked."""

    letter_id: uuid.UUID
    purpose: TextChoices


class TokenSigner:
    """``salt`` separates its key from every other use of SECRET_KEY.

    ``marks`` gives each purpose one byte, which stands in every token that was sent: never change one.
    """

    def __init__(self, salt: str, marks: Mapping[TextChoices, bytes]):
        self.salt, self.marks = salt, dict(marks)
        self.purposes = {mark: purpose for purpose, mark in marks.items()}
        if len(self.purposes) != len(self.marks) or any(len(mark) != 1 for mark in self.purposes):
            raise ValueError(f"{salt}: each purpose needs a byte of its own")

    def make(self, letter_id: uuid.UUID, purpose: TextChoices, nonce: bytes, secret: str | None = None) -> str:
        """The token of 56 characters from ``A-Za-z0-9-_``; ``secret`` is SECRET_KEY unless an older key is named."""
        head = letter_id.bytes + self.marks[purpose]
        mac = salted_hmac(self.salt, head + nonce, secret=secret, algorithm="sha256").digest()[:MAC_BYTES]
        return urlsafe_b64encode(head + mac).decode("ascii")

    def read(self, token: str) -> Claim | None:
        """What the token claims, or None where it is no token at all."""
        if len(token) != LENGTH or not token.isascii():
            return None
        try:
            raw = urlsafe_b64decode(token)
        except ValueError:
            return None
        purpose = self.purposes.get(raw[ID_BYTES : ID_BYTES + 1])
        return Claim(uuid.UUID(bytes=raw[:ID_BYTES]), purpose) if purpose else None

    def is_genuine(self, token: str, claim: Claim, nonce: bytes) -> bool:
        """Compare the token in constant time with the ones we would make under SECRET_KEY and its fallbacks.

        Texts are compared, not bytes: two spellings of the same bytes are not the same token.
        """
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        # A list, so that no comparison is skipped.
        return any([hmac.compare_digest(token.encode(), self.make(*claim, nonce, key).encode()) for key in keys])  # noqa: C419
