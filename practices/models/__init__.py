from .address import FormerAddress
from .city import City
from .confirmation import Confirmation
from .enquiry import Asker, Enquiry
from .letter import PracticeLetter
from .link import LinkCheck
from .network import Membership, Network
from .picture import Picture
from .place import Place
from .practice import Practice
from .question import CuratorQuestion, SubmissionEvent
from .report import Report
from .rewording import Rewording
from .route import ContactRoute
from .source import Figure, Source
from .submission import Submission
from .submission_letter import SubmissionLetter
from .translation import PracticeTranslation, TranslationEvent
from .words import LexiconWord, PracticeText, Term

__all__ = [
    "Asker",
    "City",
    "Confirmation",
    "ContactRoute",
    "CuratorQuestion",
    "Enquiry",
    "Figure",
    "FormerAddress",
    "LexiconWord",
    "LinkCheck",
    "Membership",
    "Network",
    "Picture",
    "Place",
    "Practice",
    "PracticeLetter",
    "PracticeText",
    "PracticeTranslation",
    "Report",
    "Rewording",
    "Source",
    "Submission",
    "SubmissionEvent",
    "SubmissionLetter",
    "Term",
    "TranslationEvent",
]
