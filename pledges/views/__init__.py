from .export import signatories_csv
from .signatories import signatories
from .signature import signature
from .statement import statement

__all__ = ["signatories", "signatories_csv", "signature", "statement"]
