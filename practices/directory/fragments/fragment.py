"""What a template prints, kept as bytes, with slots where it differs from one page to the next."""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape

from django.utils.formats import localize

from practices.templatetags.fragments import CLOSE, OPEN

PARTS = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


def slot(name: str) -> str:
    """Stands in markup for a text that a Fragment is filled with."""
    return f"{OPEN}{name}{CLOSE}"


def escaped(text: str) -> bytes:
    return escape(text).encode()


@lru_cache(maxsize=10_000)
def formatted_number(language: str, number: int) -> bytes:
    """A whole number as templates print it; ``language`` must be the active one."""
    return localize(number).encode()


class Fragment:
    """Markup cut into pieces, some of them slots. All are bytes, since a page is joined once."""

    def __init__(self, *pieces: str | bytes):
        self.pieces: list[bytes] = []
        self.slots: list[tuple[int, str]] = []
        for piece in pieces:
            if isinstance(piece, bytes):
                self.pieces.append(piece)
                continue
            for at, text in enumerate(PARTS.split(piece)):
                if at % 2:
                    self.slots.append((len(self.pieces), text))
                self.pieces.append(b"" if at % 2 else text.encode())

    def filled(self, texts: Mapping[str, bytes]) -> bytes:
        pieces = self.pieces.copy()
        for at, name in self.slots:
            pieces[at] = texts[name]
        return b"".join(pieces)
