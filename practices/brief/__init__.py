"""My brief: a practice on one page, for the mayor's desk. content.py says what, cutting.py what fits, sheet.py prints it."""
