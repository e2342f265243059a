"""Lines of text in an image: with a glyph for every letter, wrapped, and in the right direction."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from django.conf import settings
from PIL import ImageDraw, ImageFont, features

# Without FriBiDi (the system library libfribidi0) Pillow cannot join Arabic letters: they then count as missing.
SHAPES = features.check("raqm")
# Marks of direction: they draw nothing, and say on which side of a word its sign stands, as in #WithRefugees.
MARKS = "\u200e\u200f"


@dataclass(frozen=True)
class Typeface:
    """Variable fonts of static/fonts, tried in this order for each letter; `weight` as in CSS.

    Digits are taken from a font of their own where one is named.
    """

    files: tuple[str, ...]
    weight: int
    digits: str = ""

    def at(self, size: int, file: str) -> ImageFont.FreeTypeFont:
        return _font(file, size, self.weight)

    def file_for(self, char: str, preferred: str | None = None) -> str | None:
        """The first font that can draw the character, `preferred` before all; None if no font can."""
        if self.digits and char in "0123456789":
            return self.digits
        candidates = (preferred, *self.files) if preferred else self.files
        return next((file for file in candidates if _has_glyph(file, char)), None)


_ARABIC = ("readex-pro-arabic-wght-normal.woff2",) if SHAPES else ()
HEADING = Typeface(
    ("bricolage-grotesque-latin-wght-normal.woff2", "bricolage-grotesque-latin-ext-wght-normal.woff2", *_ARABIC), 700
)
TEXT = Typeface(
    (
        "atkinson-hyperlegible-next-latin-wght-normal.woff2",
        "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
        *_ARABIC,
    ),
    500,
    digits="bricolage-grotesque-latin-wght-normal.woff2",  # Atkinson slashes its zero, and offers no other
)


def _path(file: str) -> Path:
    return settings.BASE_DIR / "static" / "fonts" / file


@lru_cache(maxsize=128)
def _font(file: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(_path(file), size)
    font.set_variation_by_axes([weight])
    return font


@cache
def _probe(file: str) -> tuple[ImageFont.FreeTypeFont, bytes]:
    font = ImageFont.truetype(_path(file), 32, layout_engine=ImageFont.Layout.BASIC)
    return font, bytes(font.getmask("\ue000"))  # private use: drawn as the box for a missing glyph


@lru_cache(maxsize=4096)
def _has_glyph(file: str, char: str) -> bool:
    font, missing = _probe(file)
    return bytes(font.getmask(char)) != missing


def printable(text: str, face: Typeface) -> str:
    """The text as `face` can draw it: one line, without emoji, control characters and accents that no font has.

    "" if any other letter or digit is missing: a word with holes is worse than none.
    """
    drawn = []
    for char in unicodedata.normalize("NFC", text):
        if char.isspace():
            drawn.append(" ")
        elif char in MARKS and has_letters_from_right(text):
            drawn.append(char)
        elif unicodedata.category(char)[0] == "C":
            continue
        elif face.file_for(char):
            drawn.append(char)
        else:
            simpler = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
            if simpler and all(face.file_for(c) for c in simpler):
                drawn.append(simpler)
            elif unicodedata.category(char)[0] in "LN":
                return ""
    return " ".join("".join(drawn).split())


def reads_from_right(text: str, language: str = "") -> bool:
    """Whether the text begins at the right.

    Where its ``language`` does, unless all its letters are of the other direction: a name in Latin letters may stand
    first. Else by its first letter, as HTML's dir=auto.
    """
    letters = [kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"}]
    if language.partition("-")[0] in settings.LANGUAGES_BIDI:
        return not letters or set(letters) != {"L"}
    return letters[:1] not in ([], ["L"])


def has_letters_from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)


def _direction(char: str) -> str | None:
    kind = unicodedata.bidirectional(char)
    # Numbers are written left to right in Arabic too.
    return {"R": "rtl", "AL": "rtl", "L": "ltr", "EN": "ltr", "AN": "ltr"}.get(kind)


@dataclass(frozen=True)
class Run:
    text: str
    file: str
    direction: str


def runs(line: str, face: Typeface, language: str = "") -> list[Run]:
    """The line's runs from left to right, as they are seen.

    The Unicode bidirectional algorithm (UAX #9) as far as a title needs it: strong letters, numbers, neutrals between
    them (N1, N2), order (L2). Pillow's text engine orders the letters within a run.
    """
    base = "rtl" if reads_from_right(line, language) else "ltr"
    directions = [_direction(char) for char in line]
    marked = []
    file = before = None
    for index, char in enumerate(line):
        if (direction := directions[index]) is None:
            after = next((d for d in directions[index:] if d), base)
            direction = after if after == (before or base) else base
        else:
            before = direction
        file = face.file_for(char, file if directions[index] is None else None) or face.files[0]
        marked.append((char, file, direction))
    in_text_order = [
        Run("".join(char for char, _, _ in group), *key) for key, group in groupby(marked, key=lambda mark: mark[1:])
    ]
    ordered = []
    for direction, group in groupby(in_text_order, key=lambda run: run.direction):
        stretch = list(group)[:: -1 if direction == "rtl" else 1]
        ordered = stretch + ordered if base == "rtl" else ordered + stretch
    return ordered


def width(line: str, face: Typeface, size: int) -> float:
    return sum(_length(run, face, size) for run in runs(line, face))


def _length(run: Run, face: Typeface, size: int) -> float:
    return face.at(size, run.file).getlength(run.text, **_shaping(run))


def _shaping(run: Run) -> dict[str, str]:
    return {"direction": run.direction} if SHAPES else {}


def draw_line(
    canvas: ImageDraw.ImageDraw, left: float, baseline: float, line: str, face, size: int, fill, language: str = ""
) -> None:
    """Draw the line from `left` to the right, on `baseline` (both in pixels)."""
    for run in runs(line, face, language):
        font = face.at(size, run.file)
        canvas.text((left, baseline), run.text, font=font, fill=fill, anchor="ls", **_shaping(run))
        left += _length(run, face, size)


def wrap(text: str, face: Typeface, size: int, room: float) -> list[str]:
    """Lines of at most `room` pixels and about equal length; a word that is longer is broken."""
    words = list(_words(text, face, size, room))
    lines = _filled(words, face, size, room)
    narrow, wide = 0.0, room
    while lines and wide - narrow > 8:
        tried = _filled(words, face, size, middle := (narrow + wide) / 2)
        narrow, wide = (narrow, middle) if len(tried) == len(lines) else (middle, wide)
    return _filled(words, face, size, wide)


def _words(text: str, face: Typeface, size: int, room: float) -> Iterator[tuple[str, float]]:
    for word in text.split():
        length = width(word, face, size)
        while length > room:
            cut = max(1, int(len(word) * room / length * 0.95))
            while cut > 1 and (unicodedata.combining(word[cut]) or width(word[:cut], face, size) > room):
                cut -= 1
            yield word[:cut], width(word[:cut], face, size)
            word = word[cut:]
            length = width(word, face, size)
        yield word, length


def _filled(words: list[tuple[str, float]], face: Typeface, size: int, room: float) -> list[str]:
    space = width("n n", face, size) - 2 * width("n", face, size)
    lines: list[str] = []
    taken = 0.0
    for word, length in words:
        if lines and taken + space + length <= room:
            lines[-1] += f" {word}"
            taken += space + length
        else:
            lines.append(word)
            taken = length
    return lines


def shortened(line: str, face: Typeface, size: int, room: float) -> str:
    """The line with an ellipsis after as many of its words, or else letters, as fit in `room` pixels."""
    fits, too_long = 0, len(line) + 1
    while too_long - fits > 1:
        tried = (fits + too_long) // 2
        fits, too_long = (tried, too_long) if width(f"{line[:tried]}…", face, size) <= room else (fits, tried)
    start = line[:fits]
    if fits < len(line) and " " in start and line[fits] != " ":
        start = start.rsplit(" ", 1)[0]
    return start.rstrip(" ,;:-–—،") + "…"
