"""Misspelt words and what they were meant for: the candidates come from the lexicon, the choice is made here."""

import re
from itertools import pairwise

from practices.search.grammar import TOKENS, SearchPart
from practices.search.lexicon import Fix, LexiconFacts, Token
from practices.search.real_words import is_real
from practices.search.stopwords import is_small_talk
from practices.search.text import arabic_forms
from practices.vocabularies.languages import LANGUAGES

# Rows of keys as they lie; a neighbour is hit by mistake more easily than a letter far off.
KEYBOARDS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn")
NEIGHBOURS = {frozenset(pair) for row in KEYBOARDS for pair in pairwise(row)} | {
    frozenset((upper, lower))
    for at in (0, 1)
    for place, lower in enumerate(KEYBOARDS[at + 1])
    for upper in KEYBOARDS[at][place : place + 2]
}
# Letters that are written for one another by ear; the same as ``practices_sound`` of the database.
SOUNDS = str.maketrans("vwckqxzgjymضصثطذ", "bbsssssjjinظسستز")
VOWELS = frozenset("aeiouy")
# What a slip costs; 1.0 is any other letter.
NEIGHBOUR_KEY, DOUBLED, SWAPPED, MISSED, BY_EAR, VOWEL, SILENT = 0.8, 0.5, 0.6, 0.75, 0.5, 0.7, 0.4
NO_TERM = 0.1  # on top, as most of what is asked for are terms of the field
FIRST_LETTER = 0.4  # on top, as few mistakes are made there
FARTHEST = 0.3  # slips a letter
SHORTEST_PART = 5  # letters
SHORTEST_TELLING = 4
LONGEST_ELISION = 2  # qu'
# What turns a word into its contrary, in the languages of the site.
NEGATIONS = ("un", "in", "im", "il", "ir", "i", "non", "dis", "des")


def corrected(asked: str, alternatives: list[list[SearchPart]], facts: LexiconFacts, languages: set[str]) -> str:
    """The search with each unknown word replaced by the likeliest one, or left out beside others that are known.

    ``languages`` are those of the page and of the words: their words come first. Phrases stay as they are typed.
    """
    words = [part.text for parts in alternatives for part in parts if not part.is_phrase]
    unknown = unknown_words(alternatives, facts, languages)
    of_names, compounds = parts_of_words(asked)
    if any(word in unknown and word[0].isupper() and len(word) > 1 for word in of_names):
        return asked  # "Cox's Bazar": a name, of which no half means anything else
    meant = {
        word: best.word
        for word in unknown
        if not is_real(facts.tokens[word].plain)
        and (best := likeliest(facts.tokens[word], languages))
        and is_near(best, word, of_names | compounds, languages)
    }
    left = [word for word in words if word in meant or (word not in unknown and tells_much(word, facts))]
    if len(alternatives) == 1 and left:
        meant |= dict.fromkeys(unknown - set(meant) - of_names - compounds, "")
        # "e-learning" is learning, where nobody writes of e-learning.
        meant |= {word: "" for word in unknown & compounds if len(word) == 1 and compounds - unknown}
    return replaced(asked, meant) if meant else asked


def tells_much(word: str, facts: LexiconFacts) -> bool:
    """Whether a word can stand for a whole question: "for" and "für", left of one that nothing answers, cannot."""
    token = facts.tokens[word]
    if any(token.is_stop(language) or is_small_talk(word, language) for language in LANGUAGES):
        return False
    if len(word) >= SHORTEST_TELLING or not word.isalpha():
        return True
    return any(stem in term.stems for term in facts.terms for stem in token.stems.get(term.language) or ())


def unknown_words(alternatives: list[list[SearchPart]], facts: LexiconFacts, languages: set[str]) -> set[str]:
    words = [part.text for parts in alternatives for part in parts if not part.is_phrase]
    return {word for word in words if not is_fine(word, facts, languages)}


def parts_of_words(asked: str) -> tuple[set[str], set[str]]:
    """The parts of words with an apostrophe, and those of words with a hyphen."""
    of_names, compounds = set(), set()
    for chunk in re.sub('"[^"]*"?', " ", asked).split():
        tokens = TOKENS.findall(chunk)
        if len(tokens) > 1:
            (of_names if "'" in chunk else compounds).update(tokens)
    return of_names, compounds


def parts_of_names(asked: str) -> set[str]:
    """The parts of words with an apostrophe that is no elision: of "Cox's", but not of "l'asile"."""
    chunks = [TOKENS.findall(chunk) for chunk in asked.split() if "'" in chunk]
    return {token for tokens in chunks if len(tokens) > 1 and len(tokens[0]) > LONGEST_ELISION for token in tokens}


