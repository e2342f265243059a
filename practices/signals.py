"""What the practices announce, so that others can act on it without being known here.

``directory_loaded`` is sent once by load_directory, inside its transaction, when cities and practices are saved; even
where rows are bad already, so that all of them are named at once. Any bad row or exception rolls everything back: a
receiver saves only sound rows, commits nothing and sends no mail except on commit. It is given:

- ``folder``: pathlib.Path of the directory that is being loaded.
- ``report``: a LoadReport, see ``practices.loading``; ``report.rows()`` reads a further file of the folder.
- ``cities``: dict (name, country code) -> the saved City, or None where the city's own line is bad, which is reported
  already; ``row.city(cities)`` reads it and complains by itself.
- ``overwrite``: bool, whether what was edited here is replaced by what the file says.
- ``is_whole``: bool; where not, only what the forms cannot do without is loaded (the setting STARTER_DIRECTORY).
"""

from django.dispatch import Signal

directory_loaded = Signal()

"""``cities_merged`` is sent in the transaction that makes one city of two, before the one that goes is deleted.

A receiver is given ``gone`` and ``stays`` (City), moves what refers to the one that goes, and returns what it moved as a
list of words. It raises TransitionNotAllowed where the two cannot be one.
"""
cities_merged = Signal()
