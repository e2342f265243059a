from .confirm_entry import confirm_entry
from .directory import coverage, directory, page_of, practice, practice_card, suggest
from .letter_done import letter_done
from .places import places

__all__ = [
    "confirm_entry",
    "coverage",
    "directory",
    "letter_done",
    "page_of",
    "places",
    "practice",
    "practice_card",
    "suggest",
]
