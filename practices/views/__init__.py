from .directory import coverage, directory, page_of, practice, practice_card, suggest

__all__ = ["coverage", "directory", "page_of", "practice", "practice_card", "suggest"]
