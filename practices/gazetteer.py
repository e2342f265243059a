"""How the names of places are compared: in any script, without case, accents and punctuation.

Knows no model. A place's keys are all its names, folded, each between two bars: ``|athens|αθηνα|``. A name that starts
with what was typed holds ``|`` and the typed letters; a word inside a name stands after a space.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache

from text_unidecode import unidecode

BAR = "|"
LONGEST = 100  # characters of a search that are looked at
# Where a script is read by most: a place has its name in the scripts of its own country, whatever its size.
HOME_OF = {
    "ARABIC": "AE AF BH DJ DZ EG EH ER IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE",
    "CYRILLIC": "BA BG BY KG KZ MD ME MK MN RS RU TJ UA XK",
    "GREEK": "CY GR",
    "HEBREW": "IL",
    "CJK": "CN HK JP MO SG TW",
    "HIRAGANA": "JP",
    "HANGUL": "KP KR",
    "DEVANAGARI": "IN NP",
    "BENGALI": "BD IN",
    "SINHALA": "LK",
    "TAMIL": "IN LK",
    "THAI": "TH",
    "GEORGIAN": "GE",
    "ARMENIAN": "AM",
    "ETHIOPIC": "ER ET",
    "MYANMAR": "MM",
    "KHMER": "KH",
    "LAO": "LA",
} | dict.fromkeys(["TELUGU", "KANNADA", "GUJARATI", "GURMUKHI", "MALAYALAM", "ORIYA"], "IN")


def fold(text: str) -> str:
    """Small letters, no accents, words with one space between: ``Łódź`` → ``lodz``, ``Αθήνα`` → ``αθηνα``."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(map(plain_letter, letters)).split())


@cache
def plain_letter(letter: str) -> str:
    """A letter as it is compared: Latin ones by their plain form, accents and apostrophes left out, other marks as a space."""
    if letter in "'’ʼʹ`´" or unicodedata.category(letter) == "Mn":
        return ""
    if letter.isalnum() or unicodedata.category(letter) == "Mc":
        return unidecode(letter).casefold() if "LATIN" in unicodedata.name(letter, "") else letter
    return " "


def keys_of(names: Iterable[str]) -> str:
    """What the database searches for these names; "" for none."""
    folded = dict.fromkeys(filter(None, map(fold, names)))
    return f"{BAR}{BAR.join(folded)}{BAR}" if folded else ""


def wanted(typed: str) -> str:
    """What to look for: what stands before the first comma ("Athens, Greece"), folded."""
    return fold(typed[:LONGEST].partition(",")[0])


def script_of(name: str) -> str:
    """The script of the first letter, as Unicode's names of letters begin; "" without a letter."""
    letter = next(filter(str.isalpha, name), "")
    return unicodedata.name(letter, "").partition(" ")[0].partition("-")[0] if letter else ""


def is_own(name: str, country: str) -> bool:
    """Whether a name stands in a script of the country, and not in Latin letters."""
    return country in HOME_OF.get(script_of(name), "").split()
