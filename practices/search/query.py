"""A search as it is understood: what it matches, what it is ranked by, and what was corrected in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil, log1p

from practices.search import tsquery
from practices.search.grammar import SearchPart, parse
from practices.search.lexicon import LexiconFacts, LexiconTerm, facts_of
from practices.search.own_words import own_phrase, own_query
from practices.search.place_names import fold as fold_name
from practices.search.spelling import corrected, forms_of, parts_of_names, tells_much
from practices.search.stopwords import is_small_talk
from practices.search.terms import is_dropped, longest_term, meanings
from practices.search.text import fold
from practices.vocabularies.languages import LANGUAGES, base_of

# How much more a rare word counts than a common one.
RARITY = 2.2
# How far the visitor's own words count by how rare they are themselves, and not with all that means the same: entries
# on a "cyclone" come before those on the climate.
BY_THEMSELVES = 0.25
# What a word counts that is no term of the field; and beside terms, at most this part of what the best one counts.
BESIDE_TERMS = 0.5
# A search of this many words and more that finds little also finds entries which fit as many of the rarest of them as
# some entries do, but never fewer than this part.
SHORTEST_LOOSENED, MOST_LOOSENED, ENOUGH_OF = 2, 6, 0.4
SHORTEST_NAME = 4  # Latin letters


@dataclass(frozen=True)
class Clause:
    """One thing that is asked for: what matches it, and what matches it in the visitor's own words."""

    matching: str
    own: str
    weight: float = 1.0
    more: float = 0.0  # what its own words weigh beyond that
    is_excluded: bool = False
    least: int = 0  # so many entries fit it for certain
    words: tuple[str, ...] = ()
    is_dead: bool = False  # no entry holds any word of it
    is_term: bool = False  # it says what is asked for, and not only how
    name: str = ""  # in English, of a term of several words

    @property
    def kin(self) -> str:
        """What means the same as the visitor's own words; "" where nothing does."""
        own, every = (tsquery.parts(query) for query in (self.own, self.matching))
        return tsquery.any_of(part for part in every if part not in own)


@dataclass(frozen=True)
class Reading:
    """``asked`` is what was typed, ``words`` what is looked for; the queries are PostgreSQL's, ready to be cast.

    Where few fit all of it, those count that fit ``enough`` of ``relaxed`` or more. At ``least`` so many entries fit, by
    what the lexicon says; where that is much, nobody need count.
    """

    asked: str = ""
    words: str = ""
    matching: str = ""
    relaxed: tuple[str, ...] = ()
    enough: int = 0
    clauses: tuple[Clause, ...] = ()
    least: int = 0
    is_exact: bool = False

    def __bool__(self):
        return bool(self.asked)

    @property
    def marking(self) -> str:
        """The query whose words are marked where they are found."""
        return tsquery.any_of(clause.matching for clause in self.clauses if not clause.is_excluded) or tsquery.NOTHING

    @property
    def question(self) -> str:
        """What is asked, as the model of meanings reads it: idioms by the names of what they mean.

        "Giving foreigners a say in city hall" would else lie close to whatever happens in city halls.
        """
        asked = self.asked
        for clause in self.clauses:
            if clause.name:
                asked = asked.replace(" ".join(clause.words), clause.name)
        return asked

    @property
    def is_question(self) -> bool:
        """Whether somebody looks for a subject, and not for these very words or for what lacks a word."""
        return bool(self) and not self.is_exact and not any(clause.is_excluded for clause in self.clauses)

    @property
    def is_corrected(self) -> bool:
        return self.words != self.asked


