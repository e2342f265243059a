"""How the names of places are compared: in any script, without case, accents and punctuation.

Knows no model. A place's keys are its names, folded, each between two bars: ``|athens|αθηνα|``. A name that starts
with what was typed holds ``|`` and the typed letters; a word inside a name stands after a space. Then come the names
that nobody vouches for, such as former ones, between other bars: ``¦lutetia¦``. They are found, after all others.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from text_unidecode import unidecode

from citysolidarity.forms.scripts import script_of

BAR, OTHER_BAR = "|", "¦"
# Raised when the same name gets another key: what was kept by the old rules is then read again.
RULES = 2
LONGEST = 100  # characters of a search that are looked at
# Left out: apostrophes, and the signs for letters that Latin script lacks (Nuku‘alofa, Taʿizz).
APOSTROPHES = frozenset("'’‘‛`´′＇ꞌ׳״\u0640")
BETWEEN_LETTERS = re.compile(r"(?<=\w)['’‘ʼ′＇](?=\w)")
# Written in several ways by everybody, in words that are followed by another.
SHORT_WORDS = {"st": "saint", "sankt": "saint", "sint": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
# Letters that Arabic keyboards and those of its neighbours write for each other.
ARABIC = str.maketrans(
    {"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ٱ": "ا"}
)
ARTICLE = "ال"
# As they are written where a keyboard lacks them: Köln, Koeln; Århus, Aarhus.
TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# Where a script is read by most: a place has its name in the scripts of its own country, whatever its size.
HOME_OF = {
    "Arab": "AE AF BH DJ DZ EG EH ER IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE",
    "Cyrl": "BA BG BY KG KZ MD ME MK MN RS RU TJ UA XK",
    "Grek": "CY GR",
    "Hebr": "IL",
    "Hani": "CN HK JP MO SG TW",
    "Hira": "JP",
    "Hang": "KP KR",
    "Deva": "IN NP",
    "Beng": "BD IN",
    "Sinh": "LK",
    "Taml": "IN LK",
    "Thai": "TH",
    "Geor": "GE",
    "Armn": "AM",
    "Ethi": "ER ET",
    "Mymr": "MM",
    "Khmr": "KH",
    "Laoo": "LA",
} | dict.fromkeys(["Telu", "Knda", "Gujr", "Guru", "Mlym", "Orya"], "IN")


class Letters(dict):
    """A letter's number → what it is compared as; filled as letters come up, so it holds those in use."""

    def __missing__(self, number: int) -> str:
        self[number] = plain = plain_letter(chr(number)).translate(ARABIC)
        return plain


LETTERS = Letters()


def fold(text: str) -> str:
    """Small letters, no accents, words with one space between: ``Łódź`` → ``lodz``, ``St. Gallen`` → ``saint gallen``."""
    words = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS).split()
    return " ".join([SHORT_WORDS.get(word, word) for word in words[:-1]] + words[-1:])


def plain_letter(letter: str) -> str:
    """A letter as it is compared: Latin ones by their plain form, accents and apostrophes left out, other marks as a space."""
    if letter in APOSTROPHES or "\u02b0" <= letter <= "\u02ff" or unicodedata.category(letter) == "Mn":
        return ""
    if unicodedata.category(letter) == "Cf" and letter != "\u200c":  # cannot be seen; U+200C parts Persian words
        return ""
    if letter.isalnum() or unicodedata.category(letter) == "Mc":
        return unidecode(letter).casefold() if script_of(letter) == "Latn" else letter
    return " "


def apart(text: str) -> str:
    """The text with a space for each apostrophe between letters: ``L'Aquila`` → ``L Aquila``."""
    return BETWEEN_LETTERS.sub(" ", text)


def spellings(name: str) -> Iterator[str]:
    """The ways to type a name, folded; the first is the usual one."""
    usual = fold(name)
    yield usual
    if name.isascii() and "'" not in name and "/" not in name:
        return
    if (spaced := apart(name)) != name:
        yield fold(spaced)
    if (small := name.lower()) != (long := small.translate(TWO_LETTERS)):
        yield fold(long)
    if "/" in name:
        yield from map(fold, name.split("/"))
    if usual.startswith(ARTICLE) and len(usual) > 4:
        yield usual.removeprefix(ARTICLE)


def keys_of(names: Iterable[str], others: Iterable[str] = ()) -> str:
    """What the database searches for these names; "" for none."""
    first = dict.fromkeys(key for name in names for key in spellings(name) if key)
    further = [key for key in dict.fromkeys(map(fold, others)) if key and key not in first]
    return between(first, BAR) + between(further, OTHER_BAR)


def between(keys: Iterable[str], bar: str) -> str:
    return f"{bar}{bar.join(keys)}{bar}" if keys else ""


def is_own(name: str, country: str) -> bool:
    """Whether a name stands in a script of the country, and not in Latin letters."""
    return country in HOME_OF.get(script_of(name), "").split()
