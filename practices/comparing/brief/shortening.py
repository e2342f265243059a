"""Cutting texts that are too long for a page: the longest first, at the end of a sentence, never without a mark."""

import re

# Where a text may end: after a sentence of any of the site's scripts.
SENTENCE = re.compile(r"[.!?؟…][\"”»’)]*(?=\s)")
MARK = " […]"
# A cut goes back to the end of a sentence if that does not cost more than this share of the room.
BACK = 0.4


def fair(texts: list[str], room: int) -> list[str]:
    """The texts in no more than about ``room`` characters: short ones whole, the long ones cut to the same length."""
    level = level_for([len(text) for text in texts], room)
    return [cut(text, level) for text in texts]


def level_for(lengths: list[int], room: int) -> int:
    """The greatest length to which the longer ones can be cut so that all together stay within ``room``."""
    left = max(0, room)
    for at, length in enumerate(sorted(lengths)):
        share = left // (len(lengths) - at)
        if length > share:
            return share
        left -= length
    return max(lengths, default=0)


def cut(text: str, room: int) -> str:
    """The text, or as many of its sentences (else words) as ``room`` characters hold, and a mark."""
    if len(text) <= room:
        return text
    head = text[: max(0, room - len(MARK))]
    ends = [match.end() for match in SENTENCE.finditer(text[: len(head) + 1]) if match.end() <= len(head)]
    if ends and ends[-1] >= len(head) * (1 - BACK):
        head = head[: ends[-1]]
    elif not text[len(head) : len(head) + 1].isspace():
        head = head.rpartition(" ")[0]
    return head.rstrip(" ,;:–—،؛") + MARK
