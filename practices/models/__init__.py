from .address import FormerAddress
from .city import City
from .confirmation import Confirmation
from .letter import PracticeLetter
from .link import LinkCheck
from .network import Membership, Network
from .place import Place
from .practice import Practice
from .question import CuratorQuestion, SubmissionEvent
from .route import ContactRoute
from .source import Figure, Source
from .submission import Submission
from .submission_letter import SubmissionLetter
from .words import LexiconWord, PracticeText, Term

__all__ = [
    "City",
    "Confirmation",
    "ContactRoute",
    "CuratorQuestion",
    "Figure",
    "FormerAddress",
    "LexiconWord",
    "LinkCheck",
    "Membership",
    "Network",
    "Place",
    "Practice",
    "PracticeLetter",
    "PracticeText",
    "Source",
    "Submission",
    "SubmissionEvent",
    "SubmissionLetter",
    "Term",
]
