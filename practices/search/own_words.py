"""What finds the visitor's own words, as they were typed, in texts of every language."""

from operator import itemgetter

from practices.search import tsquery
from practices.search.lexicon import LexiconFacts
from practices.search.spelling import forms_of
from practices.vocabularies.languages import LANGUAGES

LONGEST_NUMBER = 15  # digits


def own_query(word: str, facts: LexiconFacts) -> str:
    """The word as typed, stemmed in every language for the texts of that language, and whole; German digraphs as one letter too."""
    forms = [facts.tokens[form] for form in (word, *forms_of(word))]
    stems = [
        marked(language, stem)
        for token in forms
        for language in ("", *LANGUAGES)
        for stem in token.stems.get(language) or ()
    ]
    return tsquery.any_of([*map(tsquery.lexeme, stems), *number_queries(word)]) or tsquery.NOTHING


def own_phrase(words: list[str], facts: LexiconFacts) -> str:
    """The words as they follow each other, whole and stemmed in every language; a small word that it leaves out is a gap.

    "sans papiers", of which French would leave "papiers" alone, is looked for whole.
    """
    phrases = []
    for language in ("", *LANGUAGES):
        stems = [(at, facts.tokens[word].stems.get(language)) for at, word in enumerate(words)]
        kept = [(at, tsquery.lexeme(marked(language, first))) for at, (first, *_) in filter(itemgetter(1), stems)]
        if len(kept) > 1:
            phrases.append(tsquery.phrase_with_gaps(kept))
    return tsquery.any_of(phrases) or tsquery.NOTHING


def marked(language: str, stem: str) -> str:
    """The lexeme of a stem; the same as ``practices_mark`` of the database makes."""
    return stem if language in {"", "en"} else f"{language}:{stem}"


def number_queries(word: str) -> list[str]:
    """A number with its thousands set apart, as PostgreSQL reads "1,000" and "1 000", and "1.000"."""
    if not (word.isdecimal() and word.isascii() and 4 <= len(word) <= LONGEST_NUMBER) or word.startswith("0"):
        return []
    groups = f"{int(word):,}".split(",")
    return [tsquery.phrase(groups), tsquery.lexeme(".".join(groups))]