def is_near(fix: Fix, word: str, parts: set[str], languages: set[str]) -> bool:
    """Whether a part of a word may become this: long enough to tell, one slip away, and of a language that is spoken."""
    return word not in parts or (
        len(word) >= SHORTEST_PART and fix.language in {*languages, ""} and slips(fix.plain, word.lower()) <= 1
    )


def replaced(asked: str, meant: dict[str, str]) -> str:
    """The search with words replaced; no half of a word is left with its hyphen, which would exclude what follows."""
    chunks = []
    for chunk in re.findall(r'-?"[^"]*"?|[^\s"]+', asked):
        if '"' in chunk:
            chunks.append(chunk)
            continue
        minus = "-" if chunk.startswith("-") else ""
        text = TOKENS.sub(lambda word: meant.get(word[0], word[0]), chunk.removeprefix(minus))
        if TOKENS.search(text):
            chunks.append(minus + text.strip("-'_.,;:!?/&"))
    return " ".join(chunks)


def is_fine(word: str, facts: LexiconFacts, languages: set[str]) -> bool:
    """Whether the word is known, as it stands or with German ae, oe and ue as one letter, or says nothing."""
    token = facts.tokens[word]
    if (
        token.is_known(languages)
        or not word.isalpha()
        or any(token.is_stop(language) or is_small_talk(word, language) for language in languages)
    ):
        return True
    of_these = [term for term in facts.terms if term.language in {*languages, ""}]
    every = [token, *(facts.tokens[form] for form in arabic_forms(word))]
    named = any(stem in term.stems for term in of_these for one in every for stem in one.stems.get(term.language) or ())
    return named or any(facts.tokens[form].written for form in forms_of(word))


def likeliest(token: Token, languages: set[str]) -> Fix | None:
    """The word that takes the cheapest slips, rather one of these languages and of the field; None if far off."""

    def order(fix: Fix):
        foreign = 0 if fix.language in {*languages, ""} else (0.15 if fix.documents else 0.3)
        return slips(fix.plain, token.plain) + foreign + (0 if fix.is_term else NO_TERM), -fix.documents, fix.word

    best = min((fix for fix in token.fixes if not turns(fix.plain, token.plain)), key=order, default=None)
    return best if best and slips(best.plain, token.plain) <= FARTHEST * len(token.plain) else None


def turns(meant: str, typed: str) -> bool:
    """Whether one word is the contrary of the other: "ilegal" is no slip of "legal"."""
    pairs = ((meant, typed), (typed, meant))
    return any(
        longer.startswith(negation)
        and not shorter.startswith(negation)
        and slips(longer.removeprefix(negation), shorter) <= 1
        for longer, shorter in pairs
        for negation in NEGATIONS
    )


def forms_of(word: str) -> list[str]:
    """Other ways to spell a word."""
    return [*without_digraphs(word), *arabic_forms(word)]


def without_digraphs(word: str) -> list[str]:
    """The word with German ae, oe and ue as one letter: "Neukoelln" is Neukölln; none where it has none."""
    plain = word.lower().replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return [plain] if plain != word.lower() else []


def slips(meant: str, typed: str) -> float:
    """What it costs to type one word for another: letters swapped, doubled, missed or beside the right key."""
    before: list[float] = []
    row = [float(at) for at in range(len(typed) + 1)]
    for at, letter in enumerate(meant, start=1):
        missed = SILENT if letter == "h" else DOUBLED if at > 1 and meant[at - 2] == letter else MISSED
        last, row = row, [row[0] + missed]
        for place, key in enumerate(typed, start=1):
            extra = SILENT if key == "h" else DOUBLED if place > 1 and typed[place - 2] == key else 1.0
            best = min(last[place] + missed, row[place - 1] + extra, last[place - 1] + wrong_letter(letter, key))
            if at > 1 and place > 1 and letter == typed[place - 2] and meant[at - 2] == key:
                best = min(best, before[place - 2] + SWAPPED)
            row.append(best)
        before = last
    return row[-1] + (FIRST_LETTER if meant[0] != typed[0] else 0)


def wrong_letter(letter: str, key: str) -> float:
    """What it costs to type one letter for another."""
    if key == letter:
        return 0.0
    if key.translate(SOUNDS) == letter.translate(SOUNDS):
        return BY_EAR
    if key in VOWELS and letter in VOWELS:
        return VOWEL
    return NEIGHBOUR_KEY if frozenset((key, letter)) in NEIGHBOURS else 1.0
