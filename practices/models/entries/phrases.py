"""Short texts that are translated one by one: the words of an entry's facts."""

import re
from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import override

from practices.models.entries.texts import PHRASES, PHRASES_OF_PARTS

PHRASE_LENGTH = 800  # characters of a translation


class Phrase(str):
    """A translated text: with its language (a code), and what it was translated from."""

    language = original = ""

    def __new__(cls, text: str, language: str, original: str):
        phrase = super().__new__(cls, text)
        phrase.language, phrase.original = language, original
        return phrase


def translated(text: str, phrases: Mapping[str, str], language: str) -> str:
    """What ``phrases`` (original → translation) has for a text; the text itself where it has nothing.

    The key is the whole original: a phrase that was changed since stands in its own language until it is translated anew.
    Numbers are no words: they are written as the language writes them.
    """
    if found := text and (phrases.get(text) or in_digits_of(text, language)):
        return Phrase(found, language, text)
    return text


NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+\.\d+|\d+)|(?<=\d) ?%")
# CLDR's pattern for per cent: these set a blank that does not break before the sign.
WITH_A_BLANK = {"fr": "\u202f%", "es": "\xa0%"}


def in_digits_of(text: str, language: str) -> str:
    """ "1,032" or "12.5 %" as this language writes it; "" where a text is more than a number and its signs."""
    if any(map(str.isalpha, text)) or not any(map(str.isdigit, text)):
        return ""

    def rewritten(match: re.Match) -> str:
        if not match[1]:
            return WITH_A_BLANK.get(language, "%")
        with override(language):
            number = match[1].replace(",", "")
            return number_format(number, use_l10n=True, force_grouping="," in match[1])

    return NUMBER.sub(rewritten, text)


def original_of(text: str) -> str:
    return text.original if isinstance(text, Phrase) else text


def phrases_of(practice) -> list[str]:
    """Everything of the facts that is translated phrase by phrase, each once, in the order of the page."""
    found = []
    for name in PHRASES:
        text = getattr(practice, name)
        found += text if isinstance(text, list) else [text]
    for part, fields in PHRASES_OF_PARTS.items():
        found += [getattr(row, field) for row in practice.rows_of(part) for field in fields]
    return [*dict.fromkeys(text for text in found if any(map(str.isalpha, text)))]
