"""The signed token of a form: its one-time key, when it was begun, and which version was shown.

It never expires: a form may stay open overnight.
"""

import secrets
import time
from typing import NamedTuple

from django.core import signing

SALT = "citysolidarity.forms.stamp"
LONGEST = 500  # characters; ours have less than 200
SLOWER_THAN_A_ROBOT = 3  # seconds from the first page to the last button


class FormToken(NamedTuple):
    """``key`` is accepted once, however often the form is sent; ``begun`` is in seconds since 1970, by this server."""

    key: str
    begun: int
    version: int

    @classmethod
    def new(cls, version: int):
        return cls(secrets.token_urlsafe(24), int(time.time()), version)

    @classmethod
    def read(cls, text: str):
        """The token of a form that came back, or None where it is missing or not ours."""
        if len(text) > LONGEST:
            return None
        try:
            key, begun, version = signing.loads(text, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(key, begun, version)

    def __str__(self):
        return signing.dumps(list(self), salt=SALT)

    @property
    def is_too_quick(self) -> bool:
        return time.time() - self.begun < SLOWER_THAN_A_ROBOT
