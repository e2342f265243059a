"""Back-ups of the database and of the files: made, thinned, restored to a moment, and missed when they stop coming.

docs/backup.md says how an operator sets them up.
"""
