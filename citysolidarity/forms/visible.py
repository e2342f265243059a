"""What of a text can be seen: nobody can retype what prints as nothing, so it is dropped, or written as what it means.

All texts pass here, whether they were typed, imported or loaded: a word with a soft hyphen in it would never be found,
and a feed with a control character is no XML.
"""

import re
import unicodedata

from fontTools.unicodedata import script_extension

# Line ends of other systems, and the one that Word writes for Shift+Enter.
LINE_ENDS = dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n")
# Windows' own characters, read as Latin-1: browsers take them for the same (HTML Standard, 13.2.5.80).
WINDOWS = {
    chr(byte): bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}
# Word keeps signs of the typefaces Symbol and Wingdings at places that belong to nobody.
WORD = {
    "\uf02d": "−", "\uf0a3": "≤", "\uf0ae": "→", "\uf0b0": "°", "\uf0b1": "±", "\uf0b3": "≥", "\uf0b4": "×", "\uf0b7": "•",
    "\uf0e0": "→", "\uf0f0": "→", "\uf0fc": "✓",
}  # fmt: skip
SIGNS = {**LINE_ENDS, **WINDOWS, **WORD, "\t": " ", "\u2800": " "}
# Persian and the scripts of India need joiners inside words, signs of families and flags between two pictures.
JOINERS = frozenset("\u200c\u200d\u180e")
NEED_JOINERS = frozenset("Arab Syrc Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Mymr Khmr Tibt Mong".split())
# They turn no whole passage, and stand in honest Arabic and Hebrew texts.
DIRECTION = "\u061c\u200e\u200f"
# Controls, marks of direction, soft hyphens, joiners, fillers, variation selectors, halves of a character, private ones
# and those that are none. Not among them: signs of Arabic that Unicode calls invisible and that are none (U+0600 …).
UNSEEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# A name with one inside a word could not be found, and two scripts, or a website's name, would hide behind it.
WITHIN_A_WORD = re.compile(f"(?<=[\\w.])[{DIRECTION}]+(?=[\\w.])")
PRIVATE_BULLET = re.compile(r"^([ \t]*)[\uf020-\uf0ff][ \t\xa0]*", re.MULTILINE)


def visible(text: str, *, lines: bool = True) -> str:
    """The text without what cannot be seen; line ends become blanks unless ``lines`` are allowed.

    "\\n" and "\\r" stay as they are in either case: a line that holds one was not typed into a line.
    """
    if not UNSEEN.search(text):
        return text
    text = PRIVATE_BULLET.sub(r"\1• ", text)
    turns = lines or has_both_directions(text)

    def shown(match: re.Match) -> str:
        mark = match[0]
        if mark in JOINERS:
            return mark if is_needed(text, match.start()) else ""
        if mark in DIRECTION:
            return mark if turns else ""
        sign = SIGNS.get(mark, "")
        return " " if sign == "\n" and not lines else sign

    text = UNSEEN.sub(shown, text)
    return text if lines else WITHIN_A_WORD.sub("", text)


def has_both_directions(text: str) -> bool:
    """Whether letters of both directions stand in it: a mark then decides on which side of a word its sign is seen."""
    kinds = {unicodedata.bidirectional(char) for char in text if char not in DIRECTION}
    return "L" in kinds and bool(kinds & {"R", "AL"})


def is_needed(text: str, at: int) -> bool:
    """Whether a joiner stands where a script or a picture needs it."""
    before = text[at - 1 : at] if text[at - 1 : at] != "\ufe0f" else text[at - 2 : at - 1]
    after = text[at + 1 : at + 2]
    if before and not NEED_JOINERS.isdisjoint(script_extension(before)):
        return True
    return bool(before and after) and is_picture(before) and is_picture(after)


def is_picture(mark: str) -> bool:
    # Besides pictures themselves the colours of a skin, as in "👩🏽‍🏫", which are modifiers.
    return unicodedata.category(mark) == "So" or "\U0001f3fb" <= mark <= "\U0001f3ff"
