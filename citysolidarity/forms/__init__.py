"""What forms for the public have in common, whatever they are about; knows nothing of ours."""

from .plain import PlainForm, Problem
from .stamp import Stamp
from .way import Way

__all__ = ["PlainForm", "Problem", "Stamp", "Way"]
