"""The curators' desk for cities and practices."""

from . import address, city, practice

__all__ = ["address", "city", "practice"]
