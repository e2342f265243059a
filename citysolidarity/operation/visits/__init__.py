"""How often each page is read, and what is searched for, without knowing by whom (docs/statistics.md).

Counted in the memory of each process (``counting.py``), added to the database once a minute by a thread of its own
(``batch.py``), shown to curators (``views.py``).
"""
