"""Misspelt words made by rule: one slip each, as fingers make them. The same seed makes the same list."""

import random

SEED = 20_180_620
SHORTEST = 5
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {key: list(row[max(at - 1, 0) : at] + row[at + 1 : at + 2]) for row in ROWS for at, key in enumerate(row)}


def dropped(word: str, at: int, chance: random.Random) -> str:
    """A letter is left out."""
    return word[:at] + word[at + 1 :]


def doubled(word: str, at: int, chance: random.Random) -> str:
    """A letter is typed twice."""
    return word[: at + 1] + word[at:]


def swapped(word: str, at: int, chance: random.Random) -> str:
    """Two letters change places."""
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def beside(word: str, at: int, chance: random.Random) -> str:
    """The key beside the right one is hit."""
    return word[:at] + chance.choice(NEIGHBOURS.get(word[at], [word[at]])) + word[at + 1 :]


RULES = (dropped, doubled, swapped, beside)


def misspelt(words: list[str], known: set[str], number: int = 200) -> list[tuple[str, str]]:
    """``(typed, meant)`` for so many words of five letters and more, each rule as often as the others.

    What makes another word that is ``known`` is left out: nobody can tell that it is a mistake.
    """
    chance = random.Random(SEED)
    candidates = sorted({word for word in words if len(word) >= SHORTEST and word.isalpha()})
    chance.shuffle(candidates)
    pairs = []
    for word in candidates:
        rule = RULES[len(pairs) % len(RULES)]
        # The first letter stays: few slips are made there.
        typed = rule(word, chance.randrange(1, len(word)), chance)
        if typed != word and typed not in known:
            pairs.append((typed, word))
        if len(pairs) == number:
            break
    return pairs
