"""What the database knows of the words of a search, in one query.

The query is the function ``practices_facts`` in ``migrations/0033_sounds_and_excerpts.py``.
"""

import json
from dataclasses import dataclass, field

from django.db import connection


@dataclass(frozen=True)
class Fix:
    """A word of the lexicon that a word typed may have been meant for."""

    word: str
    plain: str
    language: str
    documents: int
    is_term: bool


@dataclass(frozen=True)
class Token:
    """A word of the search: its stems by language ("" whole), in how many entries it stands, what it may mean."""

    plain: str
    stems: dict[str, list[str]]
    documents: dict[str, int] = field(default_factory=dict)
    written: tuple[str, ...] = ()  # the languages in whose lexicon this very form stands
    fixes: list[Fix] = field(default_factory=list)

    def is_stop(self, language: str) -> bool:
        """Whether the language passes over it, as English does over "the"."""
        return not self.stems.get(language)

    def all_stems(self, language: str) -> list[str]:
        """The stems in the language; of a small word, the word itself."""
        return self.stems.get(language) or [self.plain]

    def is_known(self, languages: set[str]) -> bool:
        """Whether it stands in the lexicon, or another form of it in one of these languages."""
        return bool(self.written) or any(language in self.documents for language in languages)


@dataclass(frozen=True)
class LexiconTerm:
    """A term that may stand in the search: the stems of its words, and of ``every`` word, small ones whole."""

    concept: str
    language: str
    stems: tuple[str, ...]
    every: tuple[str, ...]
    plain: str
    tag: str


@dataclass(frozen=True)
class Meaning:
    """A term for a concept that was meant; ``documents`` is about in how many entries it stands."""

    query: str
    documents: int


@dataclass(frozen=True)
class LexiconFacts:
    """Tokens by the word typed, terms that may stand among them, each concept's words, and the keys of cities."""

    tokens: dict[str, Token]
    terms: list[LexiconTerm]
    meanings: dict[str, list["Meaning"]]
    phrases: dict[str, list[str]]
    cities: dict[str, set[int]]


def facts_of(words: list[str], phrases: list[str], keys: list[str]) -> LexiconFacts:
    """Looks the words, the phrases and the names of places (``place_names``) up in one query."""
    tokens, terms, meanings, spoken, cities = {}, [], {}, {}, {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, told FROM practices_facts(%s, %s, %s)", [words, phrases, keys])
        for kind, row in cursor.fetchall():
            row = json.loads(row)
            if kind == "token":
                fixes = [Fix(*fix) for fix in row["fixes"] or ()]
                tokens[row["word"]] = Token(
                    row["plain"], row["stems"], row["documents"] or {}, tuple(row["written"] or ()), fixes
                )
            elif kind == "term":
                terms.append(
                    LexiconTerm(
                        row["concept"],
                        row["language"],
                        tuple(row["stems"]),
                        tuple(row["every"]),
                        row["plain"],
                        row["tag"],
                    )
                )
            elif kind == "meaning":
                meaning = Meaning(row["query"], row["documents"] or 0)
                meanings.setdefault(row["concept"], []).append(meaning)
            elif kind == "city":
                cities.setdefault(row["key"], set()).add(row["number"])
            else:
                spoken[row["phrase"]] = row["queries"]
    return LexiconFacts(tokens, terms, meanings, spoken, cities)
