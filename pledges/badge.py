"""The badge that a signatory shows on its own site: one SVG, without a font, a script or a style of its own."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pledges.dates import years_in_words
from practices.typesetting import HEADING, TEXT, printable, width

HEIGHT = 64
MARK_ROOM, END = 66, 18
LEAST_WIDTH, MOST_WIDTH = 210, 420
# Of an em, for letters that the site's own fonts lack: the visitor's system draws them, and they may be wide.
UNKNOWN_LETTER = 1.05


@dataclass(frozen=True)
class Line:
    """Words in the badge: how long they are drawn, in units of the viewBox, whatever font the visitor has."""

    text: str
    length: int


@dataclass(frozen=True)
class Badge:
    """What the badge's template draws."""

    promise: Line
    place: Line
    label: str
    width: int
    height: int = HEIGHT
    left: int = MARK_ROOM


def badge_of(signature) -> Badge:
    """The badge of a public signature with its city at hand. Only a verified one says so."""
    city, promise, standing = drawable(signature.city.name), _("Stands #WithRefugees"), str(signature.standing.label)
    when = years_in_words(signature.precision, signature.signed_on, signature.not_before)
    place = " · ".join(filter(None, [city, when]))
    said = pgettext("list separator", ", ").join(filter(None, [promise, when, standing]))
    room = MOST_WIDTH - MARK_ROOM - END
    first = Line(promise, min(length(promise, HEADING, 20), room))
    second = Line(place, min(length(place, TEXT, 14), room))
    wide = max(LEAST_WIDTH, MARK_ROOM + END + max(first.length, second.length))
    return Badge(first, second, f"{city}: {said}", wide)


def length(text: str, face, size: int) -> int:
    """How long a line is in the site's own letters; where they lack one, a guess on the safe side."""
    if ours := printable(text, face):
        return round(width(ours, face, size))
    return round(len(text) * size * UNKNOWN_LETTER)


def drawable(text: str) -> str:
    """The text without what XML cannot hold: one such character, and no picture is seen."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cn", "Cs"})
