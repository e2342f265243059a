"""Misspelt words and what they were meant for: the candidates come from the lexicon, the choice is made here."""

import re
from itertools import pairwise

from practices.search.facts import Facts, Fix, Token
from practices.search.grammar import TOKENS, Part
from practices.search.stopwords import is_small_talk

# Rows of keys as they lie; a neighbour is hit by mistake more easily than a letter far off.
KEYBOARDS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn")
NEIGHBOURS = {frozenset(pair) for row in KEYBOARDS for pair in pairwise(row)} | {
    frozenset((upper, lower))
    for at in (0, 1)
    for place, lower in enumerate(KEYBOARDS[at + 1])
    for upper in KEYBOARDS[at][place : place + 2]
}
# What a slip costs; 1.0 is any other letter.
NEIGHBOUR_KEY, DOUBLED, SWAPPED, MISSED = 0.8, 0.5, 0.6, 0.75
FIRST_LETTER = 0.4  # on top, as few mistakes are made there
FARTHEST = 0.3  # slips a letter


def corrected(asked: str, alternatives: list[list[Part]], facts: Facts, languages: set[str]) -> str:
    """The search with each unknown word replaced by the likeliest one, or left out beside others that are known.

    ``languages`` are those of the page and of the words: their words come first. Phrases stay as they are typed.
    """
    words = [part.text for parts in alternatives for part in parts if not part.is_phrase]
    unknown = {word for word in words if not is_fine(word, facts, languages)}
    meant = {word: best.word for word in unknown if (best := likeliest(facts.tokens[word], languages))}
    if len(alternatives) == 1 and any(word not in unknown or word in meant for word in words):
        meant |= dict.fromkeys(unknown - set(meant), "")
    if not meant:
        return asked
    pieces = re.split('("[^"]*"?)', asked)
    said = "".join(
        piece if piece.startswith('"') else TOKENS.sub(lambda found: meant.get(found[0], found[0]), piece)
        for piece in pieces
    )
    return " ".join(word for word in said.split() if TOKENS.search(word))


def is_fine(word: str, facts: Facts, languages: set[str]) -> bool:
    """Whether the word is known, as it stands or with German ae, oe and ue as one letter, or says nothing."""
    token = facts.tokens[word]
    if (
        token.is_known(languages)
        or not word.isalpha()
        or any(token.is_stop(language) or is_small_talk(word, language) for language in languages)
    ):
        return True
    of_these = [term for term in facts.terms if term.language in {*languages, ""}]
    named = any(stem in term.stems for term in of_these for stem in token.stems.get(term.language) or ())
    return named or any(facts.tokens[form].written for form in without_digraphs(word))


def likeliest(token: Token, languages: set[str]) -> Fix | None:
    """The word that takes the cheapest slips; then one of these languages, then the more frequent; None if far off."""

    def order(fix: Fix):
        foreign = 0 if fix.language in {*languages, ""} else (0.15 if fix.documents else 0.3)
        return slips(fix.plain, token.plain) + foreign, -fix.documents, fix.word

    best = min(token.fixes, key=order, default=None)
    return best if best and slips(best.plain, token.plain) <= FARTHEST * len(token.plain) else None


def without_digraphs(word: str) -> list[str]:
    """The word with German ae, oe and ue as one letter: "Neukoelln" is Neukölln; none where it has none."""
    plain = word.lower().replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return [plain] if plain != word.lower() else []


def slips(meant: str, typed: str) -> float:
    """What it costs to type one word for another: letters swapped, doubled, missed or beside the right key."""
    before: list[float] = []
    row = [float(at) for at in range(len(typed) + 1)]
    for at, letter in enumerate(meant, start=1):
        last, row = row, [row[0] + MISSED]
        for place, key in enumerate(typed, start=1):
            extra = DOUBLED if place > 1 and typed[place - 2] == key else 1.0
            wrong = 0.0 if key == letter else NEIGHBOUR_KEY if frozenset((key, letter)) in NEIGHBOURS else 1.0
            best = min(last[place] + MISSED, row[place - 1] + extra, last[place - 1] + wrong)
            if at > 1 and place > 1 and letter == typed[place - 2] and meant[at - 2] == key:
                best = min(best, before[place - 2] + SWAPPED)
            row.append(best)
        before = last
    return row[-1] + (FIRST_LETTER if meant[0] != typed[0] else 0)
