"""The site's typefaces for PDFs: TrueType, one weight each, and only those that a text needs."""

import logging
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import category

from django.conf import settings
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HEADING, TEXT = "heading", "text"
DIGITS_SCALE = 0.97  # size-adjust of "Digits" in fonts.css
# Family → file and weight as in CSS. Those in static/fonts are for web pages too, all others for print alone.
FAMILIES = {
    HEADING: ("bricolage-grotesque-latin-wght-normal.woff2", 700),
    TEXT: ("atkinson-hyperlegible-next-latin-wght-normal.woff2", 400),
    "heading-extended": ("bricolage-grotesque-latin-ext-wght-normal.woff2", 700),
    "text-extended": ("atkinson-hyperlegible-next-latin-ext-wght-normal.woff2", 400),
    "arabic": ("readex-pro-arabic-wght-normal.woff2", 500),
    "greek": ("noto-sans-greek-wght-normal.woff2", 500),
    "cyrillic": ("noto-sans-cyrillic-wght-normal.woff2", 500),
}
FOLDERS = (settings.BASE_DIR / "static" / "fonts", settings.BASE_DIR / "citysolidarity" / "data" / "fonts")
# Noto Sans in a script of its own: one file each, of weight 500.
NOTO = (
    "arabic", "armenian", "bengali", "cyrillic-ext", "devanagari", "ethiopic", "georgian", "gujarati", "gurmukhi",
    "hebrew", "jp", "kannada", "khmer", "kr", "lao", "latin-ext", "malayalam", "myanmar", "oriya", "sc", "sinhala",
    "tamil", "tc", "telugu", "thaana", "thai", "vietnamese",
)  # fmt: skip
FAMILIES |= {f"noto-{script}": (f"noto-sans-{script}-500-normal.woff2", None) for script in NOTO}
# Chinese and Japanese draw the same character in different forms. Languages by BCP 47.
HAN = ("noto-jp", "noto-sc", "noto-tc")
HAN_OF = {"ja": "noto-jp", "zh": "noto-sc", "zh-Hant": "noto-tc"}
# The families of each script. A text takes all its letters of a script from one of them: between two, joined letters
# would fall apart.
SCRIPTS = (
    ("arabic", "noto-arabic"), ("greek",), ("cyrillic",), HAN,
    *((f"noto-{script}",) for script in NOTO if f"noto-{script}" not in {"noto-arabic", *HAN}),
)  # fmt: skip
FURTHER = {HEADING: (("heading-extended",), *SCRIPTS), TEXT: (("text-extended",), *SCRIPTS)}

# It logs some hundred lines for each sheet.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def variable(family: str) -> TTFont:
    name = FAMILIES[family][0]
    file = next(folder / name for folder in FOLDERS if (folder / name).is_file())
    return TTFont(file, recalcBBoxes=False, recalcTimestamp=False)


@cache
def letters(family: str) -> frozenset[int]:
    """The code points that a family can draw."""
    return frozenset(variable(family).getBestCmap())


@cache
def letters_of(script: tuple[str, ...]) -> frozenset[int]:
    """The code points that any family of a script can draw."""
    return frozenset().union(*map(letters, script))


@cache
def instance(family: str) -> bytes:
    """The family as TrueType at its weight. Takes up to a second the first time, and is cached."""
    font, weight = variable(family), FAMILIES[family][1]
    if weight:
        font = instantiateVariableFont(font, {"wght": weight})
    if family == TEXT:
        draw_digits_as(instantiateVariableFont(variable(HEADING), {"wght": weight}), font)
    font.flavor = None
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def draw_digits_as(other: TTFont, font: TTFont) -> None:
    """Atkinson slashes its zero and offers no other: those of the heading face take the place of its digits, as on web pages."""
    theirs, ours = other.getBestCmap(), font.getBestCmap()
    glyphs, scale = other.getGlyphSet(), DIGITS_SCALE * font["head"].unitsPerEm / other["head"].unitsPerEm
    for digit in map(ord, "0123456789"):
        pen = TTGlyphPen(None)
        glyphs[theirs[digit]].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        font["glyf"][ours[digit]] = glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][ours[digit]] = round(glyphs[theirs[digit]].width * scale), glyph.xMin


def further_for(text: str, family: str, language: str = "") -> list[str] | None:
    """The families that a text needs besides HEADING or TEXT; None where no family has a letter.

    ``language`` (BCP 47, if known) decides between the forms of Chinese characters.
    """
    # Joiners and other format characters are invisible, so no glyph is needed.
    missing = {ord(char) for char in text if not char.isspace() and category(char) != "Cf"} - letters(family)
    needed = []
    for script in FURTHER[family]:
        if not missing:
            break
        wanted = missing & letters_of(script)
        if wanted:
            first = HAN_OF.get(language)
            candidates = sorted(script, key=lambda candidate: candidate != first)
            complete = [candidate for candidate in candidates if wanted <= letters(candidate)]
            if not complete:
                return None
            needed.append(complete[0])
            missing -= wanted
    return None if missing else needed


def letters_missing(text: str, family: str = TEXT) -> bool:
    return further_for(text, family) is None


def can_write(text: str, family: str = TEXT) -> bool:
    """Whether every letter can be drawn: a word with holes is worse than none. False for an empty text."""
    return bool(text.strip()) and not letters_missing(text, family)


def write_file(family: str, folder: Path) -> Path:
    """Write the family to a file, for a library that reads fonts from files only."""
    file = folder / f"{family}.ttf"
    file.write_bytes(instance(family))
    return file
