"""The parts of a search, as web search engines read them: words, "phrases", OR and minus."""

import re
from dataclasses import dataclass

PARTS = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
# A word of letters and digits; an apostrophe or a hyphen ends it, as it does for PostgreSQL.
TOKENS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Part:
    """A word or a phrase that is wanted, or not wanted."""

    text: str
    tokens: tuple[str, ...]
    is_phrase: bool = False
    is_excluded: bool = False


def parse(words: str) -> list[list[Part]]:
    """The search as alternatives (OR) of parts that belong together; stray operators are passed over."""
    alternatives: list[list[Part]] = [[]]
    for found in PARTS.finditer(words):
        text = found["phrase"] if found["word"] is None else found["word"]
        if found["word"] in {"OR", "or"} and not found["minus"]:
            alternatives.append([])
            continue
        tokens = tuple(TOKENS.findall(text))
        if not tokens:
            continue
        excluded = bool(found["minus"])
        if found["word"] is None:
            alternatives[-1].append(Part(text, tokens, is_phrase=True, is_excluded=excluded))
        else:
            alternatives[-1] += [Part(token, (token,), is_excluded=excluded) for token in tokens]
    return [parts for parts in alternatives if parts]
