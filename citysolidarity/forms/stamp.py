"""What a form carries that nobody types: its one-time key, when it was begun, and which version was shown.

It is signed, so that nobody makes up a key or a time. It never ends: a form may stay open overnight.
"""

import secrets
import time
from typing import NamedTuple

from django.core import signing

SALT = "citysolidarity.forms.stamp"
SLOWER_THAN_A_ROBOT = 3  # seconds from the first page to the last button


class Stamp(NamedTuple):
    """``key`` makes one signature, however often it is sent; ``begun`` is in seconds since 1970, by this server."""

    key: str
    begun: int
    version: int

    @classmethod
    def new(cls, version: int):
        """For a form that begins now."""
        return cls(secrets.token_urlsafe(24), int(time.time()), version)

    @classmethod
    def read(cls, text: str):
        """The stamp of a form that came back; None where it is missing or not ours."""
        try:
            key, begun, version = signing.loads(text, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(key, begun, version)

    def __str__(self):
        return signing.dumps(list(self), salt=SALT)

    @property
    def is_too_quick(self) -> bool:
        """Whether nobody can have filled in a form in the time since it was begun."""
        return time.time() - self.begun < SLOWER_THAN_A_ROBOT
