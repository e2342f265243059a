"""The second list of a search: practices that mean something close to what was asked, in any language.

It stands below what was found, fills the page up to ten, and never takes the place of "no practice mentions this".
"""

from practices.directory.found import FoundBySql, FoundInIndex
from practices.search import embeddings

MOST = 10  # of both lists together


def close_in_meaning(found: FoundInIndex | FoundBySql) -> list[int]:
    """The keys of the practices in the second list, the closest first; none where the search has no such list."""
    selection, missing = found.selection, MOST - found.counts.total
    is_first_page = selection.page == 1 and selection.order == "match" and selection.view == "list"
    if missing < 1 or not is_first_page or not found.reading.is_question:
        return []
    return found.closest(embeddings.encoder.query(selection.words), missing) if embeddings.is_available() else []
