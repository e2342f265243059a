"""The embedded PostgreSQL for development and tests.

Each process that uses the server holds a shared lock on `users.lock`. A small process (keeper.py) starts the server,
starts it again if it is killed, and stops it when nobody holds the lock: nothing stays behind, even after `kill -9`.
"""

from citysolidarity.development.postgres.server import LocalDatabaseError, LocalServer

__all__ = ["LocalDatabaseError", "LocalServer"]
