"""The admin of signatures; Django finds this module by its name."""

from pledges.desk import admin as signatures

__all__ = ["signatures"]
