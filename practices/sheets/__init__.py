"""Entries as a spreadsheet: written so that nothing is lost, read back with a look at every change first.

``formats`` knows CSV and XLSX, ``columns`` what stands in which column, ``plan`` what an import would do.
"""

from .formats import BadSheet, read_sheet, write_csv, write_xlsx
from .plan import Plan

__all__ = ["BadSheet", "Plan", "read_sheet", "write_csv", "write_xlsx"]
