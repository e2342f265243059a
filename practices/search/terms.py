"""Which terms of the field stand in a search, and what means the same."""

from collections.abc import Iterable

from practices.search import tsquery
from practices.search.lexicon import LexiconFacts, LexiconTerm, Token
from practices.search.spelling import forms_of
from practices.search.stopwords import is_small_talk


def is_dropped(word: str, token: Token, spoken: str) -> bool:
    return token.is_stop(spoken) or is_small_talk(word, spoken) or (not token.documents and token.is_stop("en"))


def longest_term(words: list[str], facts: LexiconFacts, spoken: str) -> tuple[int, list[LexiconTerm]]:
    """How many of the first words are one term (1 where none is), and the terms of that length."""
    best: dict[int, list[LexiconTerm]] = {}
    for term in facts.terms:
        if length := length_of(term, words, facts, spoken):
            best.setdefault(length, []).append(term)
    if not best:
        return 1, []
    length = max(best)
    return length, likeliest_terms(best[length], [facts.tokens[word].plain for word in words[:length]], spoken)


def length_of(term: LexiconTerm, words: list[str], facts: LexiconFacts, spoken: str) -> int:
    """How many of the first words are the term; 0 where they are not.

    A term of several words is also known without its small ones: "demandeurs asile".
    """
    if len(term.every) <= len(words) and all(
        is_form_of(word, stem, term.language, facts) for stem, word in zip(term.every, words, strict=False)
    ):
        return len(term.every)
    if len(term.stems) < 2:
        return 0
    wanted = list(term.stems)
    for at, word in enumerate(words, 1):
        if is_form_of(word, wanted[0], term.language, facts):
            wanted.pop(0)
            if not wanted:
                return at
        elif at == 1 or not is_dropped(word, facts.tokens[word], spoken):
            return 0
    return 0


def is_form_of(word: str, stem: str, language: str, facts: LexiconFacts) -> bool:
    return any(stem in facts.tokens[form].all_stems(language) for form in (word, *forms_of(word)))


def likeliest_terms(terms: list[LexiconTerm], plain: list[str], spoken: str) -> list[LexiconTerm]:
    """Terms of the language spoken and names before others; those nearest to what was typed before others of its stem."""
    of_language = [term for term in terms if term.language in {spoken, ""}] or terms
    typed = " ".join(plain)
    alike = {term: common_letters(term.plain, typed) + (term.plain == typed) for term in of_language}
    return [term for term in of_language if alike[term] == max(alike.values())]


def common_letters(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def meanings(terms: list[LexiconTerm], facts: LexiconFacts) -> Iterable[str]:
    """Queries for the words of the terms' concepts and for their controlled words."""
    for term in {term.concept: term for term in terms}.values():
        for meaning in facts.meanings.get(term.concept, ()):
            yield f"({meaning.query})" if "<" in meaning.query else meaning.query
        if term.tag:
            yield tsquery.lexeme(term.tag)
