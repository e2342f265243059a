"""The admin of signatures and of cities that residents ask; Django finds this module by its name."""

from pledges.desk import admin as signatures
from pledges.supports import admin as asked_cities

__all__ = ["asked_cities", "signatures"]
