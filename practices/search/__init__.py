"""How words are read, corrected, matched and marked. The text configurations are made by a migration.

``solidarity_en``, ``_fr``, ``_es``, ``_ar`` and ``_pt`` stem a language, ``solidarity_names`` keeps words whole
(names of places and organisations); all fold case and accents, so "neukolln" finds Neukölln.
"""

from practices.search.text import LONGEST_QUERY, MARK_END, MARK_START, fold, marked_html

__all__ = ["LONGEST_QUERY", "MARK_END", "MARK_START", "fold", "marked_html"]
