"""The order of names in a language: as an index at the end of a book is read, and not by code points.

``practices.models.City.name_order`` sorts by the same rules in the database.
"""

import re

from django.utils.translation import get_language
from text_unidecode import unidecode

ARTICLE = "ال"
# Letters of Arabic that dictionaries do not tell apart, and marks that they pass over.
SAME_LETTERS = str.maketrans("أإآٱىئؤة", "ااااييوه", "ـًٌٍَُِّْ")
IS_ARABIC = re.compile("[\u0600-\u06ff]")
# What stands before the first letter counts for nothing: ’s-Hertogenbosch is read under S.
BEFORE_LETTERS = " '\"`‘’ʻʼ(.-"
# In Spanish ñ is a letter of its own, which comes after n; a tilde comes after every letter.
LETTERS = {"es": ("ñ", "n~")}


def alphabetical(name) -> str:
    """A key that sorts names as the active language does: accents and capitals aside, in Arabic without the article."""
    text = str(name).lower().lstrip(BEFORE_LETTERS)
    if IS_ARABIC.search(text[:1]):
        return " ".join(word.removeprefix(ARTICLE) for word in text.split()).translate(SAME_LETTERS)
    letter, instead = LETTERS.get(get_language(), ("", ""))
    return unidecode(text.replace(letter, instead) if letter else text).lower().lstrip(BEFORE_LETTERS)
