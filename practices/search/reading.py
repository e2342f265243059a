"""A search as it is understood: what it matches, what it is ranked by, and what was corrected in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, log1p

from practices.search import tsquery
from practices.search.correction import corrected, without_digraphs
from practices.search.facts import LANGUAGES, Facts, Term, Token, facts_of
from practices.search.grammar import Part, parse
from practices.search.stopwords import is_small_talk
from practices.search.text import fold

# How much more a rare word counts than a common one.
RARITY = 2.5
# A search of this many words and more that finds little also finds entries which fit as many of the rarest of them as
# some entries do, but never fewer than this part.
SHORTEST_LOOSENED, MOST_LOOSENED, ENOUGH_OF = 3, 6, 0.4


@dataclass(frozen=True)
class Clause:
    """One thing that is asked for: what matches it, and what matches it in the visitor's own words."""

    matching: str
    own: str
    weight: float = 1.0
    is_excluded: bool = False
    least: int = 0  # so many entries fit it for certain

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

    def __bool__(self):
        return bool(self.asked)

    @property
    def marking(self) -> str:
        """The query whose words are marked where they are found."""
        return tsquery.any_of(clause.matching for clause in self.clauses if not clause.is_excluded) or tsquery.NOTHING

    @property
    def is_corrected(self) -> bool:
        """Whether other words are looked for than those typed."""
        return self.words != self.asked


def read(words: str, language: str = "en", *, exact: bool = False) -> Reading:
    """Reads a search typed on a page in this language; ``exact`` looks for the very words, right or not.

    One statement, two where a word is corrected.
    """
    asked = fold(words)
    language = language.partition("-")[0] if language.partition("-")[0] in LANGUAGES else "en"
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
    is_plain = len(alternatives) == 1 and not any(part.is_phrase or part.is_excluded for part in alternatives[0])
    matching = tsquery.any_of(matched(clauses) for clauses in every)
    relaxed = telling(every[0]) if is_plain and not exact else []
    least = max((clauses[0].least for clauses in every if len(clauses) == 1), default=0)
    return Reading(
        asked,
        meant,
        matching,
        tuple(clause.matching for clause in relaxed),
        ceil(ENOUGH_OF * len(relaxed)),
        tuple(clause for clauses in every for clause in clauses),
        least,
    )


def look_up(alternatives: list[list[Part]]) -> Facts:
    """The facts on every word and phrase."""
    parts = [part for parts in alternatives for part in parts]
    words = dict.fromkeys(token for part in parts for token in part.tokens)
    phrases = dict.fromkeys(part.text for part in parts if part.is_phrase)
    return facts_of([form for word in words for form in (word, *without_digraphs(word))], list(phrases))


def spoken_language(alternatives: list[list[Part]], facts: Facts, language: str) -> str:
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
    return language if scores.get(language, 0) >= best - 0.5 else max(LANGUAGES, key=lambda one: scores[one])


def matched(clauses: list[Clause]) -> str:
    """The query of one alternative: all its clauses."""
    wanted = [clause.matching for clause in clauses if not clause.is_excluded]
    unwanted = [f"!{clause.matching}" for clause in clauses if clause.is_excluded]
    return tsquery.all_of([*wanted, *unwanted])


def telling(clauses: list[Clause]) -> list[Clause]:
    """The rarest things that a longer search asks for; none of a short one."""
    if len(clauses) < SHORTEST_LOOSENED:
        return []
    return sorted(clauses, key=lambda clause: -clause.weight)[:MOST_LOOSENED]


def clauses_of(parts: list[Part], facts: Facts, spoken: str) -> list[Clause]:
    """What the parts ask for, small words left out; where there are no others, these are looked for whole."""
    found = []
    for run in runs(parts):
        if run[0].is_phrase:
            found.append(phrase_clause(run[0], facts))
        else:
            found += word_clauses(run, facts, spoken)
    if not found:
        found = [
            Clause(whole, whole, is_excluded=part.is_excluded)
            for part in parts
            for token in part.tokens
            if (whole := tsquery.lexeme(facts.tokens[token].plain))
        ]
    return found


