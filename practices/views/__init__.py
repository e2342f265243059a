from .answer_question import answer_question
from .ask import practice_ask
from .brief import brief, brief_pdf
from .compare import compare
from .confirm_entry import confirm_entry
from .confirm_question import confirm_question
from .directory import coverage, directory, page_of, practice, practice_card, suggest
from .letter_done import letter_done
from .like import like
from .picture import picture
from .places import places
from .practice_in import practice_in
from .read_answer import read_answer
from .report import practice_report
from .share import share, share_page, share_sent, share_update
from .share_check import share_check
from .share_resume import share_resume
from .share_save import share_save
from .submission import submission

__all__ = [
    "answer_question",
    "brief",
    "brief_pdf",
    "compare",
    "confirm_entry",
    "confirm_question",
    "coverage",
    "directory",
    "letter_done",
    "like",
    "page_of",
    "picture",
    "places",
    "practice",
    "practice_ask",
    "practice_card",
    "practice_in",
    "practice_report",
    "read_answer",
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
