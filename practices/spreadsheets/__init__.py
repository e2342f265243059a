"""Entries as a spreadsheet: written so that nothing is lost, read back with a look at every change first.

``formats`` knows cells, ``sheets`` finds the table among them, ``columns`` and ``words`` what stands in it,
``import_plan`` what an import would do, and ``tasks`` does it in the worker.
"""

from citysolidarity.desk.tables import BadSheet, write_csv, write_xlsx
from practices.spreadsheets.import_plan import ImportPlan
from practices.spreadsheets.sheets import read_sheet

__all__ = ["BadSheet", "ImportPlan", "read_sheet", "write_csv", "write_xlsx"]
