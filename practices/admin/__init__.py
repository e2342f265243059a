"""The curators' desk for cities and practices."""

from . import address, city, links, practice, submission

__all__ = ["address", "city", "links", "practice", "submission"]
