"""The curators' desk for cities and practices."""

from . import address, city, confirmation, enquiry, links, practice, report, submission, translation

__all__ = ["address", "city", "confirmation", "enquiry", "links", "practice", "report", "submission", "translation"]