def read(words: str, language: str = "en", *, exact: bool = False) -> Reading:
    """Reads a search typed on a page in this language; ``exact`` looks for the very words, right or not.

    One query, two where a word is corrected.
    """
    asked = fold(words)
    language = base_of(language) if base_of(language) in LANGUAGES else "en"
    alternatives = parse(asked)
    if not alternatives:
        return Reading(asked, asked, tsquery.NOTHING) if asked else Reading()
    facts = look_up(alternatives)
    # Another language is only taken for spoken where a word of it stands there as it should.
    heard = spoken_language(alternatives, facts, language)
    languages = {language, heard} if any(heard in token.written for token in facts.tokens.values()) else {language}
    meant = asked if exact else corrected(asked, alternatives, facts, languages)
    if meant != asked:
        alternatives = parse(meant)
        facts = look_up(alternatives)
    spoken = spoken_language(alternatives, facts, language)
    every = [clauses_of(parts, facts, spoken) for parts in alternatives]
    if not exact:
        names = parts_of_names(meant)
        every = [without_dead(clauses, names, facts) for clauses in every]
    is_plain = len(alternatives) == 1 and not any(part.is_phrase or part.is_excluded for part in alternatives[0])
    matching = tsquery.any_of(query_of_all(clauses) for clauses in every)
    relaxed = rarest_clauses(every[0]) if is_plain and not exact else []
    least = max((clauses[0].least for clauses in every if len(clauses) == 1), default=0)
    return Reading(
        asked,
        meant,
        matching,
        tuple(clause.matching for clause in relaxed),
        ceil(ENOUGH_OF * len(relaxed)),
        tuple(clause for clauses in every for clause in clauses),
        least,
        exact,
    )


def look_up(alternatives: list[list[SearchPart]]) -> LexiconFacts:
    parts = [part for parts in alternatives for part in parts]
    words = dict.fromkeys(token for part in parts for token in part.tokens)
    phrases = dict.fromkeys(part.text for part in parts if part.is_phrase)
    keys = keys_of_places([part.text for part in parts if not part.is_phrase])
    facts = facts_of([form for word in words for form in (word, *forms_of(word))], list(phrases), list(keys))
    for key, numbers in facts.cities.items():
        plain = tuple(facts.tokens[word].plain for word in keys[key])
        for number in numbers:
            tag = f"city/{number}"
            facts.terms.append(LexiconTerm(tag, "", plain, plain, " ".join(plain), tag))
    return facts


def keys_of_places(words: list[str]) -> dict[str, list[str]]:
    """Neighbouring words as names of places are compared → the words; short ones in Latin letters are codes, not names."""
    runs = [words[at : at + length] for length in (1, 2, 3) for at in range(len(words) - length + 1)]
    keys = {fold_name(" ".join(run)): run for run in runs}
    return {key: run for key, run in keys.items() if len(key) >= SHORTEST_NAME or not key.isascii()}


def spoken_language(alternatives: list[list[SearchPart]], facts: LexiconFacts, language: str) -> str:
    """The language most of the words are of; the page's own where it is as good as another."""
    tokens = {word for parts in alternatives for part in parts for word in part.tokens}
    scores = dict.fromkeys(LANGUAGES, 0.0)
    for word in tokens:
        token = facts.tokens[word]
        for spoken in LANGUAGES:
            scores[spoken] += spoken in token.written or is_small_talk(word, spoken)
            scores[spoken] += 0.25 * (spoken in token.documents)
            scores[spoken] += 0.5 * token.is_stop(spoken)
    best = max(scores.values())
    return language if scores.get(language, 0) >= best - 0.5 else max(LANGUAGES, key=lambda spoken: scores[spoken])


def query_of_all(clauses: list[Clause]) -> str:
    wanted = [clause.matching for clause in clauses if not clause.is_excluded]
    unwanted = [f"!{clause.matching}" for clause in clauses if clause.is_excluded]
    return tsquery.all_of([*wanted, *unwanted])


def without_dead(clauses: list[Clause], names: set[str], facts: LexiconFacts) -> list[Clause]:
    """What is asked for without what no entry can hold, unless there is nothing else.

    ``names`` are parts of words with an apostrophe: what is left of "Cox's Bazar" is no bazaar.
    """
    dead = [clause for clause in clauses if clause.is_dead]
    alive = [clause for clause in clauses if not clause.is_dead]
    is_name = any(not names.isdisjoint(clause.words) for clause in dead)
    is_asked = any(
        not clause.is_excluded and (not clause.words or any(tells_much(word, facts) for word in clause.words))
        for clause in alive
    )
    return alive if is_asked and not is_name else clauses


def rarest_clauses(clauses: list[Clause]) -> list[Clause]:
    """The rarest things that a longer search asks for; none of a short one."""
    if len(clauses) < SHORTEST_LOOSENED or any(clause.is_dead for clause in clauses):
        return []
    return sorted(clauses, key=lambda clause: -clause.weight)[:MOST_LOOSENED]


