"""The site's typefaces as a PDF needs them: TrueType, one weight each, and only those that the text asks for."""

import logging
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HEADING, TEXT = "heading", "text"
# Family: file of static/fonts, and weight as in CSS. The first two are asked first, the others for what those lack.
FAMILIES = {
    HEADING: ("bricolage-grotesque-latin-wght-normal.woff2", 700),
    TEXT: ("atkinson-hyperlegible-next-latin-wght-normal.woff2", 400),
    "heading-extended": ("bricolage-grotesque-latin-ext-wght-normal.woff2", 700),
    "text-extended": ("atkinson-hyperlegible-next-latin-ext-wght-normal.woff2", 400),
    "arabic": ("readex-pro-arabic-wght-normal.woff2", 500),
    "greek": ("noto-sans-greek-wght-normal.woff2", 500),
    "cyrillic": ("noto-sans-cyrillic-wght-normal.woff2", 500),
}
FURTHER = {
    HEADING: ("heading-extended", "arabic", "greek", "cyrillic"),
    TEXT: ("text-extended", "arabic", "greek", "cyrillic"),
}

# They tell some hundred lines for each sheet.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def variable(family: str) -> TTFont:
    """The family's file as it is."""
    return TTFont(settings.BASE_DIR / "static" / "fonts" / FAMILIES[family][0])


@cache
def letters(family: str) -> frozenset[int]:
    """The characters that a family can draw."""
    return frozenset(variable(family).getBestCmap())


@cache
def instance(family: str) -> bytes:
    """The family as TrueType at its weight. The first time takes up to a second, and is kept for this process."""
    font = instantiateVariableFont(variable(family), {"wght": FAMILIES[family][1]})
    font.flavor = None
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def further_for(text: str, family: str) -> list[str] | None:
    """The families that a text needs besides its own, HEADING or TEXT; None where a letter is in none of them."""
    missing = {ord(char) for char in text if not char.isspace()} - letters(family)
    needed = []
    for one in FURTHER[family]:
        if missing & letters(one):
            needed.append(one)
            missing -= letters(one)
    return None if missing else needed


def letters_missing(text: str, family: str = TEXT) -> bool:
    """Whether a letter of the text is in none of the typefaces."""
    return further_for(text, family) is None


def can_write(text: str, family: str = TEXT) -> bool:
    """Whether the text can be drawn whole: a word with holes is worse than none. Nothing is no text."""
    return bool(text.strip()) and not letters_missing(text, family)


def write_file(family: str, folder: Path) -> Path:
    """Puts the family into a folder, for a library that takes fonts from files alone."""
    file = folder / f"{family}.ttf"
    file.write_bytes(instance(family))
    return file
