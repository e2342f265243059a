"""The documents of the library that fit the words of a search: a short section under the practices."""

from django.template.loader import render_to_string

from practices.documents.index import documents

MOST = 3
TEMPLATE = "practices/directory/in_the_library.html"


def in_the_library(words: str) -> str:
    """The section as HTML; "" where no document has the words. No query while nothing changes."""
    rows = documents.as_checked().matching(words) if words else []
    if not rows:
        return ""
    return render_to_string(TEMPLATE, {"rows": rows[:MOST], "count": len(rows), "words": words})
