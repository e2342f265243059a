"""The embedded PostgreSQL for development and tests.

Whoever uses the server holds a shared lock on `users.lock`. A small keeper process (keeper.py) starts the server, starts
it again if it is killed, and stops it when no lock is held any more: so nothing stays behind, not even after `kill -9`.
"""

from citysolidarity.localdb.server import LocalDatabaseError, LocalServer

__all__ = ["LocalDatabaseError", "LocalServer"]
