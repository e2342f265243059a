"""How the words of a search are cleaned, and how those found are marked."""

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString

LONGEST_QUERY = 200
# Private-use characters: no text holds them, and escaping leaves them alone.
MARK_START, MARK_END = "\ue000", "\ue001"


# Telephones and word processors type these for the plain signs.
TYPED_FOR = str.maketrans(
    dict.fromkeys("“”„‟«»″＂❝❞", '"')
    | dict.fromkeys("‘’‚‛ʼʹ′＇`´", "'")
    | dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-")
)
DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}")  # "U.S.A."
JOINERS = "\u200c\u200d"
# Vowel signs, and the stroke that only lengthens a word.
ARABIC_SIGNS = frozenset(map(chr, (0x640, *range(0x64B, 0x653))))
# "and", "in", "for", "like" and "so" are written together with the noun that follows in Arabic.
ARABIC_PREFIX = re.compile(r"^(?:[وف]?(?:[بك]ال|لل|ال)|[وف]?[بلك]|و)(?=.{3})")


def fold(words: str) -> str:
    """The search as it is used: nothing unseen, plain quotes, single spaces, at most 200 characters."""
    shown = "".join(map(seen, words[: LONGEST_QUERY * 4]))
    plain = DOTTED.sub(lambda found: found[0].replace(".", ""), shown.translate(TYPED_FOR))
    return re.sub(r"\s+", " ", plain).strip()[:LONGEST_QUERY].strip()


def seen(mark: str) -> str:
    category = unicodedata.category(mark)
    if (category == "Cf" and mark not in JOINERS) or mark in ARABIC_SIGNS:
        return ""
    return " " if category in {"Cc", "Cs", "Co"} else mark


def arabic_forms(word: str) -> list[str]:
    """The Arabic word without what is written together with it ("and", "for", "the"); none for a word of another script.

    Letters that are typed for one another are one to the database already.
    """
    if not "\u0620" <= word[:1] <= "\u064a":
        return []
    bare = ARABIC_PREFIX.sub("", word)
    return [bare, f"ال{bare}"] if bare != word else []


def marked_html(text: str) -> SafeString:
    """Escapes a marked text and turns its marks into ``<mark>``."""
    # Everything is escaped first, and only our own two marks become tags.
    return SafeString(escape(text).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>"))
