from .address import FormerAddress
from .city import City
from .link import LinkCheck
from .network import Membership, Network
from .place import Place
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
    "Place",
    "Practice",
    "PracticeText",
    "Source",
    "Term",
]
