"""The badge that a signatory shows on its own site: for light and dark pages, and small for the foot of a page.

An SVG without fonts, scripts or styles: its letters are paths, so it looks the same everywhere.
"""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import get_language, get_language_bidi, pgettext
from django.utils.translation import gettext as _
from text_unidecode import unidecode

from citysolidarity.drawing.outlines import outline
from citysolidarity.drawing.typesetting import HEADING, TEXT, Typeface, printable, width


@dataclass(frozen=True)
class Style:
    """Colours of a badge and its sizes, in units of the viewBox; ``lines`` are face, size, baseline and colour."""

    ground: str
    edge: str
    accent: str  # the circle at the left of the mark
    height: int
    mark: tuple[float, float]  # the middle of its height, and its scale
    left: int
    end: int
    most: int  # the width at which long names are made smaller
    lines: tuple[tuple[Typeface, float, float, str], ...]


MARK = 34  # the width of the mark at scale 1
LARGE = {"height": 104, "mark": (52, 1.7), "left": 92, "end": 22, "most": 460}
STYLES = {
    "light": Style(
        ground="#fffdf9",
        edge="#b9b0a0",
        accent="#c2410c",
        lines=((HEADING, 30, 46, "#1c2233"), (TEXT, 15, 69, "#1c2233"), (TEXT, 12, 88, "#5a6072")),
        **LARGE,
    ),
    "dark": Style(
        ground="#16233b",
        edge="#33425f",
        accent="#e8622a",
        lines=((HEADING, 30, 46, "#f6f1e7"), (TEXT, 15, 69, "#f6f1e7"), (TEXT, 12, 88, "#c3cad8")),
        **LARGE,
    ),
    "small": Style(
        ground="#fffdf9",
        edge="#b9b0a0",
        accent="#c2410c",
        height=44,
        mark=(22, 1),
        left=50,
        end=14,
        most=300,
        lines=((HEADING, 15, 20, "#1c2233"), (TEXT, 11, 35, "#5a6072")),
    ),
}


@dataclass(frozen=True)
class LettersLine:
    """A path, where it stands, and how much it is made narrower to fit."""

    path: str
    x: str
    y: str
    scale: str
    colour: str


@dataclass(frozen=True)
class Badge:
    label: str
    width: int
    style: Style
    mark_x: str
    mark_y: str
    mark_scale: str
    lines: list[LettersLine]


def label_of(signature) -> str:
    """The badge in words, such as "Amman: Stands #WithRefugees, 2026, Verified by a curator"."""
    # With one character that XML cannot hold the whole picture fails.
    name = signature.city.full_name
    city = "".join(char for char in name if unicodedata.category(char) not in {"Cc", "Cn", "Cs"})
    facts = [_("Stands #WithRefugees"), str(signature.signed_on.year), str(signature.standing.label)]
    return f"{city}: {pgettext('list separator', ', ').join(facts)}"


def width_of(signature, name: str) -> int:
    """The width of the picture, without drawing it: the first outline of a process takes seconds."""
    style = STYLES[name]
    texts = zip(texts_of(signature, is_small=name == "small"), style.lines, strict=True)
    longest = max(width(text, face, round(size)) for text, (face, size, *_more) in texts)
    return round(style.left + style.end + min(longest, style.most - style.left - style.end))


def badge_of(signature, name: str) -> Badge:
    """The badge of a verified signature whose city is loaded; ``name`` is one of STYLES."""
    style, whole, is_rtl = STYLES[name], width_of(signature, name), get_language_bidi()
    room = whole - style.left - style.end
    lines = []
    for text, (face, size, y, colour) in zip(texts_of(signature, is_small=name == "small"), style.lines, strict=True):
        drawn = outline(text, face, size, get_language())
        scale = min(1, room / drawn.length) if drawn.length else 1
        x = whole - style.left - drawn.length * scale if is_rtl else style.left
        lines.append(LettersLine(drawn.path, f"{x:.1f}", f"{y}", f"{scale:.4f}", colour))
    middle, scale = style.mark
    beside = style.left / 2 - MARK * scale / 2
    mark_x = whole - beside - MARK * scale if is_rtl else beside
    return Badge(label_of(signature), whole, style, f"{mark_x:.1f}", f"{middle - 12 * scale:.1f}", f"{scale}", lines)


def texts_of(signature, *, is_small: bool) -> list[str]:
    """The lines, from the top, as their typefaces can draw them. A name whose letters they lack is written in Latin ones."""
    city = printable(signature.city.full_name, HEADING) or printable(unidecode(signature.city.full_name), HEADING)
    year = str(signature.signed_on.year)
    comma = pgettext("list separator", ", ")
    if is_small:
        lines = [comma.join([_("Cities of Solidarity"), year])]
    else:
        checked = comma.join([year, str(signature.standing.label)])
        lines = [_("Stands #WithRefugees"), f"{_('Cities of Solidarity')} · {checked}"]
    return [city, *(printable(line, TEXT) for line in lines)]
