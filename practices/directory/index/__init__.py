"""The selection index: answers about the directory from memory, as new as the edition row says.

Triggers move the version (migrations/0004_logs_and_edition.py), rows.py reads it, bitmaps.py counts, keeper.py keeps up,
found.py is what views ask.
"""