def runs(parts: list[Part]) -> Iterable[list[Part]]:
    """Neighbouring words together, so that terms of several words are seen; phrases and minus stand alone."""
    run: list[Part] = []
    for part in parts:
        if part.is_phrase or part.is_excluded:
            if run:
                yield run
            yield [part]
            run = []
        else:
            run.append(part)
    if run:
        yield run


def phrase_clause(part: Part, facts: Facts) -> Clause:
    query = tsquery.any_of(f"({one})" for one in facts.phrases[part.text] if one) or tsquery.NOTHING
    return Clause(query, query, is_excluded=part.is_excluded)


def word_clauses(run: list[Part], facts: Facts, spoken: str) -> list[Clause]:
    """A clause for each term or word; the longest term wins."""
    words = [part.text for part in run if not is_dropped(part.text, facts.tokens[part.text], spoken)]
    found, at = [], 0
    while at < len(words):
        length, terms = longest_term(words[at:], facts, spoken)
        of_term = words[at : at + length]
        each = [meant_query(word, facts, spoken) for word in of_term]
        matching = tsquery.any_of([*meanings(terms, facts), tsquery.all_of(each)])
        own = tsquery.all_of(own_query(word, facts) for word in of_term)
        weight = rarity([facts.tokens[word] for word in of_term], terms, facts)
        excluded = run[0].is_excluded
        least = 0 if excluded or length > 1 else max(facts.tokens[of_term[0]].documents.values(), default=0)
        found.append(Clause(matching, own, weight, excluded, least))
        at += length
    return found


def meant_query(word: str, facts: Facts, spoken: str) -> str:
    """The word as typed or what it means by itself."""
    _length, terms = longest_term([word], facts, spoken)
    return tsquery.any_of([own_query(word, facts), *meanings(terms, facts)])


def rarity(tokens: list[Token], terms: list[Term], facts: Facts) -> float:
    """How much a clause tells entries apart: 1 where one of its words is in hardly any, less the more hold it."""
    typed = min(max(token.documents.values(), default=0) for token in tokens)
    meant = [meaning.documents for term in terms for meaning in facts.meanings.get(term.concept, ())]
    return (1 + log1p(max([typed, *meant]))) ** -RARITY


def is_dropped(word: str, token: Token, spoken: str) -> bool:
    return token.is_stop(spoken) or is_small_talk(word, spoken) or (not token.documents and token.is_stop("en"))


def own_query(word: str, facts: Facts) -> str:
    """The word as typed, stemmed in every language and whole; German digraphs as one letter too."""
    forms = [facts.tokens[form] for form in (word, *without_digraphs(word))]
    stems = [stem for token in forms for language in ("", *LANGUAGES) for stem in token.stems.get(language) or ()]
    return tsquery.any_of(map(tsquery.lexeme, stems)) or tsquery.NOTHING


def longest_term(words: list[str], facts: Facts, spoken: str) -> tuple[int, list[Term]]:
    """How many of the first words are one term (1 where none is), and the terms of that length."""
    best: dict[int, list[Term]] = {}
    for term in facts.terms:
        length = len(term.stems)
        if length <= len(words) and all(
            stem in (facts.tokens[word].stems.get(term.language) or ())
            for stem, word in zip(term.stems, words, strict=False)
        ):
            best.setdefault(length, []).append(term)
    if not best:
        return 1, []
    length = max(best)
    return length, likeliest(best[length], [facts.tokens[word].plain for word in words[:length]], spoken)


def likeliest(terms: list[Term], plain: list[str], spoken: str) -> list[Term]:
    """Terms of the language spoken and names before others; the very word before one with the same stem."""
    of_language = [term for term in terms if term.language in {spoken, ""}] or terms
    exact = [term for term in of_language if term.plain == " ".join(plain)]
    return exact or of_language


def meanings(terms: list[Term], facts: Facts) -> Iterable[str]:
    """Queries for the words of the terms' concepts and for their controlled words."""
    for term in {term.concept: term for term in terms}.values():
        for meaning in facts.meanings.get(term.concept, ()):
            yield tsquery.phrase(meaning.stems)
        if term.tag:
            yield tsquery.lexeme(term.tag)
