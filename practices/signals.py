"""What the practices announce, so that others can act on it without being known here.

``directory_loaded`` is sent once by load_directory, inside its transaction: cities and practices are
saved and nothing is committed. A receiver loads further files of the folder in the same way (see
``practices.loading``)::

    @receiver(directory_loaded)
    def load_signatories(*, folder, report, cities, overwrite, **kwargs):
        for row in report.rows(folder / "signatories.jsonl", "Signatures", optional=True):
            city = row.city(cities)

- ``folder``: pathlib.Path of the directory that is being loaded.
- ``report``: practices.loading.Report; bad rows go in by ``row.wrong()``, outcomes by ``report.count()``.
- ``cities``: dict (name, country code) -> the saved City, or None where the city's own line is bad
  (that line is reported already); ``row.city(cities)`` reads it and complains by itself.
- ``overwrite``: bool, whether what was edited here is replaced by what the file says.

It is sent even when rows are bad already, so that all of them are told at once; with any bad row
everything is rolled back afterwards. A receiver therefore saves only sound rows, commits nothing,
sends no mail except on commit, and lets its exceptions out: they roll everything back too.
"""

from django.dispatch import Signal

directory_loaded = Signal()
