from .badge import badge
from .certificate import certificate
from .export import signatories_csv, signatories_json
from .signatories import signatories
from .signature import signature
from .statement import statement

__all__ = [
    "badge",
    "certificate",
    "signatories",
    "signatories_csv",
    "signatories_json",
    "signature",
    "statement",
]
