"""The admins of the pledges; Django finds this module by its name."""

from pledges.desk import admin as signatures
from pledges.desk import deeds, elections, questions, versions
from pledges.invitations import admin as invitations
from pledges.supports import admin as asked_cities

__all__ = ["asked_cities", "deeds", "elections", "invitations", "questions", "signatures", "versions"]
