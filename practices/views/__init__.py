from .confirm_entry import confirm_entry
from .directory import coverage, directory, page_of, practice, practice_card, suggest
from .letter_done import letter_done
from .places import places
from .share import share, share_page, share_sent, share_update
from .share_check import share_check
from .share_resume import share_resume
from .share_save import share_save
from .submission import submission

__all__ = [
    "confirm_entry",
    "coverage",
    "directory",
    "letter_done",
    "page_of",
    "places",
    "practice",
    "practice_card",
    "share",
    "share_check",
    "share_page",
    "share_resume",
    "share_save",
    "share_sent",
    "share_update",
    "submission",
    "suggest",
]
