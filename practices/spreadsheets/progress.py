"""How far the worker is with a sheet, for whoever waits for it."""

import time

from django.db import connection

from practices.loading import LoadReport

EVERY = 1  # seconds


class SheetProgress(LoadReport):
    """Notes the rows that are done. Inside a transaction it does so by a connection of its own: else nobody would see."""

    def __init__(self, sheet_import: int):
        super().__init__()
        self.sheet_import, self.noted_at = sheet_import, time.monotonic()

    def watched(self, rows: list, label: str, unit: str = " rows"):
        for done, row in enumerate(rows):
            if time.monotonic() - self.noted_at > EVERY:
                self.note(done, len(rows))
            yield row

    def note(self, done: int, total: int) -> None:
        self.noted_at = time.monotonic()
        noting = connection.copy() if connection.in_atomic_block else connection
        try:
            with noting.cursor() as cursor:
                query = "UPDATE practices_sheetimport SET done = %s, total = %s WHERE id = %s"
                cursor.execute(query, [done, total, self.sheet_import])
        finally:
            if noting is not connection:
                noting.close()
