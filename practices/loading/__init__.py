"""Reading a directory kept as JSON lines: what is wrong is said in words, for all rows at once.

A loader iterates over ``report.rows(path, label)``, asks each Row for its fields by kind, ends with
``row.finish()``, and saves only where ``row.is_sound``.
"""

from .report import Report
from .rows import Row
from .sources import read_sources

__all__ = ["Report", "Row", "read_sources"]
