"""Everything that is public at one moment, to be kept: tables as a Frictionless data package, and the pages from disk.

``tables`` says what the package holds, ``package`` writes it, ``loading`` fills an empty database from it, ``pages`` writes the
site as files, ``monthly`` keeps one of each month.
"""
