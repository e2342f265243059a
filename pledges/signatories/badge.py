"""The badge that a signatory shows on its own site: an SVG without fonts, scripts or styles."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from citysolidarity.drawing.typesetting import HEADING, TEXT, printable, width

HEIGHT = 64
MARK_ROOM, END = 66, 18
LEAST_WIDTH, MOST_WIDTH = 210, 420
# The visitor's system draws letters that the site's own fonts lack, and they may be wide.
UNKNOWN_LETTER = 1.05  # em


@dataclass(frozen=True)
class BadgeText:
    text: str
    length: int  # in units of the viewBox, for SVG's textLength


@dataclass(frozen=True)
class Badge:
    promise: BadgeText
    place: BadgeText
    label: str
    width: int
    height: int = HEIGHT
    left: int = MARK_ROOM


def badge_of(signature) -> Badge:
    """The badge of a verified signature whose city is loaded."""
    city, promise, standing = (
        drawable(signature.city.full_name),
        _("Stands #WithRefugees"),
        str(signature.standing.label),
    )
    year = str(signature.signed_on.year)
    place = f"{city} · {year}"
    description = pgettext("list separator", ", ").join([promise, year, standing])
    room = MOST_WIDTH - MARK_ROOM - END
    first = BadgeText(promise, min(length(promise, HEADING, 20), room))
    second = BadgeText(place, min(length(place, TEXT, 14), room))
    badge_width = max(LEAST_WIDTH, MARK_ROOM + END + max(first.length, second.length))
    return Badge(first, second, f"{city}: {description}", badge_width)


def length(text: str, face, size: int) -> int:
    """The length in the site's own font; a generous guess where that lacks a letter."""
    if drawn := printable(text, face):
        return round(width(drawn, face, size))
    return round(len(text) * size * UNKNOWN_LETTER)


def drawable(text: str) -> str:
    """Drop what XML cannot hold: with one such character the whole picture fails."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cn", "Cs"})
