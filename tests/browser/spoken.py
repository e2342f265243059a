"""The sentences that a test in another language looks for: named in English, found by the catalogue."""

from functools import cache

from citysolidarity.languages.messages import read


@cache
def _catalog(language: str) -> dict[str, str]:
    return {message.id: message.string for message in read(language) if isinstance(message.id, str)}


def said(english: str, language: str) -> str:
    """The translation of a sentence, or of the first one that holds these words; what no sentence holds is a name."""
    if language == "en":
        return english
    catalog = _catalog(language)
    return catalog.get(english) or next((text for sentence, text in catalog.items() if english in sentence), english)
