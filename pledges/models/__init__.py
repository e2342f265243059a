from .commitment import Commitment
from .contact import SignatureContact
from .event import SignatureEvent
from .evidence import Evidence
from .letter import SignatureLetter
from .milestone import Milestone
from .moves import MoveRefused
from .sentform import SentForm
from .signature import Signature
from .source import SignatureSource
from .statement import Clause, Statement, StatementVersion

__all__ = [
    "Clause",
    "Commitment",
    "Evidence",
    "Milestone",
    "MoveRefused",
    "SentForm",
    "Signature",
    "SignatureContact",
    "SignatureEvent",
    "SignatureLetter",
    "SignatureSource",
    "Statement",
    "StatementVersion",
]
