from .journey import Journey
from .plain import Problem
from .stamp import Stamp

__all__ = ["Journey", "Problem", "Stamp"]
