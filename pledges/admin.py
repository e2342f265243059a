"""The admins of the pledges; Django finds this module by its name."""

from pledges.desk import admin as signatures
from pledges.desk import deeds, elections, questions, versions

__all__ = ["deeds", "elections", "questions", "signatures", "versions"]
