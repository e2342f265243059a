"""Long texts in paragraphs, for reading."""

import re
from itertools import pairwise
from math import ceil

# Letters of a paragraph that reads well: seven lines of a page, twelve of a telephone.
LONGEST = 480
# A short word with a capital letter may be an abbreviation ("St. Gallen", "EE. UU."): a break too few harms nobody.
ABBREVIATION = r"[(«“\"]?(?:\w[’'])?(?:(?i:incl|approx|cf|vs|dept|messrs|gov|pop|resp|ca|nr)\.|[^\W\d_]\.)"
END = re.compile(
    rf"(?<!\S)(?![A-Z]\w{{0,3}}\.|\S*\.\w|{ABBREVIATION})\S+[.!?؟][»”\"]?(?P<gap> )(?=[«“\"¿¡(]?(?P<next>[^\W\d_]))"
)


def in_paragraphs(text: str) -> str:
    """The text, broken between sentences into parts of about one length, where whoever wrote it broke nothing."""
    parts = ceil(len(text) / LONGEST)
    ends = [match.start("gap") for match in END.finditer(text) if not match["next"].islower()]
    if parts == 1 or not ends or "\n" in text:
        return text
    breaks = sorted({min(ends, key=lambda end: abs(end - part * len(text) / parts)) for part in range(1, parts)})
    return "\n\n".join(text[start:end].strip() for start, end in pairwise([0, *breaks, len(text)]))
