"""The selection index: answers about the directory from memory, as new as the edition row says.

triggers.py moves the version, rows.py reads it, bitmaps.py counts, worker.py keeps up, found.py is what views ask.
"""
