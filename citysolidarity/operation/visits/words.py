"""What of a search may be kept: ordinary words, and nothing that looks like an address, a number or a person's name."""

import re
from collections.abc import Iterable

from django.db.models import Q

from practices.models import LexiconWord
from practices.search import fold
from practices.search.real_words import is_real, plain

MOST_WORDS, LONGEST = 6, 80
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Quotes, brackets and a minus are signs of the search's language.
SIGNS = re.compile(r"[\"()]|(?<!\S)-")
BETWEEN = re.compile(r"[\s,;،؛]+")
# A word of so many entries is no name of a person: one entry may name its mayor.
ENTRIES = 3


def countable(typed: str) -> str:
    """The words in small letters; "" for what is not kept in any case: digits, addresses, signs, more than six words."""
    words = BETWEEN.sub(" ", SIGNS.sub(" ", fold(typed))).strip().casefold()
    if len(words) > LONGEST or words.count(" ") >= MOST_WORDS:
        return ""
    return words if all(map(WORD.fullmatch, words.split(" "))) else ""


def ordinary(searches: Iterable[str]) -> set[str]:
    """Those of the ``countable`` searches that do not look like a name (2 queries).

    Every word is in a dictionary or in our entries. Of several, one at least is a word of the field, or of some of our
    entries: first and last names are in dictionaries, too, but nobody writes them beside what we write about.
    """
    parts = {search: [plain(word) for word in search.split(" ")] for search in searches}
    held = LexiconWord.objects.filter(plain__in={word for words in parts.values() for word in words})
    known = set(held.values_list("plain", flat=True))
    # Names of places and organisations have no language.
    of_language = held.filter(Q(is_term=True) | Q(documents__gte=ENTRIES)).exclude(language="")
    ours = set(of_language.values_list("plain", flat=True))
    return {
        search
        for search, words in parts.items()
        if all(word in known or is_real(word) for word in words) and (len(words) == 1 or not ours.isdisjoint(words))
    }
