from .address import FormerAddress
from .city import City
from .link import LinkCheck
from .network import Membership, Network
from .practice import Practice
from .source import Figure, Source
from .words import LexiconWord, PracticeText, Term

__all__ = [
    "City",
    "Figure",
    "FormerAddress",
    "LexiconWord",
    "LinkCheck",
    "Membership",
    "Network",
    "Practice",
    "PracticeText",
    "Source",
    "Term",
]
