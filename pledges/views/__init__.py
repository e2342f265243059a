from .badge import badge
from .certificate import certificate
from .change import sign_change
from .confirm import confirm
from .correct import correct
from .disown import disown
from .done import done
from .export import signatories_csv, signatories_json
from .sign import (
    sign,
    sign_city,
    sign_commitments,
    sign_contact,
    sign_place,
    sign_sent,
    sign_signer,
    sign_visibility,
)
from .sign_check import sign_check
from .signatories import signatories
from .signature import signature
from .statement import statement
from .undo import undo
from .withdraw import withdraw

__all__ = [
    "badge",
    "certificate",
    "confirm",
    "correct",
    "disown",
    "done",
    "sign",
    "sign_change",
    "sign_check",
    "sign_city",
    "sign_commitments",
    "sign_contact",
    "sign_place",
    "sign_sent",
    "sign_signer",
    "sign_visibility",
    "signatories",
    "signatories_csv",
    "signatories_json",
    "signature",
    "statement",
    "undo",
    "withdraw",
]
