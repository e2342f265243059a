"""The kit for councils: papers that a city's officer takes to the council, as pages and as files to edit.

facts.py reads what was typed of the city; documents.py says which papers there are; blocks.py turns a paper's page into
headings, paragraphs and lists, of which word.py and paper.py make files. Each text stands once, in its template.
"""
