"""Reading a directory kept as JSON lines: what is wrong is said in words, for all rows at once.

A loader iterates over ``report.rows(path, label)``, asks each Row for its fields by kind, ends with
``row.finish()``, and saves only where ``row.is_sound``.
"""

from practices.loading.report import LoadReport
from practices.loading.row import Row
from practices.loading.sources import read_sources

__all__ = ["LoadReport", "Row", "read_sources"]
