"""A city like mine: how far a practice's city is like the visitor's, and why.

weights.py says what counts how much, answers.py what the address says, profile.py compares, cities.py looks a city up.
"""