def clauses_of(parts: list[SearchPart], facts: LexiconFacts, spoken: str) -> list[Clause]:
    """What the parts ask for, small words left out; where there are no others, these are looked for whole."""
    clauses = []
    for run in runs(parts):
        if run[0].is_phrase:
            clauses.append(phrase_clause(run[0], facts))
        else:
            clauses += word_clauses(run, facts, spoken)
    if not clauses:
        clauses = [
            Clause(whole, whole, is_excluded=part.is_excluded)
            for part in parts
            for token in part.tokens
            if (whole := tsquery.lexeme(facts.tokens[token].plain))
        ]
    return below_terms(clauses)


def below_terms(clauses: list[Clause]) -> list[Clause]:
    """The same, no ordinary word weighing more than the terms: "EU money paid straight to a city" is not about "straight"."""
    terms = [clause.weight for clause in clauses if clause.is_term and not clause.is_excluded]
    if not terms:
        return clauses
    most = BESIDE_TERMS * max(terms)
    return [
        replace(clause, weight=min(clause.weight, most)) if clause.words and not clause.is_term else clause
        for clause in clauses
    ]


def runs(parts: list[SearchPart]) -> Iterable[list[SearchPart]]:
    """Neighbouring words together, so that terms of several words are seen; phrases and minus stand alone."""
    for stands_alone, run in groupby(parts, key=lambda part: part.is_phrase or part.is_excluded):
        if stands_alone:
            yield from ([part] for part in run)
        else:
            yield list(run)


def phrase_clause(part: SearchPart, facts: LexiconFacts) -> Clause:
    query = tsquery.any_of(f"({query})" for query in facts.phrases[part.text] if query) or tsquery.NOTHING
    return Clause(query, query, is_excluded=part.is_excluded)


def word_clauses(run: list[SearchPart], facts: LexiconFacts, spoken: str) -> list[Clause]:
    """A clause for each term or word; the longest term wins, and small words are left out where they are in none."""
    words = [part.text for part in run]
    clauses, at = [], 0
    while at < len(words):
        length, terms = longest_term(words[at:], facts, spoken)
        of_term = words[at : at + length]
        at += length
        if length == 1 and is_dropped(of_term[0], facts.tokens[of_term[0]], spoken):
            continue
        clauses.append(word_clause(of_term, terms, facts, spoken, is_excluded=run[0].is_excluded))
    return clauses


def word_clause(words: list[str], terms: list[LexiconTerm], facts: LexiconFacts, spoken: str, *, is_excluded: bool):
    said = [word for word in words if not is_dropped(word, facts.tokens[word], spoken)] or words
    if len(words) > 1 and terms:
        # The parts of a term mean something else, and are looked for only as they stand.
        own = parts = own_phrase(words, facts)
    else:
        own = tsquery.all_of(own_query(word, facts) for word in said)
        parts = tsquery.all_of(meant_query(word, facts, spoken) for word in said)
    matching = tsquery.any_of([*meanings(terms, facts), parts])
    typed = min(max(facts.tokens[word].documents.values(), default=0) for word in said)
    meant = (meaning.documents for term in terms for meaning in facts.meanings.get(term.concept, ()))
    weight = rarity(max([typed, *meant]), is_term=bool(terms))
    more = BY_THEMSELVES * (rarity(typed, is_term=bool(terms)) - weight)
    least = 0 if is_excluded or len(words) > 1 else max(facts.tokens[words[0]].documents.values(), default=0)
    is_dead = not terms and not any(facts.tokens[form].documents for word in said for form in (word, *forms_of(word)))
    # In other languages the terms are machine-aided, and the model reads an idiom as well as its term.
    name = terms[0].concept.replace("-", " ") if len(words) > 1 and terms and terms[0].language == "en" else ""
    return Clause(matching, own, weight, more, is_excluded, least, tuple(words), is_dead, bool(terms), name)


def meant_query(word: str, facts: LexiconFacts, spoken: str) -> str:
    _length, terms = longest_term([word], facts, spoken)
    return tsquery.any_of([own_query(word, facts), *meanings(terms, facts)])


def rarity(documents: int, *, is_term: bool) -> float:
    """How much a word tells entries apart: 1 where it is in hardly any, less the more hold it.

    A term of the field says what is asked for; other words only how.
    """
    return (1 + log1p(documents)) ** -RARITY * (1 if is_term else BESIDE_TERMS)
