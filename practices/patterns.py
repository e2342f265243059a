"""What a template prints, kept as bytes, with holes where it differs from one page to the next."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape

from django.utils.formats import localize

from practices.templatetags.fragments import CLOSE, OPEN

PARTS = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def hole(name: str) -> str:
    """A text that stands for another one in a Pattern."""
    return f"{OPEN}{name}{CLOSE}"


def escaped(text: str) -> bytes:
    """A text as templates print it; ready to fill a hole."""
    return escape(text).encode()


@lru_cache(maxsize=10_000)
def figure(language: str, number: int) -> bytes:
    """A whole number as templates print it in the active language, which is ``language``."""
    return localize(number).encode()


class Pattern:
    """The pieces of some markup, and which of them are holes. Their texts come as bytes: a page is joined once."""

    def __init__(self, *pieces: str | bytes):
        """``pieces``: markup in which hole() marks the holes, or bytes without any."""
        self.pieces: list[bytes] = []
        self.holes: list[tuple[int, str]] = []
        for piece in pieces:
            if isinstance(piece, bytes):
                self.pieces.append(piece)
                continue
            for at, text in enumerate(PARTS.split(piece)):
                if at % 2:
                    self.holes.append((len(self.pieces), text))
                self.pieces.append(b"" if at % 2 else text.encode())

    @property
    def names(self) -> Iterable[str]:
        """The names of its holes."""
        return (name for _at, name in self.holes)

    def filled(self, texts: Mapping[str, bytes]) -> bytes:
        """The markup with these texts in its holes."""
        found = self.pieces.copy()
        for at, name in self.holes:
            found[at] = texts[name]
        return b"".join(found)
