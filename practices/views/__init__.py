from .directory import coverage, directory, page_of, practice, practice_card, suggest
from .places import places

__all__ = ["coverage", "directory", "page_of", "places", "practice", "practice_card", "suggest"]
