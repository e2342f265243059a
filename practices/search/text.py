"""How the words of a search are cleaned, and how those found are marked."""

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString

LONGEST_QUERY = 200
# Private-use characters: no text holds them, and escaping leaves them alone.
MARK_START, MARK_END = "\ue000", "\ue001"


def fold(words: str) -> str:
    """The search as it is used: no control characters, single spaces, at most 200 characters."""
    visible = "".join(" " if unicodedata.category(mark) in {"Cc", "Cs", "Co"} else mark for mark in words)
    return re.sub(r"\s+", " ", visible).strip()[:LONGEST_QUERY].strip()


def marked_html(text: str) -> SafeString:
    """Escapes a marked text and turns its marks into ``<mark>``."""
    # Everything is escaped first, and only our own two marks become tags.
    return SafeString(escape(text).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>"))
