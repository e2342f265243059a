"""My brief: a practice on one page, for the mayor's desk. content.py says what, shortening.py what fits, pdf.py prints it."""
