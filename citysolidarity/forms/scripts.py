"""Which scripts letters belong to, by Unicode's tables and in the codes of ISO 15924: "Latn", "Cyrl", "Arab"."""

import unicodedata

from fontTools.unicodedata import script

LETTERS = {"Lu", "Ll", "Lt", "Lo"}
# Written together with each other, and with Latin letters; nobody takes one for the other.
EAST_ASIAN = {"Hani", "Hira", "Kana", "Bopo", "Hang"}


def script_of(text: str) -> str:
    """The script of the first letter; "" without a letter."""
    return next(map(script, filter(str.isalpha, text)), "")


def scripts_of(text: str) -> set[str]:
    """The scripts of the letters, without those of East Asia."""
    normalized = unicodedata.normalize("NFKC", text)
    return {script(letter) for letter in normalized if unicodedata.category(letter) in LETTERS} - EAST_ASIAN
