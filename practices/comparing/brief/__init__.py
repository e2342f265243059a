"""The brief: several practices for the mayor's desk, an opening page and then a page each.

chosen.py reads the address, content.py and cover.py say what stands in it, shortening.py what fits; pdf.py and docx.py make files of it.
"""
