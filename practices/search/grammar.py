"""The parts of a search, as web search engines read them: words, "phrases", OR and minus."""

import re
from dataclasses import dataclass

PARTS = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
# A number with its thousands set apart, by whichever sign; what stands in quotes stays as it is.
NUMBERS = re.compile(r"""("[^"]*"?)|(?<![\w.,])[1-9]\d{0,2}(?:[.,' \u00a0\u202f]\d{3})+(?!\w|[.,]\d)""")
# A word of letters and digits; an apostrophe or a hyphen ends it, as it does for PostgreSQL.
TOKENS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class SearchPart:
    text: str
    tokens: tuple[str, ...]
    is_phrase: bool = False
    is_excluded: bool = False


def parse(words: str) -> list[list[SearchPart]]:
    """The search as alternatives (OR) of parts that belong together; stray operators are passed over."""
    alternatives: list[list[SearchPart]] = [[]]
    for match in PARTS.finditer(NUMBERS.sub(lambda found: found[1] or re.sub(r"\D", "", found[0]), words)):
        text = match["phrase"] if match["word"] is None else match["word"]
        if match["word"] in {"OR", "or"} and not match["minus"]:
            alternatives.append([])
            continue
        tokens = tuple(TOKENS.findall(text))
        if not tokens:
            continue
        excluded = bool(match["minus"])
        if match["word"] is None:
            alternatives[-1].append(SearchPart(text, tokens, is_phrase=True, is_excluded=excluded))
        else:
            alternatives[-1] += [SearchPart(token, (token,), is_excluded=excluded) for token in tokens]
    return [parts for parts in alternatives if parts]
