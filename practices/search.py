"""How words are read, matched and marked. The text configurations are made by a migration.

``solidarity_en`` stems English, ``solidarity_names`` keeps words whole (names of places and
organisations); both fold case and accents, so "neukolln" finds Neukölln.
"""

import re
import unicodedata

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.utils.html import escape
from django.utils.safestring import SafeString

LONGEST_QUERY = 200
# Private-use characters: no text holds them, and escaping leaves them alone.
MARK_START, MARK_END = "\ue000", "\ue001"


def fold(words: str) -> str:
    """The search as it is used: no control characters, single spaces, at most 200 characters."""
    visible = "".join(" " if unicodedata.category(mark) in {"Cc", "Cs", "Co"} else mark for mark in words)
    return re.sub(r"\s+", " ", visible).strip()[:LONGEST_QUERY].strip()


def text_query(words: str) -> SearchQuery:
    """The query for PostgreSQL, with quotes, OR and minus as web search engines read them."""
    folded = fold(words)
    stemmed = SearchQuery(folded, config="solidarity_en", search_type="websearch")
    return stemmed | SearchQuery(folded, config="solidarity_names", search_type="websearch")


def headline(field: str, words: str) -> SearchHeadline:
    """The whole text of ``field`` with the words found between MARK_START and MARK_END."""
    return SearchHeadline(
        field, text_query(words), config="solidarity_en", start_sel=MARK_START, stop_sel=MARK_END, highlight_all=True
    )


def marked_html(text: str) -> SafeString:
    """Escapes a marked text and turns its marks into ``<mark>``."""
    # Everything is escaped first, and only our own two marks become tags.
    return SafeString(escape(text).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>"))
